"""The trail knows what people enter: by listening where a mark is entered, and by looking where nobody listened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder.course.layout import Course
from autograder.gradebook.audit import REMOVED, Change, keep_trail, read_trail, trail_file
from autograder.gradebook.by_hand import keep_trail_of_people, look_for_people

A = "06-manual-weight-updates"
Line = tuple[object, ...]


def lines_of(course: Course) -> list[Line]:
    return [
        (told["student"], told["question"], told["kind"], told["before"], told["after"], told["command"])
        for told in read_trail(course)
        if "kind" in told
    ]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course whose gradebook holds one submission with one question."""
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\nc.CourseDirectory.db_url = {url!r}\n")
    with Gradebook(url) as gradebook:
        gradebook.add_assignment(A)
        gradebook.add_notebook(A, A)
        gradebook.add_grade_cell("test-one", A, A, max_score=2, cell_type="code")
        gradebook.add_solution_cell("one", A, A)
        gradebook.add_student("ada")
        with gradebook.db.no_autoflush:
            gradebook.add_submission(A, "ada")
    return Course(tmp_path)


def enter(course: Course, mark: float | str | None, comment: str | None, extra: float | None = None) -> None:
    """As the formgrader does."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        grade: Any = gradebook.find_grade("test-one", A, A, "ada")
        grade.manual_score, grade.extra_credit = mark, extra
        gradebook.db.commit()
        told: Any = gradebook.find_comment("one", A, A, "ada")
        told.manual_comment = comment
        gradebook.db.commit()


def test_what_is_entered_where_nobody_listens_is_found_by_the_next_look(course: Course) -> None:
    enter(course, 1.5, "See page 3.")
    look_for_people(course, A)
    found = [
        ("ada", "one", "comment", None, "See page 3.", "another program"),
        ("ada", "one", "mark by hand", None, 1.5, "another program"),
    ]
    assert lines_of(course) == found
    look_for_people(course, A)
    assert lines_of(course) == found, "told once"
    enter(course, None, "")
    look_for_people(course, A)
    assert lines_of(course)[2:] == [
        ("ada", "one", "comment", "See page 3.", None, "another program"),
        ("ada", "one", "mark by hand", 1.5, None, "another program"),
    ]
    enter(course, 0.0, None)
    look_for_people(course, A)
    assert lines_of(course)[4:] == [("ada", "one", "mark by hand", None, 0.0, "another program")], "0 is a mark"
    keep_trail(course, A, None, "autograder class remove", [Change("ada", "", 0.0, None, REMOVED)])
    look_for_people(course, A)
    assert lines_of(course)[5:] == [("ada", "one", "mark by hand", None, 0.0, "another program")], "handed in anew"


def test_who_listens_knows_who_and_when_and_the_look_adds_nothing(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTERHUB_USER", "grace")
    keep_trail_of_people(course.root)
    keep_trail_of_people(course.root)  # a configuration is read again and again
    enter(course, 1.5, "See page 3.", extra=0.5)
    enter(course, "1.0", "See page 3.", extra=0.0)  # as the formgrader sends it
    look_for_people(course, A)
    told = [line[:5] for line in lines_of(course)]
    assert told == [
        ("ada", "one", "mark by hand", None, 1.5),
        ("ada", "one", "extra credit", None, 0.5),
        ("ada", "one", "comment", None, "See page 3."),
        ("ada", "one", "mark by hand", 1.5, 1.0),
        ("ada", "one", "extra credit", 0.5, None),
    ]
    assert {line["who"] for line in read_trail(course)} == {"grace"}
    trail_file(course, None).rename(tmp_path / "kept")
    trail_file(course, None).mkdir()  # it cannot be written: that must not cost a mark
    enter(course, 2.0, None)
    trail_file(course, None).rmdir()
    (tmp_path / "kept").rename(trail_file(course, None))
    look_for_people(course, A)
    assert ("ada", "one", "mark by hand", 1.0, 2.0, "another program") in lines_of(course)


def test_who_listens_hears_no_other_course_and_nothing_that_was_taken_back(course: Course, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    keep_trail_of_people(other)
    keep_trail_of_people(course.root)
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        grade: Any = gradebook.find_grade("test-one", A, A, "ada")
        grade.manual_score = 2.0
        gradebook.db.flush()
        gradebook.db.rollback()
        grade.needs_manual_grade = False
        gradebook.db.commit()
    assert lines_of(course) == []
    enter(course, 1.0, None)
    assert len(lines_of(course)) == 1
    assert list(read_trail(Course(other))) == []
