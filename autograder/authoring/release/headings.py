"""The lines of a notebook that say what the bank says: titles, points, minutes, the way on. Made from the bank."""

from __future__ import annotations

from autograder.course.assignment import Assignment, assignment_names, load_assignment
from autograder.course.question import QuestionModule, Written

START = "../00-start.ipynb"
TIME = "**Time** about "  # how the line of facts begins


def title_line(assignment: Assignment) -> str:
    """The notebook's first line."""
    return f"# {assignment.name[:2]} · {assignment.title}"


def facts_line(assignment: Assignment) -> str:
    """How long it takes and what it is worth, as the notebook's first cell says it."""
    count = len(assignment.questions) + len(assignment.written)
    return facts(minutes_of(assignment), assignment.max_score, count)


def facts(minutes: int, points: float, count: int) -> str:
    """The line for so many minutes, points and questions."""
    return f"{TIME}{minutes} minutes. **Points** {points:g}, in {count} question{'s' * (count != 1)}."


def minutes_of(assignment: Assignment, more: int = 0) -> int:
    """The minutes of its questions, to the nearest five: nobody can tell an hour from 62 minutes beforehand.

    Args:
        more: minutes of a question that it does not have yet.
    """
    asked = sum(question.question.minutes for question in assignment.questions)
    return 5 * round((asked + sum(written.minutes for written in assignment.written) + more) / 5)


def navigation_line(name: str) -> str:
    """Links to the start page, to the assignment before and to the next one, for one that may be still to come."""
    names = sorted({*assignment_names(), name})
    here = names.index(name)
    before = [f"back: {_link(names[here - 1])}"] if here else []
    after = [f"next: {_link(names[here + 1])}"] if here + 1 < len(names) else []
    return " · ".join([f"[All assignments]({START})", *before, *after])


def question_line(number: int, question: QuestionModule) -> str:
    """The heading of a question: its number in the notebook, title, names, worth, minutes and difficulty."""
    stated = question.question
    names = ", ".join(f"`{name}`" for name in stated.names)
    points = f"{stated.points:g} point{'s' * (stated.points != 1)}"
    return f"## {number}. {stated.title} · {names} ({points} · {stated.minutes} minutes · {stated.difficulty})"


def written_line(number: int, written: Written) -> str:
    """The heading of a question that a person marks."""
    points = f"{written.points:g} point{'s' * (written.points != 1)}"
    return f"## {number}. {written.title} ({points} · {written.minutes} minutes · {written.difficulty} · in words)"


def _link(name: str) -> str:
    return f"[{name[:2]} · {load_assignment(name).title}](../{name}/{name}.ipynb)"
