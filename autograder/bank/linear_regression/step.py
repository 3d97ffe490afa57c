"""The step function of a perceptron: 1 above zero, else 0."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import Wanted, assert_close, assert_true
from autograder.checks.kinds import kind_of
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="step",
    points=1,
    names=("step",),
    title="The step function",
    minutes=5,
    difficulty="easy",
    hints=(
        "Above zero it is 1. What is it exactly at zero?",
        "Compare the whole tensor with 0 at once, without `if`; then make numbers of the True and False.",
        "Compare z with 0; that gives True and False. A method turns them into numbers. What must come out "
        "for 0 itself?",
    ),
)


def assert_steps(answer: Any, wanted: torch.Tensor) -> None:
    """Fail unless the answer holds the wanted zeros and ones, as numbers of any kind but True and False."""
    flags = isinstance(answer, bool) or str(getattr(answer, "dtype", "")).endswith("bool")
    words = "True and False came back, the numbers 0 and 1 were wanted"
    assert_true(not flags, words, actual="True and False", expected=Wanted("0 and 1"))
    number = isinstance(answer, (int, float)) and wanted.dim() == 0
    tensor = hasattr(answer, "shape") and hasattr(answer, "dtype")
    words = f"{kind_of(answer)} came back where a tensor was wanted"
    assert_true(number or tensor, words, actual=kind_of(answer), expected=Wanted("a tensor"))
    assert_close(answer, wanted, "the steps", check_dtype=False)


@visible
@pytest.mark.points(0.5)
def test_below_at_and_above_zero(student: Student, reference: Student) -> None:
    """step is 0 below zero, 0 at zero and 1 above"""
    z = torch.tensor([-2.0, 0.0, 3.0, 0.25, -0.125])
    assert_steps(student.step(z), reference.step(z))


@pytest.mark.points(0.5)
def test_any_shape(student: Student, reference: Student, rng: Draw) -> None:
    """the answer has the shape of z: a table, one number without dimensions, whole numbers"""
    table = rng.normal(3, 4) * (rng.integers(0, 3, 3, 4) > 0)
    table[0, 0] = 0.0
    for z in (table, rng.integers(-2, 2, 7), torch.tensor(0.0), torch.tensor(rng.number(0.1, 0.9))):
        assert_steps(student.step(z), reference.step(z))
