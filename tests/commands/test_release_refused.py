"""A release that is refused leaves everything as it was, and none deletes what it did not make."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring.release.visible_code import NotReleasable
from autograder.commands import release
from autograder.commands.intake import lines_about
from autograder.course import layout
from autograder.course.layout import Course
from autograder.gradebook.master import other_graded_notebooks
from autograder.submission.records import Intake

NAME = "03-parameter-counting"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course whose checks and notebook are made without running anything."""
    student = tmp_path / "autograder" / "student" / "generated"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(layout, "PACKAGE", tmp_path / "autograder")
    monkeypatch.setattr(release, "GENERATED", student)
    monkeypatch.setattr(release, "_student_side", lambda assignment: {Path("cases") / f"{NAME}.json": b"new"})
    (student / "cases").mkdir(parents=True)
    (student / "cases" / f"{NAME}.json").write_bytes(b"old")
    (tmp_path / "release" / NAME).mkdir(parents=True)
    (tmp_path / "release" / NAME / "lecture.ipynb").write_text("the teacher's own")
    return Course(tmp_path)


def test_a_refusal_leaves_the_recorded_checks(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(course: Course, assignment: object, own_checks: Path | None) -> dict[Path, bytes]:
        raise NotReleasable("no")

    monkeypatch.setattr(release, "_notebooks", refuse)
    assert release.release_command([NAME], check=False) == 1
    assert (course.checks / "cases" / f"{NAME}.json").read_bytes() == b"old"
    assert "no" in capsys.readouterr().err


def test_nothing_of_anybodys_is_deleted(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "_notebooks", lambda *_: {})
    assert release.release_command([NAME], check=False) == 0
    assert (course.checks / "cases" / f"{NAME}.json").read_bytes() == b"new"
    assert (course.root / "release" / NAME / "lecture.ipynb").read_text() == "the teacher's own"
    assert "lecture.ipynb is not of this release and stays" in capsys.readouterr().out


@pytest.mark.parametrize("shipped", ["the same", "other checks"])
def test_a_course_records_what_differs_for_itself(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shipped: str
) -> None:
    """Two more courses on one installation: neither changes it, nor the other."""
    kept = course.checks / "cases" / f"{NAME}.json"
    kept.write_bytes(b"new" if shipped == "the same" else b"old")
    before = kept.read_bytes()
    second, third = Course(course.root / "second"), Course(course.root / "third")
    for other in (second, third):
        (other.root / "release" / NAME).mkdir(parents=True)
        (other.root / "nbgrader_config.py").write_text("")
    monkeypatch.chdir(second.root)
    used: list[Path | None] = []

    def notebooks(here: Course, assignment: object, own_checks: Path | None) -> dict[Path, bytes]:
        used.append(own_checks)
        return {here.root / "release" / NAME / f"{NAME}.ipynb": b"made"}

    monkeypatch.setattr(release, "_notebooks", notebooks)
    assert release.release_command([NAME], check=False) == 0
    own = second.root / "recorded_checks"
    assert kept.read_bytes() == before
    assert used == [second.own_checks] == [None if shipped == "the same" else own]
    assert not third.checks.exists()
    if shipped == "other checks":
        assert (own / "cases" / f"{NAME}.json").read_bytes() == b"new"
        assert "its checks are not those that the package ships" in capsys.readouterr().out
        kept.write_bytes(b"new")  # as when the installation is brought up to date
        assert release.release_command([NAME], check=True) == 1
        assert f"recorded_checks/cases/{NAME}.json" in capsys.readouterr().err
        assert release.release_command([NAME], check=False) == 0
        assert second.own_checks is None


def test_a_venv_in_the_course_is_an_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is recorded in site-packages, wherever these lie."""
    monkeypatch.setattr(layout, "PACKAGE", tmp_path / ".venv" / "lib" / "site-packages" / "autograder")
    assert Course(tmp_path).checks == tmp_path / "recorded_checks"


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
