"""Which course a command means is what nbgrader's configuration says, and the course is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.assignment import UnknownAssignment, course_assignment
from autograder.course.configuration import course_here, nbgrader_settings
from autograder.course.layout import Course
from autograder.course.readers import open_to_everybody, warning_about_readers


@pytest.fixture
def two_courses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``first``, which the user's own configuration names, and ``second``, in which the user is."""
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "nbgrader_config.py").write_text(f"c = get_config()\nc.CourseDirectory.course_id = '{name}'")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "user"))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "system"))
    monkeypatch.chdir(tmp_path / "second")
    return tmp_path


def test_without_a_root_it_is_the_course_around(two_courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert course_here() == Course(two_courses / "second")
    assert capsys.readouterr().err == f"autograder: the course second in {two_courses / 'second'}\n"


def test_nbgraders_root_wins_and_is_told(two_courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (two_courses / "user").mkdir()
    said = f"c = get_config()\nc.CourseDirectory.root = '{two_courses / 'first'}'\nc.CourseDirectory.groupshared = True"
    (two_courses / "user" / "nbgrader_config.py").write_text(said)
    course = course_here()
    assert course == Course(two_courses / "first")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"autograder: the course first in {course.root} (CourseDirectory.root")
    settings = nbgrader_settings(course).CourseDirectory
    assert (settings.course_id, settings.groupshared) == ("first", True)


def test_the_courses_own_file_says_the_last_word(two_courses: Path) -> None:
    (two_courses / "system").mkdir()
    (two_courses / "system" / "nbgrader_config.json").write_text('{"CourseDirectory": {"course_id": "everybodys"}}')
    assert nbgrader_settings(Course(two_courses / "first")).CourseDirectory.course_id == "first"
    assert nbgrader_settings(Course(two_courses)).CourseDirectory.course_id == "everybodys"


def test_another_courses_assignments_are_not_spoken_of(tmp_path: Path) -> None:
    (tmp_path / "source" / "hw1").mkdir(parents=True)
    with pytest.raises(UnknownAssignment, match="`nbgrader autograde hw1`"):
        course_assignment(Course(tmp_path), "hw1")
    with pytest.raises(UnknownAssignment, match=r"there are: hw1$"):
        course_assignment(Course(tmp_path), "hw2")


def test_what_every_user_can_read_is_told_with_the_command_that_closes_it(tmp_path: Path) -> None:
    for folder in [tmp_path, *tmp_path.parents]:
        if not folder.stat().st_mode & 0o055:  # pytest's own folders are closed
            folder.chmod(0o755)
    course = Course(tmp_path)
    (tmp_path / "source").mkdir()
    (tmp_path / "gradebook.db").write_text("")
    for closed in ("solutions", "feedback"):
        (tmp_path / closed).mkdir(mode=0o700)
    assert open_to_everybody(course) == ["source", "gradebook.db"]
    assert f"`chmod o-rwx {tmp_path}`" in str(warning_about_readers(course))
    tmp_path.chmod(0o750)
    assert warning_about_readers(course) is None
