"""The gradient of the mean squared error of a line, over a whole batch or some of its samples."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.checks import CheckFailed, assert_close
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="batch_gradient",
    points=2,
    names=("batch_gradient",),
    title="Batch and mini-batch gradients",
    minutes=10,
    difficulty="medium",
    hints=(
        "Write the residual of every sample first: prediction minus target.",
        "The mean squared error is the mean of r²; its derivative is the mean of 2 · r times the input, "
        "or times 1 for the bias.",
        "Take `X[idx]` and `y[idx]` where `idx` is given; then `r = X @ w + b - y`, "
        "`dw = 2 * X.T @ r / len(y)`, `db = 2 * r.mean()`.",
    ),
)


def pair(answer: Any) -> tuple[Any, Any]:
    """The two halves of an answer."""
    if not isinstance(answer, (list, tuple)) or len(answer) != 2:
        raise CheckFailed("two things were wanted, (dw, db)", answer, None)
    return answer[0], answer[1]


def assert_gradients(actual: list[Any], expected: list[Any]) -> None:
    """Fail unless every dw and db is right; db may come as a tensor or as a float."""
    assert_close([as_dict(one) for one in actual], [as_dict(one) for one in expected],
                 rtol=1e-5, atol=1e-5, check_dtype=False)  # fmt: skip


def as_dict(answer: Any) -> dict[str, Any]:
    """An answer's halves by name, db as a float."""
    dw, db = pair(answer)
    return {"dw": dw, "db": as_number(db, "db")}


@visible
@pytest.mark.points(1)
def test_whole_batch(student: Student, reference: Student, rng: Draw) -> None:
    """without idx it is the gradient of the mean squared error over all samples"""
    args = rng.normal(7, 3), rng.normal(7, scale=2), rng.normal(3), rng.normal()
    assert_gradients([student.batch_gradient(*args)], [reference.batch_gradient(*args)])


@visible
@pytest.mark.points(0.5)
def test_some_samples(student: Student, reference: Student, rng: Draw) -> None:
    """with idx it is the gradient of the mean over those samples only, without it over all, however many"""
    args = rng.normal(9, 2), rng.normal(9, scale=2), rng.normal(2), rng.normal()
    chosen = rng.sample(range(9), 4), rng.permutation(9)[:5], None
    assert_gradients(*([side.batch_gradient(*args, idx) for idx in chosen] for side in (student, reference)))


@visible
@pytest.mark.points(0.5)
def test_mean_over_single_samples(student: Student, reference: Student, rng: Draw) -> None:
    """each single sample's gradient is right, so that their mean is the gradient of the batch"""
    args = rng.normal(5, 4), rng.normal(5, scale=2), rng.normal(4), rng.normal()
    assert_gradients(*([side.batch_gradient(*args, [n]) for n in range(5)] for side in (student, reference)))
