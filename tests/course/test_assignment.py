"""The bank as a whole: what every question must have."""

from __future__ import annotations

import inspect
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from autograder.course.assignment import UnknownAssignment, assignment_names, assignment_of, load_assignment
from autograder.course.question import Question, QuestionModule, load_question, visible
from autograder.errors import ReportedError
from autograder.grader.reference_runs import Truth

ASSIGNMENTS = assignment_names()


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # torch's, where a test asks NumPy
@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_points_names_and_tests_of_every_question(name: str) -> None:
    assignment = load_assignment(name)
    by_hand = sum(written.points for written in assignment.written)
    assert sum(question.question.points for question in assignment.questions) == 20
    assert assignment.max_score == 20 + by_hand
    for question in assignment.questions:
        stated = question.question
        assert sum(test.points for test in question.tests) == pytest.approx(stated.points)
        assert stated.names
        assert len(stated.hints) == 3
        assert any(test.visible for test in question.tests)
        hidden = any(not test.visible for test in question.tests)
        assert hidden or takes_nothing(question) or drawn_anew(question), (
            f"{question.id} is graded on inputs that students have"
        )
        assert len(question.answers.alternatives) >= 2
        assert stated.forbidden_as is None or question.answers.mistake(stated.forbidden_as)
        for answer in (question.answers.reference, *question.answers.alternatives):
            assert set(stated.names) <= set(question.answers.namespace(answer))
        assert assignment_of(Path(str(question.module.__file__))) == name


def takes_nothing(question: QuestionModule) -> bool:
    """Whether the answer is a choice that is tried, with no inputs to hide."""
    space = question.answers.namespace(question.answers.reference)
    named = [space[name] for name in question.question.names]
    return not any(inspect.signature(answer).parameters for answer in named if callable(answer))


def drawn_anew(question: QuestionModule) -> bool:
    """Whether a visible test is graded with other inputs than those that ``check`` has."""
    truth = Truth(question, seed=20_26)
    return any(
        repr(truth.drawn(test, truth.seed_for(test))) != repr(truth.drawn(test, truth.seed_for(test, public=True)))
        for test in question.tests
        if not test.cuda
    )


def test_ids_are_given_once() -> None:
    ids = [question.id for name in ASSIGNMENTS for question in load_assignment(name).questions]
    assert len(set(ids)) == len(ids)


def test_an_unknown_assignment_is_told_with_those_that_there_are() -> None:
    with pytest.raises(UnknownAssignment, match=ASSIGNMENTS[0]):
        load_assignment("nonsense")
    with pytest.raises(UnknownAssignment):
        assignment_of(Path("somewhere/else/test_x.py"))


def module(**tests: object) -> ModuleType:
    question = Question("q", 1, ("f",), "title", 5, "easy", ("a", "b", "c"))
    space = {"QUESTION": question, "__name__": "bank.q", "__file__": "q.py"}
    return SimpleNamespace(**space, **tests)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("points", "shown", "doc", "says"),
    [
        (2, True, "title", "worth 2, the question 1"),
        (1, False, "title", "no test is marked @visible"),
        (1, True, None, "docstring"),
    ],
)
def test_a_question_with_a_gap_is_refused(points: float, shown: bool, doc: str | None, says: str) -> None:
    def test_it(student: object) -> None: ...

    test_it.__doc__ = doc
    marked = pytest.mark.points(points)(test_it)
    with pytest.raises(ReportedError, match=says):  # one line for its author, and no traceback
        load_question(module(test_it=visible(marked) if shown else marked))


def test_truth_draws_the_same_for_a_seed_and_other_inputs_for_another() -> None:
    question = next(q for q in load_assignment("03-parameter-counting").questions if q.id == "count_mlp")
    hidden = next(test for test in question.tests if not test.visible)
    draws = [Truth(question, seed) for seed in (1, 1, 2)]
    drawn = [truth.drawn(hidden, truth.seed_for(hidden)) for truth in draws]
    assert drawn[0] == drawn[1] != drawn[2]
    truth = draws[0]
    assert truth.seed_for(hidden) != truth.seed_for(hidden, public=True)
    assert Truth(question, 99).seed_for(hidden, public=True) == truth.seed_for(hidden, public=True)
    assert truth.failure(question.answers.reference, hidden, truth.seed_for(hidden)) is None
    mistake = question.answers.mistake("no_bias")
    assert truth.failure(mistake, hidden, truth.seed_for(hidden)).kind == "check"


def test_a_reference_that_fails_its_own_test_is_a_fault_of_the_bank() -> None:
    question = next(q for q in load_assignment("03-parameter-counting").questions if q.id == "count_mlp")
    from dataclasses import replace

    broken = replace(question, answers=replace(question.answers, reference=question.answers.mistake("no_bias")))
    truth = Truth(broken, 1)
    with pytest.raises(RuntimeError, match="the reference fails test_8_4_2"):
        truth.log(broken.tests[0], 1)
