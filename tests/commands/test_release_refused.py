"""A release that is refused leaves everything as it was, and none deletes what it did not make."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring.release.visible_code import NotReleasable
from autograder.commands import release
from autograder.commands.intake import lines_about
from autograder.course.layout import Course
from autograder.gradebook.master import other_graded_notebooks
from autograder.submission.records import Intake

NAME = "03-parameter-counting"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course whose checks and notebook are made without running anything."""
    student = tmp_path / "student"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(release, "STUDENT", student)
    monkeypatch.setattr(release, "_student_side", lambda assignment: {student / "cases" / "a.json": b"new"})
    (student / "cases").mkdir(parents=True)
    (student / "cases" / "a.json").write_bytes(b"old")
    (tmp_path / "release" / NAME).mkdir(parents=True)
    (tmp_path / "release" / NAME / "lecture.ipynb").write_text("the teacher's own")
    return Course(tmp_path)


def test_a_refusal_leaves_the_recorded_checks(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(course: Course, assignment: object) -> dict[Path, bytes]:
        raise NotReleasable("no")

    monkeypatch.setattr(release, "_notebooks", refuse)
    assert release.release_command([NAME], check=False) == 1
    assert (course.root / "student" / "cases" / "a.json").read_bytes() == b"old"
    assert "no" in capsys.readouterr().err


def test_nothing_of_anybodys_is_deleted(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "_notebooks", lambda course, assignment: {})
    assert release.release_command([NAME], check=False) == 0
    assert (course.root / "student" / "cases" / "a.json").read_bytes() == b"new"
    assert (course.root / "release" / NAME / "lecture.ipynb").read_text() == "the teacher's own"
    assert "lecture.ipynb is not of this release and stays" in capsys.readouterr().out


@pytest.mark.parametrize("recorded", ["as it is", "otherwise"])
def test_a_course_without_the_package_changes_no_recorded_checks(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], recorded: str
) -> None:
    """Another course on the same environment: what is recorded there is not its own."""
    second = course.root / "second"
    (second / "release" / NAME).mkdir(parents=True)
    (second / "nbgrader_config.py").write_text("")
    monkeypatch.chdir(second)
    made = second / "release" / NAME / f"{NAME}.ipynb"
    monkeypatch.setattr(release, "_notebooks", lambda course, assignment: {made: b"made"})
    kept = course.root / "student" / "cases" / "a.json"
    kept.write_bytes(b"new" if recorded == "as it is" else b"old")
    before = kept.read_bytes()
    assert release.release_command([NAME], check=False) == (0 if recorded == "as it is" else 1)
    assert kept.read_bytes() == before
    assert made.exists() == (recorded == "as it is")
    assert ("this course does not hold the package" in capsys.readouterr().err) == (recorded != "as it is")


def test_a_second_notebook_with_graded_cells_is_told(tmp_path: Path) -> None:
    """It would be graded at one door and not at the other."""
    for name, grade in ((NAME, True), ("quiz", True), ("lecture", False)):
        flags = {"grade": grade, "grade_id": f"test-{name}", "locked": True, "points": 1, "solution": False}
        cell = new_code_cell("assert True", metadata={"nbgrader": {**flags, "schema_version": 3, "task": False}})
        nbformat.write(new_notebook(cells=[cell]), tmp_path / f"{name}.ipynb")
    assert other_graded_notebooks(tmp_path, NAME) == ["quiz.ipynb"]
    intake = Intake(NAME, (), (), ())
    folder = tmp_path / "release" / NAME
    folder.mkdir(parents=True)
    (tmp_path / "quiz.ipynb").rename(folder / "quiz.ipynb")
    (line,) = lines_about(intake, Course(tmp_path))
    assert line.startswith(f"quiz.ipynb of {NAME} has graded cells too, and is not graded here")
