"""What a user of the Hub may not read costs a line, and stops nobody else."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.submission.find import take_in
from autograder.submission.records import Intake, Wanted

from .test_corpus import lay

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
NOBODY = 65_534


@pytest.fixture
def root() -> Iterator[Path]:
    """A folder that other users can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def read_without_rights(root: Path, shut: Path) -> Intake:
    """What is found by a user whom the modes of files hold back, as they do not hold back root."""
    mode = shut.stat().st_mode
    shut.chmod(0)
    if IS_ROOT:
        os.seteuid(NOBODY)
    try:
        return take_in(Wanted("hw1"), [root])
    finally:
        if IS_ROOT:
            os.seteuid(0)
        shut.chmod(mode)


@pytest.mark.parametrize("shut", ["bob", "bob/hw1"])
def test_a_closed_folder_is_a_line_and_the_others_go_on(root: Path, shut: str) -> None:
    lay(root, "ada/hw1/hw1.ipynb\nbob/hw1/hw1.ipynb\ncy/hw1/hw1.ipynb")
    intake = read_without_rights(root, root / shut)
    found = {one.student: one.fault for one in intake.submissions}
    assert found["ada"] == found["cy"] == ""
    told = [found.get("bob", ""), *(item.why for item in intake.lost)]
    assert any("cannot be read: Permission denied" in why for why in told), told


def test_a_closed_file_beside_the_notebook_is_told(root: Path) -> None:
    lay(root, "ada/hw1/hw1.ipynb\nada/hw1/helper.py\nada/hw1/data.csv")
    [ada] = read_without_rights(root, root / "ada" / "hw1" / "helper.py").submissions
    assert ada.fault == ""
    assert [str(beside.name) for beside in ada.files] == ["data.csv"]
    assert any("helper.py" in note for note in ada.notes), ada.notes


def test_a_closed_time_is_a_fault_of_that_student_alone(root: Path) -> None:
    lay(root, "ada/hw1/hw1.ipynb\nada/hw1/timestamp.txt=2026-10-30 10:00:00 UTC\nbob/hw1/hw1.ipynb")
    intake = read_without_rights(root, root / "ada" / "hw1" / "timestamp.txt")
    found = {one.student: one.fault for one in intake.submissions}
    assert "timestamp.txt cannot be read" in found["ada"]
    assert found["bob"] == ""
