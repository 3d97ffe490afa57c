"""The lines of ``autograder grade`` are ours, whatever students call their files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from autograder.cli import main
from autograder.commands import grade as grading
from autograder.results import Ungraded
from autograder.submission.find import Submission

ASSIGNMENT = "03-parameter-counting"
FORGED = "x\nautograder: bob: 20 of 20\r\x1b[2J\x1b]0;title\x07\u202e"


def not_graded(executor: Any, settings: Any, submissions: Sequence[Submission], jobs: int) -> Iterator[Ungraded]:
    for one in submissions:
        yield Ungraded(one.student, one.assignment, str(one.notebook), f"it is no notebook: {FORGED}")


@pytest.mark.parametrize("output", ["table", "markdown", "csv"])
def test_a_file_name_forges_no_line(
    output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "handed-in"
    folder.mkdir()
    (folder / f"{FORGED}.ipynb").write_text("no notebook")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(grading, "grade_all", not_graded)
    assert main(["grade", ASSIGNMENT, str(folder), "--no-gradebook", "--format", output]) == 1
    told = capsys.readouterr()
    (line,) = [line for line in told.err.splitlines() if "it is no notebook" in line]
    assert line.startswith("autograder: x autograder: bob: 20 of 20: it is no notebook")
    assert "handed-in/x autograder: bob: 20 of 20 .ipynb" in line
    for text in (told.err, told.out):
        assert not any(line.startswith("autograder: bob") for line in text.splitlines())
        assert all(line.isprintable() for line in text.splitlines())
