"""Registers an assignment in the gradebook: its notebook and the cells that nbgrader knows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from autograder.gradebook.master import Master, MasterCell

if TYPE_CHECKING:
    from nbgrader.api import Assignment
    from sqlalchemy.orm import Session


def register(session: Session, master: Master, course_id: str) -> Assignment:
    """The assignment with its notebook and cells, made where absent and brought up to date where they differ.

    A cell that the course no longer has goes only while nobody has submitted: marks are never deleted.
    """
    from nbgrader.api import Assignment, Course, Notebook

    if course_id and session.get(Course, course_id) is None:
        session.add(Course(id=course_id))
        session.flush()
    assignment = session.query(Assignment).filter_by(name=master.assignment).one_or_none()
    if assignment is None:
        assignment = Assignment(master.assignment, course_id=course_id)
        assignment.id = stable_id(master.assignment)
        session.add(assignment)
        session.flush()
    notebook = next((found for found in assignment.notebooks if found.name == master.notebook), None)
    if notebook is None:
        notebook = Notebook(
            id=stable_id(master.assignment, master.notebook), name=master.notebook, assignment=assignment
        )
        session.add(notebook)
    notebook.kernelspec = json.dumps(dict(master.kernelspec))
    session.flush()
    _cells(session, notebook, master)
    session.flush()
    return assignment


def stable_id(*parts: str) -> str:
    """An id made from names: the same gradebook is built everywhere, and two graders cannot register twice."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _cells(session: Session, notebook: Any, master: Master) -> None:
    from nbgrader.api import GradeCell, SolutionCell, SourceCell, TaskCell

    def settle(kind: type, there: Sequence[Any], wanted: Callable[[MasterCell], dict[str, Any] | None]) -> None:
        by_name = {cell.name: cell for cell in there}
        names = set()
        for cell in master.cells:
            values = wanted(cell)
            if values is None:
                continue
            names.add(cell.grade_id)
            row = by_name.get(cell.grade_id)
            if row is None:
                row_id = stable_id(master.assignment, master.notebook, kind.__name__, cell.grade_id)
                session.add(kind(id=row_id, name=cell.grade_id, notebook=notebook, **values))
                continue
            for name, value in values.items():
                if getattr(row, name) != value:
                    setattr(row, name, value)
        if not notebook.submissions:
            for row in there:
                if row.name not in names:
                    session.delete(row)

    def graded(cell: MasterCell) -> dict[str, Any]:
        return {"max_score": cell.points, "cell_type": cell.cell_type}

    settle(GradeCell, notebook.grade_cells, lambda cell: graded(cell) if cell.nbgrader["grade"] else None)
    settle(SolutionCell, notebook.solution_cells, lambda cell: {} if cell.solution else None)
    settle(TaskCell, notebook.task_cells, lambda cell: graded(cell) if cell.nbgrader["task"] else None)
    settle(SourceCell, notebook.source_cells, lambda cell: {
        "cell_type": cell.cell_type, "locked": cell.locked,
        "source": cell.source, "checksum": cell.nbgrader["checksum"],
    })  # fmt: skip
