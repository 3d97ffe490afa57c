"""Gradient descent on the slope of a line through the origin, step by step."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.numbers import sequence_of_numbers
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="slope_gd",
    points=3,
    names=("slope_gd",),
    title="Gradient descent on a slope",
    minutes=10,
    difficulty="medium",
    hints=(
        "The loss is the mean of (w · x − y)². What is its derivative with respect to w?",
        "In every step: note the loss of the present w, compute the gradient, the mean of 2 · (w · x − y) · x, "
        "move w by −lr times it, note the new w.",
        "`r = w * x - y`, `losses.append(float((r**2).mean()))`, `w = w - lr * float((2 * r * x).mean())`, "
        "`ws.append(w)`.",
    ),
)


def course(answer: Any) -> dict[str, Any]:
    """The slopes and losses of an answer, as lists of floats."""
    if not isinstance(answer, (list, tuple)) or len(answer) != 2:
        raise CheckFailed("two things were wanted, (ws, losses)", answer, Wanted("a pair (ws, losses)"))
    ws, losses = answer
    return {"ws": list(sequence_of_numbers(ws, "ws")), "losses": list(sequence_of_numbers(losses, "losses"))}


def assert_descends(student: Student, reference: Student, *args: Any) -> None:
    """Fail unless all slopes and losses are those of gradient descent."""
    answer, wanted = course(student.slope_gd(*args)), course(reference.slope_gd(*args))
    assert_close(answer, wanted, rtol=2e-4, atol=1e-4)


def draw_line(rng: Draw, rows: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Points near a line through the origin, not symmetric about it."""
    x = rng.uniform(-2, 3, rows)
    return x, rng.choice([-2.0, 1.5, 2.5]) * x + rng.normal(rows, scale=0.3)


@visible
@pytest.mark.points(1)
def test_the_notebooks_line(student: Student, reference: Student) -> None:
    """the four steps of the notebook's example are right"""
    x = torch.arange(-30, 30) / 10
    assert_descends(student, reference, x, -3 * x, -10.0, 0.1, 4)


@visible
@pytest.mark.points(0.5)
def test_one_step(student: Student, reference: Student, rng: Draw) -> None:
    """one step gives one slope and one loss: the slope after the step, the loss before it"""
    x, y = draw_line(rng, 5)
    assert_descends(student, reference, x, y, rng.number(-2, -1), rng.number(0.04, 0.08), 1)


@pytest.mark.points(1)
def test_other_points(student: Student, reference: Student, rng: Draw) -> None:
    """other points, starts, rates and numbers of steps"""
    x, y = draw_line(rng, 8)
    assert_descends(student, reference, x, y, rng.number(3.5, 6), rng.number(0.03, 0.09), rng.integer(5, 8))


@pytest.mark.points(0.5)
def test_called_twice(student: Student, reference: Student, rng: Draw) -> None:
    """a second call begins anew from its own w0"""
    x, y = draw_line(rng, 6)
    lr = rng.number(0.03, 0.09)
    for start in (rng.number(3.5, 5), rng.number(-4, -3)):
        assert_descends(student, reference, x, y, start, lr, 3)
