"""``autograder grade A --regrade --dry-run``: whose marks would change, with nothing written anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.cli import main
from autograder.commands import grade as grading
from autograder.course.layout import Course
from autograder.exporters.recorded import grades_file, read_grades
from autograder.results import Grade, Mistake, Outcome
from autograder.submission.records import Submission
from tests.gradebook.test_standing import NAME, by_hand
from tests.gradebook.test_standing import course as course  # the fixture

ROOT = Path(__file__).resolve().parents[2]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_dry_run_tells_and_writes_nothing(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mended test gives one question back, and takes another that a person has marked, whose mark stays."""
    target = course.root / "submitted" / "ada" / NAME / f"{NAME}.ipynb"
    target.parent.mkdir(parents=True)
    target.write_bytes((ROOT / "release" / NAME / f"{NAME}.ipynb").read_bytes())
    (course.root / "nbgrader_config.py").write_text("")
    monkeypatch.chdir(course.root)
    (earlier,) = read_grades(grades_file(course, NAME), NAME)[0]
    assert isinstance(earlier, Grade)
    first, second, *others = earlier.questions
    by_hand(course, f"test-{second.id}", 0.25)
    seed = course.seed()
    changed = (
        replace(first, score=0.0, outcome=Outcome.WRONG, mistake=Mistake("forgot_it")),
        replace(second, score=0.0 if second.score else second.max_score, outcome=Outcome.WRONG, mistake=None, tests=()),
        *others,
    )

    def graded(executor: Any, settings: Any, submissions: Sequence[Submission], jobs: int) -> Iterator[Grade]:
        assert settings.seed == seed
        yield replace(earlier, questions=changed)

    monkeypatch.setattr(grading, "grade_all", graded)
    before = contents(course.root)
    assert main(["grade", NAME, "--regrade", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("1 of 1 students: marks would change\n")
    assert f"ada: {-first.score:+g}\n" in said, "a mark that stays changes no sum"
    assert f"{first.id}: {first.score:g} → 0: was {first.outcome}, now wrong (forgot it)\n" in said
    assert "the mark that a person gave stays" in said
    assert "nothing was recorded" in said
    assert contents(course.root) == before
