"""Visible checks of ``relu_grad``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_follows_device
from autograder.checks.filled_in import filled_in
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

KEYS = ("relu", "maximum", "abs")


def ties(student: Student) -> dict[str, Any]:
    """The student's ``tie_quiz``, with numbers as floats."""
    told = filled_in(student, "tie_quiz", KEYS)
    return {key: float(item) if isinstance(item, (int, float, torch.Tensor)) else item for key, item in told.items()}


def test_slopes(student: Student, reference: Student, rng: Draw) -> None:
    """0 left of 0 and at 0, 1 right of it, in the dtype of x"""
    line = torch.tensor([-2.0, -0.5, 0.0, 0.5, 3.0])
    table = torch.cat([rng.normal(3, 3, scale=2), torch.zeros(3, 1)], dim=1)
    for x in (line, table, rng.normal(6, dtype=torch.float64)):
        assert_close(student.relu_grad(x), reference.relu_grad(x))


def test_what_autograd_says_at_the_tie(student: Student, reference: Student) -> None:
    """tie_quiz holds the slopes that autograd gives at 0 for relu, maximum and abs"""
    told, right = ties(student), ties(reference)
    if told != right:
        words = "not all three slopes at 0 are right: let autograd say it, in a cell of your own"
        raise CheckFailed(words, told, Wanted("what autograd says"))


def test_stays_on_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """the slopes are on the device of x"""
    x = rng.normal(5)
    assert_close(student.relu_grad(x), reference.relu_grad(x))
    assert_follows_device(student.relu_grad, x)
