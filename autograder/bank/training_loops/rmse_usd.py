"""From scaled numbers back to dollars, over all rows at once."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="rmse_usd",
    points=2,
    names=("rmse_usd",),
    title="An error in dollars",
    minutes=10,
    difficulty="easy",
    hints=(
        "What did scaling do to a difference of two salaries? What did the mean do to it?",
        "Put the batches together first. Square the differences, take the mean over all rows, then the root; "
        "at the end "
        "undo the division.",
        "`error = torch.cat(pred_scaled) - …`; square, mean, root, in this order. Which of `mean` and `std` "
        "brings a difference back to dollars, and which cancels out?",
    ),
)

Batches = list[torch.Tensor]


def batches(rng: Draw, sizes: list[int]) -> tuple[Batches, Batches]:
    """Predictions and targets in batches; the last, smaller one is far off."""
    targets = [rng.normal(size) for size in sizes]
    errors = [rng.normal(size, scale=0.5) for size in sizes]
    errors[-1] = errors[-1] + 2.5
    return [target + error for target, error in zip(targets, errors, strict=True)], targets


def assert_dollars(student: Student, reference: Student, pred: Batches, y: Batches, mean: float, std: float) -> None:
    """Fail unless the error is that of the reference."""
    answer = as_number(student.rmse_usd(pred, y, mean, std), "the error")
    wanted = as_number(reference.rmse_usd(pred, y, mean, std), "the error")
    assert_close(answer, wanted, "the error in dollars", rtol=1e-4, atol=1e-4)


@visible
@pytest.mark.points(0.5)
def test_one_batch(student: Student, reference: Student) -> None:
    """errors of 1 and −1 standard deviations of 50,000 dollars are an error of 50,000 dollars"""
    pred, y = [torch.tensor([1.5, -0.5])], [torch.tensor([0.5, 0.5])]
    assert_dollars(student, reference, pred, y, 100_000.0, 50_000.0)


@visible
@pytest.mark.points(0.5)
def test_ragged_batches(student: Student, reference: Student, rng: Draw) -> None:
    """the root is taken of the mean over all rows, though the last batch is smaller"""
    assert_dollars(student, reference, *batches(rng, [4, 4, 2]), 112_500.0, 63_000.0)


@pytest.mark.points(1)
def test_other_numbers(student: Student, reference: Student, rng: Draw) -> None:
    """other batches, means and deviations, small ones too"""
    for sizes in ([5, 5, 3], [6, 1]):
        mean, std = float(rng.integer(80_000, 150_000)), float(rng.integer(20_000, 90_000))
        assert_dollars(student, reference, *batches(rng, sizes), mean, std)
    assert_dollars(student, reference, *batches(rng, [4, 2]), 1.0, 0.5)
