"""Visible checks of ``train_manual``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

from autograder.checks import CheckFailed, Wanted, assert_losses_close
from autograder.checks.models import network
from autograder.draw import Draw
from autograder.session.proxy import Student


def assert_run(actual: Any, expected: list[float], steps: int) -> None:
    """Fail unless the losses are the first ``steps`` of ``expected``, which is one longer.

    A list that begins or ends one step too early or too late is reported as such.
    """
    if isinstance(actual, (list, tuple)) and all(type(loss) is float for loss in actual):
        for start, end in ((1, steps + 1), (0, steps + 1), (0, steps - 1), (1, steps)):
            if len(actual) == end - start and _close(actual, expected[start:end]):
                raise CheckFailed(
                    "the list of losses begins or ends one step too early or too late",
                    "one step off",
                    Wanted("the losses before step 1, step 2, and so on up to the last step"),
                )
    assert_losses_close(actual, expected[:steps], rtol=1e-5, atol=1e-6)


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
