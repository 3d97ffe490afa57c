"""A solved notebook of the course that is being changed as its student would change it."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

ROOT = Path(__file__).resolve().parents[2]
_MARKER = re.compile(r"^[ \t]*### (?:BEGIN|END) SOLUTION(?:\n|$)", re.MULTILINE)
Node = nbformat.NotebookNode


@dataclass
class Draft:
    """One notebook: its cells, what lies beside it, and how it is written in the end."""

    assignment: str
    notebook: Node
    files: dict[str, str] = field(default_factory=dict)
    text: str = ""  # in place of what nbformat would write

    @property
    def cells(self) -> list[Node]:
        """All cells, in order."""
        cells: list[Node] = self.notebook.cells
        return cells

    def place(self, grade_id: str) -> int:
        """Where the cell of that id stands."""
        return next(k for k, cell in enumerate(self.cells) if grade_id_of(cell) == grade_id)

    def answer(self, question: str) -> Node:
        """The answer's cell."""
        return self.cells[self.place(question)]

    def write(self, question: str, source: str) -> None:
        """Answer a question otherwise."""
        self.answer(question).source = source

    def edit(self, question: str, old: str, new: str) -> None:
        """Change an answer at every place that has the text ``old``."""
        cell = self.answer(question)
        assert old in cell.source, (question, old)
        cell.source = cell.source.replace(old, new)

    def begin(self, question: str, lines: str) -> None:
        """Put lines at the top of an answer's cell."""
        self.answer(question).source = f"{lines}\n{self.answer(question).source}"

    def end(self, question: str, lines: str) -> None:
        """Put lines below an answer, in its cell."""
        self.answer(question).source += f"\n\n{lines}"

    def above(self, question: str, *sources: str) -> None:
        """Add own cells above an answer."""
        self.add(self.place(question), *sources)

    def between(self, question: str, *sources: str) -> None:
        """Add own cells between an answer and its test."""
        self.add(self.place(question) + 1, *sources)

    def below(self, question: str, *sources: str) -> None:
        """Add own cells below a question's test."""
        self.add(self.place(f"test-{question}") + 1, *sources)

    def first(self, *sources: str) -> None:
        """Add own cells below the imports."""
        self.add(self.place("setup") + 1, *sources)

    def last(self, *sources: str) -> None:
        """Add own cells at the end."""
        self.add(len(self.cells), *sources)

    def add(self, place: int, *sources: str) -> None:
        """Add own cells at a place."""
        self.cells[place:place] = [new_code_cell(source) for source in sources]

    def say(self, place: int, text: str) -> None:
        """Add a cell of text."""
        self.cells.insert(place, new_markdown_cell(text))

    def blank(self, question: str) -> str:
        """The cell as it was released."""
        released = read("release", self.assignment)
        return next(str(cell.source) for cell in released.cells if grade_id_of(cell) == question)

    def to_blank(self, question: str) -> str:
        """Put the blank back; what stood there."""
        there = str(self.answer(question).source)
        self.write(question, self.blank(question))
        return there

    def save(self, path: Path) -> None:
        """Write the notebook to ``path``, and beside it what lies there."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.text:
            path.write_text(self.text, "utf-8")
        else:
            nbformat.write(self.notebook, path)
        for name, text in self.files.items():
            (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
            (path.parent / name).write_text(text, "utf-8")


@dataclass(frozen=True)
class Habit:
    """One notebook of the corpus.

    Args:
        kind: the heading under which it is counted.
        wrong: the questions that must lose marks: none where all is right.
        unlike: doors that cannot agree, each with the reason.
    """

    name: str
    kind: str
    assignment: str
    change: Callable[[Draft], object]
    wrong: tuple[str, ...] = ()
    unlike: dict[str, str] = field(default_factory=dict)

    def draft(self) -> Draft:
        """The notebook."""
        draft = Draft(self.assignment, solved(self.assignment))
        self.change(draft)
        return draft


def grade_id_of(cell: Node) -> str:
    """What nbgrader calls the cell."""
    return str((cell.metadata.get("nbgrader") or {}).get("grade_id", ""))


def solved(assignment: str) -> Node:
    """The solved notebook without the cells that draw, which take longer than all the rest."""
    notebook = copy.deepcopy(read("source", assignment))
    for cell in notebook.cells:
        cell.source = _MARKER.sub("", cell.source).rstrip()
    notebook.cells = [cell for cell in notebook.cells if not _draws(cell)]
    return notebook


@cache
def read(folder: str, assignment: str) -> Node:
    """A notebook of the course."""
    notebook: Node = nbformat.read(ROOT / folder / assignment / f"{assignment}.ipynb", as_version=4)
    return notebook


def _draws(cell: Node) -> bool:
    marked = cell.metadata.get("nbgrader", {})
    drawing = re.search(r"plt\.|draw_|\.plot\(|imshow", cell.source) is not None
    ours = marked.get("solution") or marked.get("grade") or marked.get("grade_id") == "setup"
    return cell.cell_type == "code" and drawing and not ours
