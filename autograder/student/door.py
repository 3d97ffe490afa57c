"""``check`` and ``hint``: what a student types, and never a traceback in answer."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograder.results import Outcome
from autograder.student.checking import check_question
from autograder.student.manners import TimeIsUp, same_accelerator_randomness
from autograder.student.memory import remember_check, remember_hint
from autograder.student.overview import Overview
from autograder.student.recorded import RecordedQuestion
from autograder.student.replaced import answers_in_force, in_words
from autograder.student.validating import is_validating, refuse
from autograder.student.verdict import Note, Verdict
from autograder.student.which import assignment_at_work, find_question, questions_of, which_question

# What must outlive a call: how many hints of each question this kernel has shown, and the last question asked.
_SHOWN: Counter[str] = Counter()
_LAST: list[RecordedQuestion] = []


def check(question: object = None) -> Verdict | Note | Overview | None:
    """Run the visible checks of a question on what you have defined, and say what they found.

    Args:
        question: the question's name, as in its test cell: ``check("sgd_step")``; or its number in the assignment;
            without it the whole assignment is checked, and shown at a glance.

    Returns:
        What is shown; None where nbgrader validates and all is right, for it takes any result for points and warns.
    """
    namespace = _variables()
    if question is None:
        return _whole_assignment(namespace)
    found = _find(question, namespace)
    verdict = found if isinstance(found, Note) else check_safely(found, namespace)
    if isinstance(found, RecordedQuestion) and isinstance(verdict, Verdict):
        remember_check(found.id, verdict.score, verdict.outcome is Outcome.CORRECT)
    if is_validating():
        if not (isinstance(verdict, Verdict) and verdict.outcome is Outcome.CORRECT):
            refuse(repr(verdict))
        print(verdict)
        return None
    return verdict


def hint(question: object = None) -> Note:
    """Show the next hint for a question: first a nudge, then the method, then almost the code.

    Args:
        question: the question's name or number; without it the question that was asked for last.
    """
    namespace = _variables()
    if question is None and not _LAST:
        return which_question(assignment_at_work(namespace, None))
    found = _LAST[-1] if question is None else _find(question, namespace)
    if isinstance(found, Note):
        return found
    _SHOWN[found.id] = min(_SHOWN[found.id] + 1, len(found.hints))
    count = _SHOWN[found.id]
    remember_hint(found.id, count)
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
        with same_accelerator_randomness(), answers_in_force() as back:
            verdict = check_question(question, namespace, sources)
        told = [name for name in question.names if name in back]
        return replace(verdict, told=(*verdict.told, ("", in_words(told)))) if told else verdict
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


def _whole_assignment(namespace: Mapping[str, Any]) -> Overview | Note:
    assignment = assignment_at_work(namespace, _LAST[-1].assignment if _LAST else None)
    questions = questions_of(assignment)
    if assignment is None or not questions:
        return which_question(None)
    return Overview(assignment, tuple((question, check_safely(question, namespace)) for question in questions))


def _find(question: object, namespace: Mapping[str, Any]) -> RecordedQuestion | Note:
    """The question that is meant, which is remembered, or a word on which there are."""
    found = find_question(question, assignment_at_work(namespace, _LAST[-1].assignment if _LAST else None))
    if isinstance(found, RecordedQuestion):
        _LAST[:] = [found]
    return found


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
