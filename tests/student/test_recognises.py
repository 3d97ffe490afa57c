"""``check`` in a student's namespace against the bank's answers: right ones pass, mistakes are named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.course.answers import Answer
from autograder.course.assignment import assignment_names, load_assignment
from autograder.course.question import QuestionModule
from autograder.results import Mistake, Outcome
from autograder.student.door import check_safely
from autograder.student.recorded import recorded_questions
from autograder.student.verdict import Verdict

QUESTIONS = [question for name in assignment_names() for question in load_assignment(name).questions]


def verdict_on(question: QuestionModule, answer: Answer) -> Verdict:
    """What ``check`` says to a student with that answer."""
    verdict = check_safely(recorded_questions()[question.id], question.answers.namespace(answer))
    assert isinstance(verdict, Verdict), repr(verdict)
    return verdict


def each(kind: str) -> Iterator[object]:
    """(question, answer) for every answer of a kind."""
    for question in QUESTIONS:
        for answer in getattr(question.answers, kind):
            yield pytest.param(question, answer, id=f"{question.id}-{answer.label}")


def test_every_question_is_recorded_once() -> None:
    """No two assignments share a question's id: ``check`` has nothing else to go by."""
    ids = [question.id for question in QUESTIONS]
    assert sorted(recorded_questions()) == sorted(set(ids))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_the_reference_passes(question: QuestionModule) -> None:
    """All visible points, and every tick set."""
    verdict = verdict_on(question, question.answers.reference)
    assert (verdict.outcome, verdict.mistake) == (Outcome.CORRECT, None), repr(verdict)
    assert verdict.score == pytest.approx(verdict.max_score)
    assert all(tick.passed for tick in verdict.ticks)


@pytest.mark.parametrize(("question", "answer"), list(each("alternatives")))
def test_alternatives_pass(question: QuestionModule, answer: Answer) -> None:
    """Right answers written another way."""
    verdict = verdict_on(question, answer)
    assert verdict.outcome is Outcome.CORRECT, repr(verdict)


@pytest.mark.parametrize(("question", "answer"), [*each("mistakes"), *each("forms")])
def test_mistakes_are_named(question: QuestionModule, answer: Answer) -> None:
    """A mistake that the visible tests can tell is told by name, in its own words; no other name is given."""
    recorded = recorded_questions()[question.id]
    tells = [test for test in recorded.tests if test.failure_of(answer.name, answer.form) is not None]
    verdict = verdict_on(question, answer)
    if not tells:
        assert verdict.outcome is Outcome.CORRECT
        return
    assert verdict.outcome is not Outcome.CORRECT
    if verdict.mistake is not None:
        assert verdict.mistake.name == answer.name
        assert answer.says in repr(verdict)
        assert answer.ask in repr(verdict)


def test_most_mistakes_are_named() -> None:
    """Of the mistakes that visible tests see, hardly any goes unnamed."""
    seen = named = 0
    for question in QUESTIONS:
        recorded = recorded_questions()[question.id]
        for mistake in question.answers.mistakes:
            if any(test.failure_of(mistake.name) is not None for test in recorded.tests):
                seen += 1
                named += verdict_on(question, mistake).mistake == Mistake(mistake.name)
    assert named >= 0.95 * seen, f"{named} of {seen}"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_blank_is_not_attempted(question: QuestionModule) -> None:
    """Never "wrong" before anything was written."""
    source = "\n".join(f"def {name}(*a, **k):\n    raise NotImplementedError()" for name in question.question.names)
    space: dict[str, object] = {}
    exec(source, space)
    verdict = check_safely(recorded_questions()[question.id], space)
    assert isinstance(verdict, Verdict)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED
    assert verdict.mistake is None
    assert "Not attempted yet" in repr(verdict)
