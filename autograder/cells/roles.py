"""What each cell of a notebook is for: by what nbgrader wrote on it, else by what it holds."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from autograder.cells.matching import Questions, checked_in, defined_in, parsed, without_checks
from autograder.cells.merges import Conflict, around_cells, resolve


class Role(Enum):
    """What a cell is for."""

    SOLUTION = "solution"
    TEST = "test"
    GIVEN = "given"  # locked code of the course, such as the imports
    STUDENT = "student"  # code that the student added
    TEXT = "text"


@dataclass(frozen=True)
class Cell:
    """One cell: its place, role, question and source.

    Args:
        source: the code as it is run: without the second version of an unresolved merge, say.
        answers: whether it defines a name that some question asks for.
    """

    index: int
    role: Role
    question: str | None
    source: str
    answers: bool = False


@dataclass(frozen=True)
class Read:
    """The cells of a notebook by role, and what was noticed on the way.

    Args:
        flags: what a person should look at.
        conflicts: places that a merge left open, each with the questions that it touches.
        turned: questions whose cell was made into one that is not run, with its kind.
        answered: questions of which some cell defines a name that is no untouched blank.
    """

    cells: tuple[Cell, ...]
    flags: tuple[str, ...] = ()
    conflicts: tuple[tuple[Conflict, frozenset[str]], ...] = ()
    turned: Mapping[str, str] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()

    def why_not_asked(self, question: str) -> str:
        """Why a question's tests cannot be run, whatever its cells define; "" where they can."""
        return why_not_asked(self.conflicts, question)


def why_not_asked(conflicts: Sequence[tuple[Conflict, frozenset[str]]], question: str) -> str:
    """What is to be told of a merge that touches a question; "" where none does."""
    for conflict, touched in conflicts:
        if question in touched:
            return (
                f"An unresolved merge stands in this question ({conflict.in_words()}): keep one of the two versions, "
                "take out the lines with <<<<<<<, ======= and >>>>>>>, and hand in again"
            )
    return ""


def read_roles(nodes: Sequence[Any], questions: Questions) -> Read:
    """The role of each cell; metadata that are missing are put back where content tells what a cell is.

    Args:
        questions: of the assignment; none where it is another course's.
    """
    around, second = around_cells(nodes)
    conflicts: list[tuple[Conflict, Cell]] = []
    cells: list[Cell] = []
    for index, node in enumerate(nodes):
        cell = by_metadata(index, node)
        source, line = resolve(cell.source) if node["cell_type"] == "code" else (cell.source, 0)
        if line:
            conflicts.append((Conflict(index, line), cell))
            cell = replace(cell, source=source)
        elif index in around:
            conflicts.append((around[index], cell))
        cells.append(replace(cell, role=Role.TEXT) if index in second else cell)
    if not questions:
        told = tuple((conflict, frozenset[str]()) for conflict, _ in conflicts)
        return Read(tuple(cells), conflicts=told)
    matching = _Matching(nodes, cells, questions)
    matching.find_tests()
    matching.find_answers()
    touched = tuple((conflict, matching.questions_of(matching.cells[cell.index], cell)) for conflict, cell in conflicts)
    flags, answered = tuple(matching.flags()), frozenset(matching.answered)
    return Read(tuple(matching.cells), flags, touched, matching.turned(), answered)


def by_metadata(index: int, node: Any) -> Cell:
    """A cell by what nbgrader wrote on it."""
    metadata = node["metadata"].get("nbgrader")
    metadata = metadata if isinstance(metadata, dict) else {}
    grade_id = metadata.get("grade_id")
    grade_id = grade_id if isinstance(grade_id, str) else ""
    source = node["source"]
    if node["cell_type"] != "code":
        return Cell(index, Role.TEXT, None, source)
    if grade_id.startswith("test-"):  # whatever else was done to its metadata
        return Cell(index, Role.TEST, grade_id.removeprefix("test-"), source)
    if metadata.get("solution") is True:
        return Cell(index, Role.SOLUTION, grade_id, source)
    if metadata.get("locked") is True:
        return Cell(index, Role.GIVEN, None, source)
    return Cell(index, Role.STUDENT, None, source)


class _Matching:
    """Looks at the cells of one notebook for what its questions ask for."""

    def __init__(self, nodes: Sequence[Any], cells: list[Cell], questions: Questions) -> None:
        self._nodes = nodes
        self.cells = cells
        self._questions = questions
        self._of_name = {name: question for question, names in questions.items() for name in names}
        self._word = re.compile(rf"\b(?:{'|'.join(map(re.escape, self._of_name))}|check)\b")
        self.answered: set[str] = set()
        self._trees: dict[int, ast.Module | None] = {}
        self._tests_found = 0
        self._answers_found = 0
        self._marked = any("grade_id" in (node["metadata"].get("nbgrader") or {}) for node in nodes)

    def _tree(self, cell: Cell) -> ast.Module | None:
        if cell.index not in self._trees:
            worth = self._word.search(cell.source) is not None
            self._trees[cell.index] = parsed(cell.source) if worth else None
        return self._trees[cell.index]

    def find_tests(self) -> None:
        """Test cells by their ``check("...")``; one that holds more than that holds an answer, and is run."""
        known = {cell.question for cell in self.cells if cell.role is Role.TEST}
        for place, cell in enumerate(self.cells):
            is_test = cell.role is Role.TEST
            if cell.role in (Role.TEXT, Role.GIVEN) or (not is_test and "check" not in cell.source):
                continue
            tree = self._tree(cell)
            if tree is None:
                if is_test and cell.source.strip():  # what does not parse stops, and says so
                    self.cells[place] = replace(cell, role=Role.SOLUTION)
                continue
            asked, rest = checked_in(tree)
            if is_test and rest:
                self.cells[place] = replace(cell, role=Role.SOLUTION, source=without_checks(cell.source, tree))
            elif not is_test and asked and not rest and asked[0] in self._questions and asked[0] not in known:
                known.add(asked[0])
                self._tests_found += 1
                self.cells[place] = replace(cell, role=Role.TEST, question=asked[0])
                self._mark(place, f"test-{asked[0]}", test=True)

    def find_answers(self) -> None:
        """Cells that define what a question asks for; where its own cell lost its mark, the last of them is it."""
        own = {cell.question for cell in self.cells if cell.role is Role.SOLUTION}
        last: dict[str, tuple[bool, int]] = {}
        for place, cell in enumerate(self.cells):
            if cell.role not in (Role.SOLUTION, Role.STUDENT) or (tree := self._tree(cell)) is None:
                continue
            for name, blank in defined_in(tree):
                question = self._of_name.get(name)
                if question is None:
                    continue
                self.cells[place] = replace(self.cells[place], answers=True)
                if not blank:
                    self.answered.add(question)
                if cell.role is Role.STUDENT or cell.question not in self._questions:
                    last[question] = max(last.get(question, (False, -1)), (not blank, place))
        for question, (_, place) in last.items():
            cell = self.cells[place]
            if question not in own and cell.question not in self._questions:
                self._answers_found += 1
                self.cells[place] = replace(cell, role=Role.SOLUTION, question=question)
                self._mark(place, question, test=False)

    def questions_of(self, *cells: Cell) -> frozenset[str]:
        """The questions that a cell belongs to, or whose names stand in it."""
        found = {cell.question for cell in cells if cell.question in self._questions}
        words = {word for cell in cells for word in re.findall(r"(?:def|class)\s+(\w+)", cell.source)}
        named = {self._of_name[word] for word in words if word in self._of_name}
        return frozenset(named | {question for question in found if question})

    def flags(self) -> list[str]:
        """What was noticed."""
        said = []
        if self._tests_found or (self._answers_found and not self._marked):
            said.append("cells were matched by content: what nbgrader wrote on them is gone or changed")
        counts = Counter(
            cell.question for cell, node in zip(self.cells, self._nodes, strict=True)
            if cell.role is Role.SOLUTION and by_metadata(cell.index, node).role is Role.SOLUTION
        )  # fmt: skip
        twice = [question for question, count in counts.items() if count > 1 and question in self._questions]
        if twice:
            said.append(f"cells are there more than once: {', '.join(map(str, twice))}")
        return said

    def turned(self) -> dict[str, str]:
        """Questions without a cell to run, whose answer stands in a cell of text."""
        there = {cell.question for cell in self.cells if cell.role is Role.SOLUTION}
        found: dict[str, str] = {}
        for cell, node in zip(self.cells, self._nodes, strict=True):
            if node["cell_type"] == "code":
                continue
            metadata = node["metadata"].get("nbgrader")
            marked = metadata.get("grade_id") if isinstance(metadata, dict) else None
            words = re.findall(r"^(?:def|class)\s+(\w+)", cell.source, re.MULTILINE)
            for question in {marked, *(self._of_name.get(word) for word in words)}:
                if question in self._questions and question not in there:
                    found[str(question)] = "Markdown" if node["cell_type"] == "markdown" else "raw"
        return found

    def _mark(self, place: int, grade_id: str, *, test: bool) -> None:
        """Write on a cell what nbgrader had written, so that everything behind finds it again."""
        self._nodes[place]["metadata"]["nbgrader"] = {
            "grade": test, "grade_id": grade_id, "locked": test, "schema_version": 3, "solution": not test,
            "task": False, "cell_type": "code", **({"points": 0.0} if test else {}),
        }  # fmt: skip
