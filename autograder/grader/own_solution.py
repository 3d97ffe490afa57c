"""Whether a submission is the course's own solution: then a person should look how the student came by it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from autograder.submission.notebook import BrokenNotebook, Notebook, read_notebook

FLAG = "its answers are, cell for cell, the course's own solution"
_MARKER = re.compile(r"\s*### (BEGIN|END) SOLUTION\s*")


def own_solution(root: Path, assignment: str, questions: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The answer of each question as the course at ``root`` has it; {} where it has not all of them.

    Args:
        questions: of the assignment, with the names that each asks for.
    """
    for part in ("source", "solutions"):
        try:
            answers = answers_in(read_notebook(root / part / assignment / f"{assignment}.ipynb", dict(questions)))
        except BrokenNotebook:
            continue
        if answers.keys() >= set(questions):
            return {question: answers[question] for question in questions}
    return {}


def answers_in(notebook: Notebook) -> dict[str, str]:
    """The lines of each answer, without the author's markers, blank lines and spaces at their ends."""
    found: dict[str, str] = {}
    for cell in notebook.cells:
        if cell.question is not None and cell in notebook.solutions(cell.question):
            lines = [line.rstrip() for line in cell.source.splitlines() if not _MARKER.fullmatch(line)]
            found[cell.question] = "\n".join(filter(None, lines))
    return found


def is_own_solution(notebook: Notebook, solution: Mapping[str, str]) -> bool:
    """Whether every answer is the course's own; one alone says nothing, since there is often only one way."""
    if not solution:
        return False
    answers = answers_in(notebook)
    return all(answers.get(question) == source for question, source in solution.items())
