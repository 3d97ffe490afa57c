"""A gradebook is copied into another database: every row, or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.course.assignment import load_assignment
from autograder.course.layout import Course
from autograder.gradebook.copying import copy_gradebook
from autograder.gradebook.database import GradebookError
from autograder.gradebook.marks import Gradebook
from autograder.gradebook.master import course_master
from tests.gradebook.test_marks import NAME, grade_of, node_of

STUDENTS = ("ada", "bob", "chloë")


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A gradebook with all that people and graders write into one."""
    from nbgrader.api import Gradebook as Stock

    path = tmp_path / "book.db"
    master = course_master(Course(tmp_path), load_assignment(NAME))
    with Gradebook(str(path)) as gradebook:
        for student in STUDENTS:
            grade = grade_of(student, tmp_path)
            gradebook.record(grade, node_of(grade, master), master, datetime(2026, 11, 2, 12, 30).astimezone())
    with Stock(f"sqlite:///{path}") as stock:
        stock.update_or_create_assignment(NAME, duedate="2026-11-01")
        stock.update_or_create_student("ada", first_name="Ada", email="ada@school.example", lms_user_id="7")
        submission = stock.find_submission(NAME, "bob")
        submission.extension = timedelta(days=3, seconds=5)
        submission.notebooks[0].grades[0].manual_score = 0.25
        submission.notebooks[0].grades[0].extra_credit = 1.5
        submission.notebooks[0].comments[0].manual_comment = "See me.\n\N{PARTY POPPER}"
        stock.db.commit()
    return path


def dumped(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return sorted(line for line in database.iterdump() if line.startswith("INSERT"))


def test_every_row_is_copied(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = filled.with_name("copy.db")
    assert main(["gradebook", "copy", str(filled), str(target)]) == 0
    assert dumped(target) == dumped(filled)
    assert "1 assignments, 3 students, 3 submissions, 24 marks" in capsys.readouterr().out


@pytest.mark.postgresql
def test_to_postgresql_and_back(filled: Path, postgresql: str) -> None:
    from sqlalchemy import create_engine, text

    engine = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE copied"))
    engine.dispose()
    there = postgresql.rpartition("/")[0] + "/copied"
    counts = copy_gradebook(str(filled), there)
    back = filled.with_name("back.db")
    assert copy_gradebook(there, str(back)) == counts
    assert dumped(back) == dumped(filled)
    assert counts["grade"] == 24


def test_nothing_is_merged_and_nothing_half_copied(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    copy_gradebook(str(filled), str(target))
    before = dumped(target)
    with pytest.raises(GradebookError, match="not empty"):
        copy_gradebook(str(filled), str(target))
    assert dumped(target) == before
    with pytest.raises(GradebookError, match="onto itself"):
        copy_gradebook(str(filled), f"sqlite:///{filled}")
    with pytest.raises(GradebookError, match="there is no gradebook"):
        copy_gradebook(str(tmp_path / "absent.db"), str(tmp_path / "new.db"))
    assert not (tmp_path / "absent.db").exists()
    with closing(sqlite3.connect(filled)) as database:
        database.execute("CREATE TABLE notes (words TEXT)")
    with pytest.raises(GradebookError, match="not nbgrader's: notes"):
        copy_gradebook(str(filled), str(tmp_path / "new.db"))


def test_a_copy_that_differs_is_taken_back(filled: Path, tmp_path: Path) -> None:
    """A trigger of the target changes what is written: that is seen, and nothing is kept."""
    target = tmp_path / "copy.db"
    Gradebook(str(target)).close()
    with closing(sqlite3.connect(target)) as database:
        database.execute(
            "CREATE TRIGGER lowers AFTER INSERT ON grade BEGIN UPDATE grade SET auto_score = 0 WHERE id = NEW.id; END"
        )
    with pytest.raises(GradebookError, match="differs in the table grade"):
        copy_gradebook(str(filled), str(target))
    assert [line for line in dumped(target) if "alembic_version" not in line] == []
