"""``check`` and ``hint``: what a student types, and never a traceback in answer."""

from __future__ import annotations

import difflib
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.student.checking import check_question
from autograder.student.manners import TimeIsUp, same_accelerator_randomness
from autograder.student.recorded import RecordedQuestion, recorded_questions
from autograder.student.verdict import Note, Verdict

# How many hints of each question this kernel has shown: the one thing that must outlive a call.
_SHOWN: Counter[str] = Counter()


def check(question: str) -> Verdict | Note:
    """Run the visible checks of a question on what you have defined, and say what they found.

    Args:
        question: the question's name, as in its test cell: ``check("sgd_step")``.
    """
    found = find_question(question)
    if isinstance(found, Note):
        return found
    return check_safely(found, _variables())


def hint(question: str) -> Note:
    """Show the next hint for a question: first a nudge, then the method, then almost the code."""
    found = find_question(question)
    if isinstance(found, Note):
        return found
    _SHOWN[found.id] = min(_SHOWN[found.id] + 1, len(found.hints))
    count = _SHOWN[found.id]
    lines = [f"{number}. {text}" for number, text in enumerate(found.hints[:count], start=1)]
    more = "call it again for the next" if count < len(found.hints) else "that was the last"
    return Note(
        f"{found.id}: hint {count} of {len(found.hints)}", "\n".join(lines), "hint", f'hint("{found.id}"): {more}'
    )


def check_safely(
    question: RecordedQuestion, namespace: Mapping[str, Any], sources: Sequence[str] | None = None
) -> Verdict | Note:
    """The verdict, or a word on why there is none; whatever the student's code does.

    Args:
        sources: the cells that were run, where they are known; else Python is asked where the names come from.
    """
    try:
        with same_accelerator_randomness():
            return check_question(question, namespace, sources)
    except KeyboardInterrupt:
        return Note(
            f"{question.id}: stopped", "You stopped the check before it was done. Is there a loop that never ends?"
        )
    except TimeIsUp as late:
        return Note(f"{question.id}: out of time", f"The check was {late}. Is there a loop that never ends?", "wrong")
    except BaseException as problem:
        return Note(
            f"{question.id}: no verdict",
            "The check itself stumbled over this answer. Does it return what the question asks for? "
            f"If you think it does, please show this to your teacher: {_in_words(problem)}",
        )


def find_question(question: object) -> RecordedQuestion | Note:
    """The question of that name, or a word on which names there are."""
    known = recorded_questions()
    if isinstance(question, str) and question in known:
        return known[question]
    name = question if isinstance(question, str) else getattr(question, "__name__", str(type(question).__name__))
    if not isinstance(question, str) and name in known:
        return Note("Put the name in quotes", f'Write check("{name}"), with the name as text.')
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    meant = f"Did you mean {' or '.join(near)}?" if near else "The name stands in the test cell below each question."
    return Note(f"There is no question {name!r}", meant)


def _variables() -> Mapping[str, Any]:
    """The student's variables: the notebook's, or those of the caller of ``check``."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None:
        namespace: Mapping[str, Any] = shell.user_ns
        return namespace
    return sys._getframe(2).f_globals


def _in_words(problem: BaseException) -> str:
    try:
        return f"{type(problem).__name__}: {problem}"[:300]
    except BaseException:
        return type(problem).__name__
