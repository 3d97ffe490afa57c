"""The learning rate at which gradient descent on a line stops converging: 2 over the greatest eigenvalue."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import assert_close
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="max_stable_lr",
    points=2,
    names=("max_stable_lr",),
    title="The largest stable learning rate",
    minutes=12,
    difficulty="hard",
    hints=(
        "Along each eigenvector of the Hessian one step multiplies the distance to the minimum "
        "by 1 − lr · λ. When does that grow?",
        "Put a column of ones beside X for the bias, A = [X 1]; the Hessian of the mean squared error is 2/N · AᵀA.",
        "`H = 2 / len(A) * A.T @ A`, and then 2 divided by the largest of `torch.linalg.eigvalsh(H)`.",
    ),
)

X = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]


def assert_limits(actual: list[Any], expected: list[Any]) -> None:
    """Fail unless every answer is one number, of whatever kind, and the expected one."""
    limits = [as_number(one, "the limit") for one in actual]
    assert_close(limits, [as_number(one, "the limit") for one in expected], "the limit", rtol=2e-5, atol=1e-9)


@visible
@pytest.mark.points(1)
def test_the_four_points(student: Student, reference: Student) -> None:
    """it is right for the four points of this notebook"""
    x = torch.tensor(X)
    assert_limits([student.max_stable_lr(x)], [reference.max_stable_lr(x)])


@pytest.mark.points(1)
def test_other_points(student: Student, reference: Student, rng: Draw) -> None:
    """it is right for other points, also with one or three features"""
    points = [
        rng.uniform(-1, 1.5, samples, features) * torch.tensor([2.0, 1.0, 0.5])[:features]
        for samples, features in ((7, 3), (5, 1), (9, 2))
    ]
    assert_limits([student.max_stable_lr(x) for x in points], [reference.max_stable_lr(x) for x in points])
