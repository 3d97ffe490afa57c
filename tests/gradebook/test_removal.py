"""A student, or one wrong submission, leaves the gradebook and every report; a person's marks are not lost unasked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.commands.report import class_results
from autograder.course.layout import Course
from autograder.gradebook.audit import read_trail

from .test_standing import NAME, by_hand, options
from .test_standing import course as course  # the fixture


@pytest.fixture
def graded(course: Course, monkeypatch: pytest.MonkeyPatch) -> Course:
    """The course with ada's graded notebook, as the working folder."""
    folder = course.root / "autograded" / "ada" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text("graded")
    keys = course.root / ".autograder" / "grades" / f"{NAME}.keys"
    keys.write_text(json.dumps({"ada": "a", "bob": "b"}))
    (course.root / "source").mkdir()
    monkeypatch.chdir(course.root)
    return course


def students(course: Course) -> list[str]:
    return [result.student for result in class_results(course, options())[0]]


def test_a_wrong_submission_leaves_and_the_student_stays(graded: Course, capsys: pytest.CaptureFixture[str]) -> None:
    by_hand(graded, f"test-{_first(graded)}", 0.25, "A comment.")
    assert main(["class", "remove", "ada", "--assignment", NAME]) == 2
    assert "--with-marks" in capsys.readouterr().err
    assert main(["class", "remove", "ada", "--assignment", NAME, "--with-marks"]) == 0
    (left,) = (graded.root / ".autograder" / "removed").rglob("*.ipynb")
    assert left.read_text() == "graded"
    assert not (graded.root / "autograded" / "ada" / NAME).exists()
    keys = graded.root / ".autograder" / "grades" / f"{NAME}.keys"
    assert json.loads(keys.read_text()) == {"bob": "b"}
    (line,) = read_trail(graded)
    assert (line["student"], line["after"], line["assignment"]) == ("ada", None, NAME)
    assert "ada" not in (graded.root / ".autograder" / "grades" / f"{NAME}.json").read_text()


def _first(course: Course) -> str:
    from autograder.results import Grade

    (ada,) = [one for one in class_results(course, options())[0] if isinstance(one, Grade)]
    return ada.questions[0].id


def test_a_student_leaves_as_a_whole(graded: Course, capsys: pytest.CaptureFixture[str]) -> None:
    assert students(graded) == ["ada", "bob"]
    assert main(["class", "remove", "bob"]) == 0
    assert students(graded) == ["ada"]
    assert main(["class", "remove", "bob"]) == 2
    assert "nobody in the gradebook is called 'bob'" in capsys.readouterr().err


def test_nothing_of_others_is_touched(graded: Course, tmp_path: Path) -> None:
    before = [one for one in class_results(graded, options())[0] if one.student == "ada"]
    assert main(["class", "remove", "bob"]) == 0
    assert [one for one in class_results(graded, options())[0] if one.student == "ada"] == before
