"""A release that is refused leaves everything as it was, and none deletes what it did not make."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.release.visible_code import NotReleasable
from autograder.commands import release
from autograder.course.layout import Course

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
