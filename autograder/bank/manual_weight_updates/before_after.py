"""The loss before and after one step: the second needs a second look at the data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks import CheckFailed, assert_close, assert_leaves_state, assert_moved_by_gradient, assert_true
from autograder.checks.models import network
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, gradients, parameters

QUESTION = Question(
    id="before_after",
    points=1,
    names=("before_after",),
    title="Did the step help?",
    minutes=8,
    difficulty="medium",
    hints=(
        "The variable `loss` keeps its value when the parameters move. How do you learn the new one?",
        "Compute the loss, make one step, then ask the model for new predictions and compute the loss again.",
        "`before = train_step(model, x, y, F.mse_loss, lr)`, then `after = F.mse_loss(model(x), y).item()`.",
    ),
)


def pair(answer: Any) -> list[float]:
    """The two losses of an answer, as numbers."""
    if isinstance(answer, (torch.Tensor, np.ndarray)) and tuple(answer.shape) == (2,):
        answer = answer.tolist()
    if not isinstance(answer, (list, tuple)) or len(answer) != 2:
        raise CheckFailed("two numbers were wanted, (before, after)", answer, None)
    return [as_number(answer[0], "the loss before"), as_number(answer[1], "the loss after")]


@visible
@pytest.mark.points(0.5)
def test_both_losses(student: Student, reference: Student, rng: Draw) -> None:
    """the first number is the loss before the step, the second the loss of the model after it"""
    layers = [rng.linear(3, 4), rng.linear(4, 2)]
    x, y, lr = rng.normal(6, 3), rng.normal(6, 2), 0.1
    expected = reference.before_after(network(reference, layers), x, y, lr)
    actual = pair(student.before_after(network(student, layers), x, y, lr))
    assert_close(actual, list(expected), "the losses (before, after)", rtol=1e-5, atol=1e-6)


@visible
@pytest.mark.points(0.25)
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


@pytest.mark.points(0.25)
def test_small_step_helps(student: Student, reference: Student, rng: Draw) -> None:
    """a small step lowers the loss of any model, at each call; the model's mode stays, and autograd stays on"""
    layers = [rng.linear(2, 5), rng.linear(5, 3), rng.linear(3, 1)]
    x, y, lr = rng.normal(8, 2), rng.normal(8, 1) + 3, rng.number(0.01, 0.03)
    expected = reference.before_after(network(reference, layers, "Sigmoid"), x, y, lr)
    assert_leaves_state(student, student.before_after, network(student, layers, "Sigmoid"), x, y, lr)
    assert_leaves_state(student, student.before_after, network(student, layers, "Sigmoid"), x, y, lr, in_eval_mode=True)
    actual = pair(student.before_after(network(student, layers, "Sigmoid"), x, y, lr))
    assert_close(actual, list(expected), "the losses (before, after)", rtol=1e-5, atol=1e-6)
    assert_true(actual[1] < actual[0], "the loss after a small step is not smaller", actual=actual)
