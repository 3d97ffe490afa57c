"""One submission in nbgrader's tables, read and written as plain SQL.

nbgrader's own objects would take four times as long for the same rows. A statement is built once for all submissions,
and what is new is entered with its marks at once.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from autograder.gradebook.database import GradebookError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table
    from sqlalchemy.sql import Executable


@dataclass(frozen=True)
class Handed:
    """A submission's row.

    Args:
        late: seconds after the deadline, extension included.
    """

    id: str
    assignment: str
    late: float


@dataclass(frozen=True)
class Row:
    """A row of marks or comments of a cell; without an id it is not there yet."""

    id: str | None
    cell: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a notebook's marks and comments belong: the ids of its row and of its cells.

    Args:
        points: what each graded cell gives at most, by the cell's id.
        names: of all cells, by id.
    """

    id: str
    points: dict[str, float]
    names: dict[str, str]
    marks: tuple[Row, ...]
    comments: tuple[Row, ...]


def hand_in(connection: Connection, assignment: str, student: str, stamp: datetime | None) -> Handed:
    """The row of a submission, made where absent, with its time stamp where one is known.

    Raises:
        GradebookError: the gradebook has no such assignment any more.
    """
    statements, tables = _statements(), _tables()
    found = connection.execute(statements["assignment"], {"name": assignment}).one_or_none()
    if found is None:
        raise GradebookError(f"the assignment {assignment} was taken out of the gradebook while it was graded")
    if connection.execute(statements["student"], {"id": student}).one_or_none() is None:
        connection.execute(tables["student"].insert(), {"id": student})
    asked = {"assignment": found.id, "student": student}
    there = connection.execute(statements["submission"], asked).one_or_none()
    if there is None:
        row = {"id": _new_id(), "assignment_id": found.id, "student_id": student, "timestamp": stamp}
        connection.execute(tables["submitted_assignment"].insert(), row)
        return Handed(row["id"], found.id, _late(found.duedate, stamp, None))
    if stamp is not None and stamp != there.timestamp:
        connection.execute(statements["stamp"], {"row": there.id, "stamp": stamp})
    return Handed(there.id, found.id, _late(found.duedate, stamp or there.timestamp, there.extension))


def _late(due: datetime | None, stamp: datetime | None, extension: timedelta | None) -> float:
    if due is None or stamp is None:
        return 0.0
    return max(0.0, (stamp - due - (extension or timedelta())).total_seconds())


def places(connection: Connection, handed: Handed) -> dict[str, Place]:
    """Where the marks of each notebook of the assignment belong, by the notebook's name; every one has a row then."""
    statements = _statements()
    asked = {"assignment": handed.assignment, "submission": handed.id}
    notebooks = connection.execute(statements["notebooks"], asked).all()
    absent = [
        {"id": _new_id(), "notebook_id": notebook.id, "assignment_id": handed.id}
        for notebook in notebooks
        if notebook.row is None
    ]
    if absent:
        connection.execute(_tables()["submitted_notebook"].insert(), absent)
    rows = {str(new["notebook_id"]): str(new["id"]) for new in absent}
    return {
        notebook.name: _place(connection, notebook.id, notebook.row or rows[notebook.id], new=notebook.row is None)
        for notebook in notebooks
    }


def _place(connection: Connection, notebook: str, row: str, *, new: bool) -> Place:
    statements = _statements()
    cells = connection.execute(statements["cells"], {"notebook": notebook}).all()
    points = {cell.id: float(cell.points) for cell in cells if cell.points is not None}
    commented = [cell.id for cell in cells if cell.commented is not None or cell.task is not None]
    found: dict[str, dict[str, Row]] = {"marks": {}, "comments": {}}
    for kind in () if new else found:
        for entry in connection.execute(statements[kind], {"row": row}).mappings():
            found[kind][entry["cell_id"]] = Row(entry["id"], entry["cell_id"], dict(entry))
    blank = {"auto_score": None, "manual_score": None, "extra_credit": None}
    marks = [found["marks"].pop(cell, Row(None, cell, blank)) for cell in points]
    comments = [found["comments"].pop(cell, Row(None, cell, {})) for cell in commented]
    return Place(
        row, points, {cell.id: cell.name for cell in cells},
        (*marks, *found["marks"].values()), (*comments, *found["comments"].values()),
    )  # fmt: skip


def enter(connection: Connection, kind: str, place: Place, rows: list[tuple[Row, dict[str, Any]]]) -> None:
    """Write ``marks`` or ``comments``: what is new is entered, what is there is changed."""
    table = _tables()["grade" if kind == "marks" else "comment"]
    new = [{"notebook_id": place.id, "cell_id": row.cell, **values} for row, values in rows if row.id is None]
    for columns in {tuple(entry) for entry in new}:  # a statement for each set of columns
        connection.execute(table.insert(), [entry for entry in new if tuple(entry) == columns])
    changed = [{"row": row.id, **values} for row, values in rows if row.id is not None and values]
    if changed:
        connection.execute(_statements()["change " + kind], changed)


def enter_penalty(connection: Connection, place: Place, penalty: float | None) -> None:
    """Write what lateness costs."""
    connection.execute(_statements()["penalty"], {"row": place.id, "points": penalty})


@functools.cache
def _tables() -> dict[str, Table]:
    from nbgrader.api import Base

    tables: dict[str, Table] = dict(Base.metadata.tables)
    return tables


def _new_id() -> str:
    from nbgrader.api import new_uuid

    return str(new_uuid())


@functools.cache
def _statements() -> dict[str, Executable]:
    from sqlalchemy import and_, bindparam, func, select, update

    tables = _tables()
    assignment, student, submission = tables["assignment"].c, tables["student"].c, tables["submitted_assignment"].c
    notebook, row = tables["notebook"].c, tables["submitted_notebook"].c
    cell, graded, task, commented = (
        tables[name].c for name in ("base_cell", "grade_cells", "task_cells", "solution_cells")
    )
    grade, comment = tables["grade"].c, tables["comment"].c
    cells = tables["base_cell"].outerjoin(tables["grade_cells"], graded.id == cell.id)
    cells = cells.outerjoin(tables["task_cells"], task.id == cell.id)
    cells = cells.outerjoin(tables["solution_cells"], commented.id == cell.id)
    handed_in = and_(row.notebook_id == notebook.id, row.assignment_id == bindparam("submission"))
    both = submission.assignment_id == bindparam("assignment"), submission.student_id == bindparam("student")
    return {
        "assignment": select(assignment.id, assignment.duedate).where(assignment.name == bindparam("name")),
        "student": select(student.id).where(student.id == bindparam("id")),
        "submission": select(submission.id, submission.timestamp, submission.extension).where(*both),
        "stamp": update(tables["submitted_assignment"])
        .where(submission.id == bindparam("row"))
        .values(timestamp=bindparam("stamp")),
        "notebooks": select(notebook.id, notebook.name, row.id.label("row"))
        .select_from(tables["notebook"].outerjoin(tables["submitted_notebook"], handed_in))
        .where(notebook.assignment_id == bindparam("assignment")),
        "cells": select(
            cell.id, cell.name, func.coalesce(graded.max_score, task.max_score).label("points"),
            commented.id.label("commented"), task.id.label("task"),
        ).select_from(cells).where(cell.notebook_id == bindparam("notebook")),
        "marks": select(grade.id, grade.cell_id, grade.auto_score, grade.manual_score, grade.extra_credit).where(
            grade.notebook_id == bindparam("row")
        ),
        "comments": select(comment.id, comment.cell_id).where(comment.notebook_id == bindparam("row")),
        "change marks": update(tables["grade"])
        .where(grade.id == bindparam("row"))
        .values(auto_score=bindparam("auto_score"), needs_manual_grade=bindparam("needs_manual_grade")),
        "change comments": update(tables["comment"])
        .where(comment.id == bindparam("row"))
        .values(auto_comment=bindparam("auto_comment")),
        "penalty": update(tables["submitted_notebook"])
        .where(row.id == bindparam("row"))
        .values(late_submission_penalty=bindparam("points")),
    }  # fmt: skip
