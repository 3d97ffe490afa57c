"""Visible checks of ``slope_gd``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.numbers import sequence_of_numbers
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


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


def test_the_notebooks_line(student: Student, reference: Student) -> None:
    """the four steps of the notebook's example are right"""
    x = torch.arange(-30, 30) / 10
    assert_descends(student, reference, x, -3 * x, -10.0, 0.1, 4)


def test_one_step(student: Student, reference: Student, rng: Draw) -> None:
    """one step gives one slope and one loss: the slope after the step, the loss before it"""
    x, y = draw_line(rng, 5)
    assert_descends(student, reference, x, y, rng.number(-2, -1), rng.number(0.04, 0.08), 1)
