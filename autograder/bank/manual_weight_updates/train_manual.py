"""A training run without an optimiser: its losses, step by step."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import (
    CheckFailed,
    Wanted,
    assert_equal,
    assert_leaves_state,
    assert_losses_close,
    assert_unchanged,
)
from autograder.checks.models import NESTED_WEIGHTS, nested_network, network
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, StudentFailed, flags, parameters

QUESTION = Question(
    id="train_manual",
    points=2,
    names=("train_manual",),
    title="Train without an optimiser",
    minutes=10,
    difficulty="medium",
    hints=(
        "You have written one training step. A run is that step again and again.",
        "Do `steps` steps with the mean squared error, and collect the loss that each step had "
        "before it moved the parameters.",
        "`return [train_step(model, X, y, F.mse_loss, lr) for _ in range(steps)]`",
    ),
    forbids=("torch.optim",),
    forbidden_as="optimizer_imported",
    follows_device=True,
)


def assert_run(actual: Any, expected: list[float], steps: int, begin: int = 0) -> None:
    """Fail unless the losses are ``steps`` of ``expected`` from ``begin`` on; one more follows there.

    A list that begins or ends one step too early or too late is reported as such.
    """
    if isinstance(actual, torch.Tensor) or (isinstance(actual, (list, tuple)) and _holds_tensors(actual)):
        raise CheckFailed("the losses are tensors, plain floats were wanted", "tensors", Wanted("a list of floats"))
    if isinstance(actual, (list, tuple)) and all(type(loss) is float for loss in actual):
        for start, end in ((1, steps + 1), (0, steps + 1), (0, steps - 1), (1, steps), (-1, steps - 1)):
            window = expected[max(begin + start, 0) : begin + end]
            if len(actual) == end - start and len(window) == len(actual) and _close(actual, window):
                raise CheckFailed(
                    "the list of losses begins or ends one step too early or too late",
                    "one step off",
                    Wanted("the losses before step 1, step 2, and so on up to the last step"),
                )
    assert_losses_close(actual, expected[begin : begin + steps], rtol=1e-5, atol=1e-6)


def _holds_tensors(values: list[Any] | tuple[Any, ...]) -> bool:
    return any(isinstance(value, torch.Tensor) for value in values)


def _close(one: Any, other: list[float]) -> bool:
    return all(abs(a - b) <= 1e-5 * abs(b) + 1e-6 for a, b in zip(one, other, strict=True))


@visible
@pytest.mark.points(1)
def test_losses_of_a_run(student: Student, reference: Student, rng: Draw) -> None:
    """the losses are those of full-batch gradient descent on the mean squared error, one for each step"""
    layers = [rng.linear(2, 5), rng.linear(5, 1)]
    x = rng.uniform(-2, 2, 9, 2)
    y = (x[:, :1] - 0.5 * x[:, 1:]).tanh() + 0.25
    expected = reference.train_manual(network(reference, layers), x, y, 13, 0.1)
    actual = student.train_manual(network(student, layers), x, y, 12, 0.1)
    assert_run(actual, expected, 12)


@pytest.mark.points(0.5)
def test_goes_on_where_it_stopped(student: Student, reference: Student, rng: Draw) -> None:
    """any model is trained in place and stays in its mode: a second run goes on where the first one stopped"""
    layers = [rng.linear(3, 6), rng.linear(6, 4), rng.linear(4, 2)]
    x, y = rng.normal(7, 3), rng.normal(7, 2)
    lr, steps = rng.number(0.05, 0.15), rng.integer(7, 10)
    expected = reference.train_manual(network(reference, layers, "Sigmoid"), x, y, 2 * steps + 1, lr)
    model = network(student, layers, "Sigmoid")
    assert_run(student.train_manual(model, x, y, steps, lr), expected, steps)
    assert_run(student.train_manual(model, x, y, steps, lr), expected, steps, begin=steps)
    assert_leaves_state(student, student.train_manual, network(student, layers, "Sigmoid"), x, y, 1, lr)


@pytest.mark.points(0.5)
def test_frozen_parameters(student: Student, reference: Student, rng: Draw) -> None:
    """in any model, frozen and unused parameters stay as they are while the others are trained"""
    layers = [rng.linear(3, 5), rng.linear(5, 4), rng.linear(4, 2)]
    x, y = rng.normal(6, 3), rng.normal(6, 2)
    frozen, lr, steps = rng.choice(NESTED_WEIGHTS), rng.number(0.05, 0.15), rng.integer(5, 7)
    model, twin = (nested_network(side, layers, frozen) for side in (student, reference))
    before, asked = parameters(model), flags(model)
    expected = reference.train_manual(twin, x, y, steps + 1, lr)
    try:
        actual = student.train_manual(model, x, y, steps, lr)
    except StudentFailed as failed:
        if not failed.at_none:
            raise
        words = "an error was raised where a parameter has no gradient"
        raise CheckFailed(words, "stopped at a parameter without a gradient", Wanted("no error")) from failed
    assert_run(actual, expected, steps)
    after = parameters(model)
    for name in (frozen, "spare"):
        assert_unchanged(before[name], after[name], "a frozen or unused parameter")
    assert_equal(flags(model), asked, "requires_grad of a parameter changed")
