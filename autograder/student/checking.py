"""The visible checks of one question on a student's variables: the same tests and words as at grading."""

from __future__ import annotations

import functools
import inspect
import io
import linecache
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from autograder.judging.diagnosis import name_mistake
from autograder.judging.failures import Kind
from autograder.judging.general_mistakes import FORBIDDEN, general_mistake
from autograder.judging.messages import Finding, explain
from autograder.judging.run_test import Fingerprint, try_test
from autograder.judging.scoring import counts_more, judge
from autograder.judging.source_rules import breach
from autograder.judging.telling import told
from autograder.protocol.wire import Failure
from autograder.remote.in_process import Double
from autograder.remote.proxy import OwnState, Student, Transport, has_own_settings
from autograder.remote.request_state import fresh
from autograder.results import Mistake, Outcome
from autograder.student.manners import Timed
from autograder.student.printed import Printed
from autograder.student.recorded import RecordedQuestion, RecordedTest
from autograder.student.verdict import Tick, Verdict

_NOT_RUN = Fingerprint(0, Kind.NOT_RUN, "", None, None)
_UNTRIED = (Kind.NOT_RUN, Kind.NOT_ATTEMPTED, Kind.MISSING, Kind.FORBIDDEN)


class CheckStumbled(RuntimeError):
    """The check failed, and not the answer."""


def check_question(
    question: RecordedQuestion, namespace: Mapping[str, Any], sources: Sequence[str] | None = None
) -> Verdict:
    """The verdict on ``question`` for the answers in ``namespace``; the kernel's own settings play no part.

    Raises:
        KeyboardInterrupt: the student stopped the check.
    """
    printed = Printed()
    with fresh():
        verdict = verdict_on(question, try_visible(question, namespace, sources, printed))
    return replace(verdict, printed=printed.text)


def verdict_on(question: RecordedQuestion, found: Mapping[str, Fingerprint | None]) -> Verdict:
    """The verdict on what the visible tests found."""
    if any(failure is not None and failure.kind is Kind.OURS for failure in found.values()):
        raise CheckStumbled("the check's own code failed")
    outcome, score = judge([(test.points, found.get(test.name, _first(found))) for test in question.tests])
    mistake = _mistake(question, found, outcome)
    findings = [
        Finding(test.title, found[test.name], found[test.name]) for test in question.tests if test.name in found
    ]
    return Verdict(
        question=question.id,
        title=question.title,
        outcome=outcome,
        score=score,
        max_score=question.visible_points,
        points=question.points,
        ticks=tuple(_tick(test, found) for test in question.tests),
        mistake=mistake,
        message=explain(outcome, findings, mistake, _lines(found)),
        told=told(outcome, findings, mistake, _lines(found)),
    )


def better_verdict(end: Verdict | None, cell: Verdict | None) -> Verdict | None:
    """Of a question's two moments the one that counts; None for one of which there is no verdict."""
    if end is None or cell is None:
        return end or cell
    return cell if counts_more((cell.outcome, cell.score), (end.outcome, end.score)) else end


def try_visible(
    question: RecordedQuestion,
    namespace: Mapping[str, Any],
    sources: Sequence[str] | None = None,
    prints_to: io.TextIOBase | None = None,
) -> dict[str, Fingerprint | None]:
    """How each visible test fails, None where it passes; after a hopeless failure the rest is left out."""
    barred = _barred(question, namespace, sources)
    if barred is not None:
        return all_fail(question, barred)

    def student() -> Timed:
        return Timed(Double(namespace, is_student_file=_is_cell, prints_to=prints_to), question.seconds)

    return try_all(question, student)


def all_fail(question: RecordedQuestion, why: Failure) -> dict[str, Fingerprint | None]:
    """What is found where the tests need not be run at all."""
    words = f"{why.type_name}: {why.message}"
    return {question.tests[0].name: Fingerprint(0, Kind(why.kind), words, words, None, failure=why)}


def try_all(question: RecordedQuestion, student: Callable[[], Transport]) -> dict[str, Fingerprint | None]:
    """As ``try_visible``, asking a fresh ``student`` in each test."""
    found: dict[str, Fingerprint | None] = {}
    for test in question.tests:
        failure = _try(question, test, student())
        if failure is not None and failure.kind.tells and has_own_settings(Student(student())):
            own = _try(question, test, OwnState(student()))
            failure = None if own is None else failure
        found[test.name] = failure
        if failure is not None and failure.kind.stops:
            break
    return found


def _try(question: RecordedQuestion, test: RecordedTest, student: Transport) -> Fingerprint | None:
    return try_test(question.function(test), student, test.reference(), test.rng(), test.seed, question.forbids)


def _barred(question: RecordedQuestion, namespace: Mapping[str, Any], sources: Sequence[str] | None) -> Failure | None:
    """Why the tests need not be run at all."""
    missing = [name for name in question.names if name not in namespace]
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        return Failure(
            "missing", "NameError", f"{names} is not defined yet: run the cell of this question, then check again"
        )
    told = list(_sources(question, namespace)) if sources is None else sources
    rule = breach(told, question.bound, question.forbids)
    return None if rule is None else Failure("forbidden", "ForbiddenUse", rule)


def _sources(question: RecordedQuestion, namespace: Mapping[str, Any]) -> Iterator[str]:
    """The cells in which the question's names were defined, as far as Python still knows them."""
    for name in question.names:
        value = namespace.get(name)
        inside = list(vars(value).values()) if isinstance(value, type) else []
        for one in (value, *inside):
            with suppress(Exception):  # whatever stands there under that name
                yield "".join(linecache.getlines(inspect.unwrap(one).__code__.co_filename))
                break


def _is_cell(name: str) -> bool:
    return name.startswith("<") or "ipykernel" in name


def _mistake(question: RecordedQuestion, found: Mapping[str, Fingerprint | None], outcome: Outcome) -> Mistake | None:
    if outcome is Outcome.FORBIDDEN:
        return question.forbidden_as or FORBIDDEN
    if not any(failure is not None and failure.kind.tells for failure in found.values()):
        return None
    tests = {test.name: test for test in question.tests}

    def fails(mistake: Mistake, form: int, test: str) -> Fingerprint | None:
        return tests[test].failure_of(mistake.name, form)

    known = ((mistake, functools.partial(fails, mistake, form)) for mistake, form in question.forms)
    return name_mistake(found, known) or general_mistake(found)


def _lines(found: Mapping[str, Fingerprint | None]) -> str:
    """The student's own lines that failures point at: this is the student's own kernel, so all may be quoted."""
    return "\n".join(
        failure.failure.text for failure in found.values() if failure is not None and failure.failure is not None
    )


def _tick(test: RecordedTest, found: Mapping[str, Fingerprint | None]) -> Tick:
    failure = found.get(test.name, _NOT_RUN)
    untried = failure is not None and failure.kind in _UNTRIED
    return Tick(test.title, None if untried else failure is None)


def _first(found: Mapping[str, Fingerprint | None]) -> Fingerprint | None:
    return next((failure for failure in found.values() if failure is not None), None)
