"""A disk that is full in the middle of a class: nothing half-made stays, one line each, and the next run completes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAME = "03-parameter-counting"
CLASS = ("ada", "bob", "cy")
NOTEBOOK = 100 << 10  # bytes: a graded notebook of this assignment is larger

pytestmark = pytest.mark.slow


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Path]:
    """A course on a small disk of its own, with a class of three."""
    folder = tmp_path / "course"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", folder], capture_output=True).returncode:
        pytest.skip("this user may mount no small disk: not run")
    try:
        for part in ("nbgrader_config.py", "gradebook.db"):
            shutil.copy(ROOT / part, folder)
        for part in ("source", "release"):
            (folder / part / NAME).mkdir(parents=True)
            shutil.copy(ROOT / part / NAME / f"{NAME}.ipynb", folder / part / NAME)
        for student in CLASS:
            place = folder / "submitted" / student / NAME
            place.mkdir(parents=True)
            shutil.copy(ROOT / "solutions" / NAME / f"{NAME}.ipynb", place)
            (place / "timestamp.txt").write_text("2026-10-30 10:00:00 UTC")
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def typed(course: Path, *command: str) -> subprocess.CompletedProcess[str]:
    programs = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    return subprocess.run([programs / command[0], *command[1:]], cwd=course, env=environment, capture_output=True,
                          text=True, check=False)  # fmt: skip


def kept(course: Path) -> set[str]:
    """What lies in ``autograded/``, but for folders."""
    folder = course / "autograded"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_nothing_half_made_stays_and_the_next_run_completes(course: Path) -> None:
    first = typed(course, "autograder", "grade", NAME, "submitted/ada")
    assert first.returncode == 0, first.stderr
    whole = kept(course)
    assert whole == {f"ada/{NAME}/{NAME}.ipynb", f"ada/{NAME}/timestamp.txt"}
    filler = course / "filler"
    filler.write_bytes(b"\0" * (shutil.disk_usage(course).free - NOTEBOOK))

    full = typed(course, "autograder", "grade", NAME)
    assert (full.returncode, kept(course)) == (1, whole)
    lines = [line for line in full.stderr.splitlines() if "No space left" in line]
    assert [line.split(": ")[1] for line in lines] == ["bob", "cy"]
    assert "Traceback" not in full.stderr
    full = typed(course, "nbgrader", "autograde", NAME)
    assert (full.returncode, kept(course)) == (1, whole)

    filler.unlink()
    for command in (["nbgrader", "autograde", NAME, "--student", "bob"], ["autograder", "grade", NAME]):
        again = typed(course, *command)
        assert again.returncode == 0, again.stderr
    assert {path.partition("/")[0] for path in kept(course)} == set(CLASS)
    report = typed(course, "autograder", "report", NAME, "--format", "json")
    scores = {one["student"]: one["score"] for one in json.loads(report.stdout)["submissions"]}
    assert scores == dict.fromkeys(CLASS, 20)
