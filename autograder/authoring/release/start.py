"""The notebook that opens the course, ``release/00-start.ipynb``: the words of its source, the table of the bank."""

from __future__ import annotations

from collections.abc import Sequence

import nbformat

from autograder.authoring.release.headings import minutes_of
from autograder.course.assignment import Assignment
from autograder.course.layout import Course

NAME = "00-start.ipynb"
PLACE = "CONTENTS"  # the cell of the source that the table replaces
_HEAD = "| | assignment | what it teaches | minutes | points |\n| --- | --- | --- | --- | --- |"


def start_notebook(course: Course, assignments: Sequence[Assignment]) -> bytes | None:
    """The notebook as students get it; None for a course that has no ``source/00-start.ipynb``."""
    source = course.root / "source" / NAME
    if not source.is_file():
        return None
    notebook = nbformat.read(source, as_version=4)
    for cell in notebook.cells:
        if cell.source.strip() == PLACE:
            cell.source = arc(assignments)
    text: str = nbformat.writes(notebook)
    return text.encode("utf-8") + b"\n"


def arc(assignments: Sequence[Assignment]) -> str:
    """The assignments in order: what each teaches, how long it takes, and what it is worth."""
    rows = ["## The assignments", "", _HEAD]
    for each in assignments:
        link = f"[{each.title}]({each.name}/{each.name}.ipynb)"
        rows.append(f"| {each.name[:2]} | {link} | {each.teaches} | {minutes_of(each)} | {each.max_score:g} |")
    minutes, points = sum(map(minutes_of, assignments)), sum(each.max_score for each in assignments)
    questions = sum(len(each.questions) for each in assignments)
    rows += ["", f"Together: {questions} questions, {points:g} points, about {minutes / 60:.0f} hours."]
    return "\n".join(rows)
