"""An otter-grader master notebook, read into its parts: settings, given cells, and questions with solutions and tests.

The format is that of otter-assign since version 1: raw cells that begin and end assignments, questions, prompts,
solutions and tests, with settings as YAML below the first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from autograder.errors import UsageError

_MARK = re.compile(r"#\s*(ASSIGNMENT CONFIG|(BEGIN|END)\s+(QUESTION|PROMPT|SOLUTION|TESTS))\s*\Z", re.IGNORECASE)


class NotAMaster(UsageError):
    """A notebook that is no otter-grader master notebook: what is missing."""


@dataclass
class Question:
    """One question: its settings, and its cells by the section that they stand in."""

    settings: dict[str, Any]
    cells: list[tuple[str, Any]] = field(default_factory=list)  # ("", "PROMPT", "SOLUTION" or "TESTS"; the cell)

    @property
    def name(self) -> str:
        """The name by which otter knows it."""
        return str(self.settings.get("name", "question"))


@dataclass
class Master:
    """A master notebook: its settings, and given cells and questions in order."""

    path: Path
    node: Any
    settings: dict[str, Any]
    parts: list[Any]  # a cell, or a Question


def read_master(path: Path) -> Master:
    """The master notebook in a file.

    Raises:
        NotAMaster: it is no notebook, or none of otter's.
    """
    try:
        node = nbformat.read(path, 4)
    except Exception as problem:
        raise NotAMaster(f"{path} is no notebook: {problem}") from problem
    settings: dict[str, Any] = {}
    parts: list[Any] = []
    question: Question | None = None
    section = ""
    for cell in node.cells:
        mark, given = _mark(cell)
        if mark == "ASSIGNMENT CONFIG":
            settings = given
        elif mark == "BEGIN QUESTION":
            question = Question(given)
            parts.append(question)
        elif mark == "END QUESTION":
            question, section = None, ""
        elif mark is not None:
            section = mark.partition(" ")[2] if mark.startswith("BEGIN") else ""
            if question is not None and mark == "BEGIN TESTS":
                question.settings.setdefault("tests", given)
        elif question is not None:
            question.cells.append((section, cell))
        else:
            parts.append(cell)
    if not any(isinstance(part, Question) for part in parts):
        raise NotAMaster(
            f"{path} has no raw cell that says '# BEGIN QUESTION': it is no master notebook of otter-grader"
        )
    return Master(path, node, settings, parts)


def masters_in(folder: Path) -> Iterator[Path]:
    """The master notebooks in a folder, or the one file."""
    for path in [folder] if folder.is_file() else sorted(folder.rglob("*.ipynb")):
        if "dist" in path.parts or ".ipynb_checkpoints" in path.parts:  # what otter made of them
            continue
        if "BEGIN QUESTION" in path.read_text("utf-8", "replace").upper():
            yield path


def _mark(cell: Any) -> tuple[str | None, dict[str, Any]]:
    """What a raw cell begins or ends, with its settings; None for any other cell."""
    if cell.cell_type != "raw":
        return None, {}
    first, _, rest = cell.source.strip().partition("\n")
    found = _MARK.match(first.strip())
    if found is None:
        return None, {}
    return " ".join(found[1].upper().split()), read_yaml(rest)


def read_yaml(text: str) -> dict[str, Any]:
    """Settings; none where the text is none.

    Raises:
        NotAMaster: they cannot be read.
    """
    import yaml  # type: ignore[import-untyped]

    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        raise NotAMaster(f"settings that are no YAML: {' '.join(str(problem).split())}") from problem
    return read if isinstance(read, dict) else {}
