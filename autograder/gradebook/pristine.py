"""The gradebook that lies in git: every assignment registered with its points, and no student in it."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from autograder.course.assignment import assignment_names, load_assignment
from autograder.course.layout import Course
from autograder.gradebook.marks import Gradebook
from autograder.gradebook.master import course_master

_EMPTY = ("student", "submitted_assignment", "submitted_notebook", "grade", "comment")
_SECRET = ("BEGIN SOLUTION", "BEGIN HIDDEN", "autograder.bank")


def make_pristine(
    path: Path, course: Course, names: Sequence[str] | None = None, course_id: str = "default_course"
) -> None:
    """Build the gradebook ``path`` anew from the course's notebooks and the bank, always with the same rows."""
    with tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix=".gradebook-") as folder:
        fresh = Path(folder) / "gradebook.db"
        with Gradebook(str(fresh), course_id) as gradebook:
            for name in assignment_names() if names is None else names:
                gradebook.register(course_master(course, load_assignment(name)))
        with closing(sqlite3.connect(fresh)) as database:
            database.execute("VACUUM")
        os.chmod(fresh, 0o644)
        os.replace(fresh, path)


def check_pristine(path: Path, names: Sequence[str]) -> list[str]:
    """What is wrong with the gradebook ``path``, in words; nothing if it is pristine.

    Args:
        names: the assignments that it must hold, and no others.
    """
    if not path.is_file():
        return [f"{path} is not there"]
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            return [*_people(database), *_assignments(database, names), *_secrets(database)]
    except sqlite3.Error as problem:
        return [f"{path} cannot be read as nbgrader's gradebook: {problem}"]


def has_students(path: Path) -> bool:
    """Whether anybody's work or name is in the gradebook ``path``; a file that cannot be read is left alone too."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            return bool(_people(database))
    except sqlite3.Error:
        return True


def _people(database: sqlite3.Connection) -> list[str]:
    counts = {table: int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in _EMPTY}
    return [
        f"the table {table} has {count} rows; a pristine gradebook has none" for table, count in counts.items() if count
    ]


def _assignments(database: sqlite3.Connection, names: Sequence[str]) -> list[str]:
    there = {str(row[0]) for row in database.execute("SELECT name FROM assignment")}
    problems = [f"the assignment {name} is not registered" for name in names if name not in there]
    problems += [f"there is an assignment {name} that the course does not have" for name in sorted(there - set(names))]
    for name in names:
        if name not in there:
            continue
        rows = database.execute(
            "SELECT base_cell.name, grade_cells.max_score FROM grade_cells "
            "JOIN base_cell ON base_cell.id = grade_cells.id "
            "JOIN notebook ON notebook.id = base_cell.notebook_id "
            "JOIN assignment ON assignment.id = notebook.assignment_id "
            "WHERE assignment.name = ? AND notebook.name = ?",
            (name, name),
        )
        points = {str(cell): float(score) for cell, score in rows}
        assignment = load_assignment(name)
        wanted = {f"test-{question.id}": question.question.points for question in assignment.questions}
        wanted |= {written.id: written.points for written in assignment.written}
        for cell, score in wanted.items():
            if cell not in points:
                problems.append(f"{name}: the cell {cell} is not registered")
            elif points[cell] != score:
                problems.append(
                    f"{name}: {cell} is registered with {points[cell]:g} points; the question has {score:g}"
                )
    return problems


def _secrets(database: sqlite3.Connection) -> list[str]:
    rows = database.execute("SELECT name, source FROM source_cell").fetchall()
    return [
        f"the stored source of {name} holds {mark!r}"
        for name, source in rows
        for mark in _SECRET
        if mark in (source or "")
    ]
