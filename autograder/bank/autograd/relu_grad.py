"""The slope of ReLU, and what PyTorch says at the corner."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_follows_device
from autograder.checks.filled_in import filled_in
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="relu_grad",
    points=2,
    names=("relu_grad", "tie_quiz"),
    title="The slope of ReLU",
    minutes=8,
    difficulty="medium",
    hints=(
        "Left of 0 ReLU is flat, right of 0 it rises by 1 for 1. How can you ask of every number at once on which side "
        "it is?",
        "A comparison gives flags; turn them into numbers of the dtype of x. At 0 itself the answer is 0. For the "
        "quiz, let autograd say what it does at 0.",
        "Compare `x` with 0, and turn the flags into numbers of the dtype of x. For each entry of the quiz: "
        "make a 0.0 that requires a gradient, go backward through the function, and look at `.grad`.",
    ),
    forbids=("torch.autograd.grad", "torch.Tensor.backward"),
    forbidden_as="uses_autograd",
    follows_device=True,
)

KEYS = ("relu", "maximum", "abs")


def ties(student: Student) -> dict[str, Any]:
    """The student's ``tie_quiz``, with numbers as floats."""
    told = filled_in(student, "tie_quiz", KEYS)
    return {key: float(item) if isinstance(item, (int, float, torch.Tensor)) else item for key, item in told.items()}


@visible
@pytest.mark.points(0.75)
def test_slopes(student: Student, reference: Student, rng: Draw) -> None:
    """0 left of 0 and at 0, 1 right of it, in the dtype of x"""
    line = torch.tensor([-2.0, -0.5, 0.0, 0.5, 3.0])
    table = torch.cat([rng.normal(3, 3, scale=2), torch.zeros(3, 1)], dim=1)
    for x in (line, table, rng.normal(6, dtype=torch.float64)):
        assert_close(student.relu_grad(x), reference.relu_grad(x))


@visible
@pytest.mark.points(0.75)
def test_what_autograd_says_at_the_tie(student: Student, reference: Student) -> None:
    """tie_quiz holds the slopes that autograd gives at 0 for relu, maximum and abs"""
    told, right = ties(student), ties(reference)
    if told != right:
        words = "not all three slopes at 0 are right: let autograd say it, in a cell of your own"
        raise CheckFailed(words, told, Wanted("what autograd says"))


@visible
@pytest.mark.points(0.25)
def test_stays_on_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """the slopes are on the device of x"""
    x = rng.normal(5)
    assert_close(student.relu_grad(x), reference.relu_grad(x))
    assert_follows_device(student.relu_grad, x)


@pytest.mark.points(0.25)
def test_many_numbers(student: Student, reference: Student, rng: Draw) -> None:
    """many numbers, tiny ones and zeros among them; float16 stays float16"""
    many = torch.cat([rng.normal(20, scale=3), torch.tensor([1e-30, -1e-30, 0.0, 0.0])])
    for x in (many, many[:9].half()):
        assert_close(student.relu_grad(x), reference.relu_grad(x))
