"""Visible checks of ``train_manual``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_losses_close
from autograder.checks.models import network
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


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


def test_losses_of_a_run(student: Student, reference: Student, rng: Draw) -> None:
    """the losses are those of full-batch gradient descent on the mean squared error, one for each step"""
    layers = [rng.linear(2, 5), rng.linear(5, 1)]
    x = rng.uniform(-2, 2, 9, 2)
    y = (x[:, :1] - 0.5 * x[:, 1:]).tanh() + 0.25
    expected = reference.train_manual(network(reference, layers), x, y, 13, 0.1)
    actual = student.train_manual(network(student, layers), x, y, 12, 0.1)
    assert_run(actual, expected, 12)
