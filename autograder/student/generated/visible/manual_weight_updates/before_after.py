"""Visible checks of ``before_after``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from autograder.checks import CheckFailed, assert_close, assert_moved_by_gradient
from autograder.checks.models import network
from autograder.checks.numbers import as_number
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, gradients, parameters


def pair(answer: Any) -> list[float]:
    """The two losses of an answer, as numbers."""
    if isinstance(answer, (torch.Tensor, np.ndarray)) and tuple(answer.shape) == (2,):
        answer = answer.tolist()
    if not isinstance(answer, (list, tuple)) or len(answer) != 2:
        raise CheckFailed("two numbers were wanted, (before, after)", answer, None)
    return [as_number(answer[0], "the loss before"), as_number(answer[1], "the loss after")]


def test_both_losses(student: Student, reference: Student, rng: Draw) -> None:
    """the first number is the loss before the step, the second the loss of the model after it"""
    layers = [rng.linear(3, 4), rng.linear(4, 2)]
    x, y, lr = rng.normal(6, 3), rng.normal(6, 2), 0.1
    expected = reference.before_after(network(reference, layers), x, y, lr)
    actual = pair(student.before_after(network(student, layers), x, y, lr))
    assert_close(actual, list(expected), "the losses (before, after)", rtol=1e-5, atol=1e-6)


def test_one_step_and_no_more(student: Student, reference: Student, rng: Draw) -> None:
    """the model has made one step when the two numbers come back, and no more"""
    layers = [rng.linear(4, 5), rng.linear(5, 3)]
    x, y, lr = rng.normal(7, 4), rng.normal(7, 3), rng.number(0.05, 0.15)
    model, twin = network(student, layers), network(reference, layers)
    before = parameters(model)
    answer = student.before_after(model, x, y, lr)
    expected = reference.before_after(twin, x, y, lr)
    after = parameters(model)
    slopes = {name: slope for name, slope in gradients(twin).items() if slope is not None}
    if all(torch.equal(before[name], after[name]) for name in before):
        # Then the step was made on a copy, if the numbers show one.
        assert_close(pair(answer), list(expected), "the losses (before, after)", rtol=1e-5, atol=1e-6)
    else:
        assert_moved_by_gradient(before, after, slopes, lr)
