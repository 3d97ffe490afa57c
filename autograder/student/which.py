"""Which question, and which assignment, a student means: by name, by number, or by what the notebook is about."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from autograder.student.recorded import RecordedQuestion, recorded_questions
from autograder.student.verdict import Note


def find_question(meant: object, assignment: str | None = None) -> RecordedQuestion | Note:
    """The question that is meant, or a word on which there are.

    Args:
        meant: its name; or its number in the assignment, from 1; or the function or class that answers it.
        assignment: the one at work, if that is known: its names are suggested first.
    """
    known = recorded_questions()
    if isinstance(meant, int) and not isinstance(meant, bool):
        return _numbered(meant, assignment)
    if isinstance(meant, str) and meant.strip().isdecimal():
        return _numbered(int(meant), assignment)
    name: object = meant
    if not isinstance(meant, str):
        name = None
        with suppress(Exception):  # whatever stands there
            name = getattr(meant, "__name__", None)
    if not isinstance(name, str):
        return Note("Which question?", f"Give its name in quotes, as in {_example(assignment)}. {_names(assignment)}")
    if name in known:
        return known[name]
    cleaned = name.strip().removeprefix("test-").removesuffix("()")
    alike = [one for one in known if one.casefold() == cleaned.casefold()]
    if len(alike) == 1:
        return known[alike[0]]
    own = [question.id for question in questions_of(assignment)]
    near = difflib.get_close_matches(cleaned, own, n=3, cutoff=0.5) or difflib.get_close_matches(
        cleaned, known, n=3, cutoff=0.6
    )
    meant_words = f"Did you mean {' or '.join(f'`{one}`' for one in near)}? " if near else ""
    return Note(f"There is no question {name!r}", meant_words + _names(assignment))


def questions_of(assignment: str | None) -> list[RecordedQuestion]:
    """The questions of an assignment, in order."""
    return [question for question in recorded_questions().values() if question.assignment == assignment]


def assignment_at_work(namespace: Mapping[str, Any], last_asked: str | None) -> str | None:
    """The assignment of this notebook: by its file's name, the last question asked, or the names defined in it.

    Args:
        last_asked: the assignment of the question that was asked last in this kernel.
    """
    assignments = list(dict.fromkeys(question.assignment for question in recorded_questions().values()))
    # Jupyter's server puts the notebook's path into the environment of its kernel, VS Code among the variables.
    for path in (os.environ.get("JPY_SESSION_NAME"), namespace.get("__vsc_ipynb_file__")):
        stem = PurePath(path.replace("\\", "/")).name if isinstance(path, str) else ""
        named = [assignment for assignment in assignments if assignment in stem]
        if len(named) == 1:
            return named[0]
    if last_asked is not None:
        return last_asked
    defined = {
        assignment: sum(any(name in namespace for name in question.names) for question in questions_of(assignment))
        for assignment in assignments
    }
    most = max(assignments, key=lambda assignment: defined[assignment], default=None)
    return most if most is not None and defined[most] else None


def which_question(assignment: str | None) -> Note:
    """What is said where no question was named."""
    return Note("Which question?", f"Give its name, as in {_example(assignment)}. {_names(assignment)}")


def _numbered(number: int, assignment: str | None) -> RecordedQuestion | Note:
    questions = questions_of(assignment)
    if not questions:
        return which_question(assignment)
    if 1 <= number <= len(questions):
        return questions[number - 1]
    return Note(f"There is no question {number}", _names(assignment))


def _names(assignment: str | None) -> str:
    questions = questions_of(assignment)
    if not questions:
        return "The name stands in the test cell below each question."
    listed = ", ".join(f"{number} `{question.id}`" for number, question in enumerate(questions, start=1))
    return f"The questions of {assignment}: {listed}."


def _example(assignment: str | None) -> str:
    questions = questions_of(assignment) or list(recorded_questions().values())
    return f'`check("{questions[0].id}")`'
