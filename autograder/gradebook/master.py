"""The course's own version of a notebook: the cells that nbgrader knows, as they were given to students."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from autograder.course.assignment import Assignment
from autograder.course.layout import Course
from autograder.course.question import QuestionModule, Written

KERNELSPEC: Mapping[str, Any] = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION.*?### END SOLUTION[^\n]*", re.MULTILINE | re.DOTALL)
_TEXT_STUB = "YOUR ANSWER HERE"  # nbgrader's own, for a cell of text
MARKERS_HELP = "**A full answer.**"  # so begins, in source/, what a marker needs to know
_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"


@dataclass(frozen=True)
class MasterCell:
    """One cell that nbgrader knows by its ``grade_id``, with nbgrader's metadata (schema 3)."""

    grade_id: str
    cell_type: str
    source: str
    nbgrader: Mapping[str, Any]

    @property
    def graded(self) -> bool:
        """Whether it carries points."""
        return bool(self.nbgrader.get("grade") or self.nbgrader.get("task"))

    @property
    def solution(self) -> bool:
        """Whether the student writes into it."""
        return bool(self.nbgrader.get("solution"))

    @property
    def locked(self) -> bool:
        """Whether its source belongs to the course."""
        return not self.solution and bool(self.nbgrader.get("grade") or self.nbgrader.get("locked"))

    @property
    def points(self) -> float:
        """What it is worth; 0 where it carries no points."""
        return float(self.nbgrader.get("points") or 0) if self.graded else 0.0


@dataclass(frozen=True)
class Master:
    """The known cells of one notebook, in order."""

    assignment: str
    notebook: str
    kernelspec: Mapping[str, Any]
    cells: tuple[MasterCell, ...]

    def find(self, grade_id: str) -> MasterCell | None:
        """The cell of that id."""
        return next((cell for cell in self.cells if cell.grade_id == grade_id), None)


def make_cell(grade_id: str, cell_type: str, source: str, flags: Mapping[str, Any]) -> MasterCell:
    """A cell with complete metadata; nbgrader refuses a whole class over one key that is not there."""
    stated = {name: bool(flags.get(name)) for name in ("grade", "locked", "solution", "task")}
    metadata: dict[str, Any] = {"cell_type": cell_type, "grade_id": grade_id, "schema_version": 3, **stated}
    if stated["grade"] or stated["task"]:
        metadata["points"] = float(flags.get("points") or 0)
    metadata["checksum"] = checksum(cell_type, source, metadata)
    return MasterCell(grade_id, cell_type, source, metadata)


def checksum(cell_type: str, source: str, nbgrader: Mapping[str, Any]) -> str:
    """nbgrader's checksum of a cell, by which it sees whether an answer is still the stub."""
    grade, solution = bool(nbgrader.get("grade")), bool(nbgrader.get("solution"))
    locked = not solution and (grade or bool(nbgrader.get("locked")))
    parts = [source, cell_type, str(grade), str(solution), str(locked), str(nbgrader.get("grade_id"))]
    if grade:
        parts.append(str(float(nbgrader.get("points") or 0)))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def read_master(path: Path, assignment: str) -> Master:
    """The known cells of a notebook file; solutions between their marks give way to nbgrader's stub."""
    node = nbformat.read(path, as_version=4)
    return Master(assignment, path.stem, dict(node.metadata.get("kernelspec") or KERNELSPEC), tuple(_known_cells(node)))


def other_graded_notebooks(folder: Path, assignment: str) -> list[str]:
    """The names of notebooks with graded cells that an assignment has in ``folder`` beside its own."""
    others = sorted(path for path in folder.glob("*.ipynb") if path.stem != assignment)
    return [path.name for path in others if any(cell.graded for cell in read_master(path, assignment).cells)]


def course_master(course: Course, assignment: Assignment) -> Master:
    """What students of the course got: their release, else the source, else what the bank knows.

    Points are the bank's, also of what a person marks; a question that the notebook does not have
    (yet) is added at the end, so that no mark is lost.
    """
    name = assignment.name
    files = [course.root / folder / name / f"{name}.ipynb" for folder in ("release", "source")]
    file = next((file for file in files if file.is_file()), None)
    found = read_master(file, name) if file else Master(name, name, KERNELSPEC, ())
    cells = list(found.cells)
    for question in assignment.questions:
        _settle(cells, question)
    for written in assignment.written:
        _settle_written(cells, written)
    return Master(name, name, found.kernelspec, tuple(cells))


def _settle(cells: list[MasterCell], question: QuestionModule) -> None:
    there = {cell.grade_id: place for place, cell in enumerate(cells)}
    if question.id not in there:
        cells.append(make_cell(question.id, "code", _STUB, {"solution": True}))
    test = f"test-{question.id}"
    flags = {"grade": True, "locked": True, "points": question.question.points}
    if test in there:
        cells[there[test]] = make_cell(test, "code", cells[there[test]].source, flags)
    else:
        cells.append(make_cell(test, "code", f'check("{question.id}")', flags))


def _settle_written(cells: list[MasterCell], written: Written) -> None:
    flags = {"grade": True, "solution": True, "points": written.points}
    place = next((place for place, cell in enumerate(cells) if cell.grade_id == written.id), None)
    if place is None:
        cells.append(make_cell(written.id, "markdown", _TEXT_STUB, flags))
    else:
        cells[place] = make_cell(written.id, cells[place].cell_type, cells[place].source, flags)


def _known_cells(node: Any) -> Iterator[MasterCell]:
    for cell in node.cells:
        flags = cell.metadata.get("nbgrader")
        if isinstance(flags, dict) and any(flags.get(name) for name in ("grade", "solution", "locked", "task")):
            source = _SOLUTION.sub(_stub, cell.source) if flags.get("solution") else cell.source
            if flags.get("solution") and MARKERS_HELP in source:
                source = _TEXT_STUB
            yield make_cell(str(flags.get("grade_id")), cell.cell_type, source, flags)


def _stub(match: re.Match[str]) -> str:
    return "\n".join(match.group(1) + line for line in _STUB.splitlines())
