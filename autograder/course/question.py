"""What a question is: its id, points, names, hints, rules and tests."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Literal, TypeVar

from autograder.course.answers import Answers, read_answers
from autograder.errors import BadQuestion

TestFunction = Callable[..., None]
F = TypeVar("F", bound=Callable[..., None])


@dataclass(frozen=True)
class Question:
    """One question, as its author states it.

    Args:
        id: the ``grade_id`` of its solution cell.
        points: what it is worth; the points of its tests must add up to it.
        names: the names that its solution cell defines.
        title: a few words for the heading, for tables and feedback.
        minutes: how long a learner takes over it, about.
        difficulty: among the questions of its assignment.
        hints: a nudge, the method, almost the code.
        forbids: dotted paths that the answer may not use: ``torch`` (nothing of it), ``torch.optim``
            (no optimiser), ``torch.nn.functional.one_hot`` (not that function).
        free: names of the question that the rule does not bind.
        forbidden_as: the mistake's name under which a use is reported, if the curriculum has one.
        follows_device: inputs are put on the GPU where there is one.
        seconds: the time limit of one call.
    """

    id: str
    points: float
    names: tuple[str, ...]
    title: str
    minutes: int
    difficulty: Literal["easy", "medium", "hard"]
    hints: tuple[str, str, str]
    forbids: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    forbidden_as: str | None = None
    follows_device: bool = False
    seconds: float = 10.0

    @property
    def bound(self) -> tuple[str, ...]:
        """The names that may not use what the question forbids."""
        return tuple(name for name in self.names if name not in self.free)


@dataclass(frozen=True)
class Written:
    """A question that is answered in words, and marked by a person.

    Args:
        id: the ``grade_id`` of its one cell, which is text.
        minutes, difficulty: as of other questions.
    """

    id: str
    points: float
    title: str
    minutes: int
    difficulty: Literal["easy", "medium", "hard"]


@dataclass(frozen=True)
class GradingTest:
    """One test of a question: the function, its worth, and whether students may see it."""

    question: str
    name: str
    function: TestFunction
    points: float
    visible: bool
    title: str
    cuda: bool = False


@dataclass(frozen=True)
class QuestionModule:
    """A question with its tests and answers, as loaded from its two files."""

    question: Question
    tests: tuple[GradingTest, ...]
    answers: Answers
    module: ModuleType = field(repr=False)

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id


def visible(test: F) -> F:
    """Mark a test that students' own ``check`` runs too, on recorded inputs."""
    import pytest  # here, where a bank is loaded: a course of assert cells is graded without it

    marked: F = pytest.mark.visible(test)
    return marked


def load_question(module: ModuleType) -> QuestionModule:
    """The question that a module of the bank defines.

    Raises:
        BadQuestion: the points do not add up, no test is visible, or a test has no docstring.
    """
    question: Question = module.QUESTION
    tests = tuple(
        _grading_test(question, name, value) for name, value in vars(module).items() if name.startswith("test_")
    )
    total = sum(test.points for test in tests)
    if abs(total - question.points) > 1e-9:
        raise BadQuestion(f"{module.__name__}: the tests are worth {total:g}, the question {question.points:g} points")
    if not any(test.visible for test in tests):
        raise BadQuestion(
            f"{module.__name__}: no test is marked @visible, so check({question.id!r}) could show nothing"
        )
    return QuestionModule(question, tests, read_answers(module), module)


def _grading_test(question: Question, name: str, function: TestFunction) -> GradingTest:
    marks: dict[str, Any] = {mark.name: mark for mark in getattr(function, "pytestmark", [])}
    title = inspect.getdoc(function)
    if not title:
        raise BadQuestion(f"{question.id}: {name} needs a docstring: it is what the student reads")
    points = float(marks["points"].args[0]) if "points" in marks else 0.0
    return GradingTest(question.id, name, function, points, "visible" in marks, title.splitlines()[0], "cuda" in marks)
