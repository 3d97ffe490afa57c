"""Visible checks of ``rmse_usd``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch
from autograder.draw import Draw
from autograder.session.proxy import Student

from autograder.checks import assert_close
from autograder.checks.numbers import as_number

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


def test_one_batch(student: Student, reference: Student) -> None:
    """errors of 1 and −1 standard deviations of 50,000 dollars are an error of 50,000 dollars"""
    pred, y = [torch.tensor([1.5, -0.5])], [torch.tensor([0.5, 0.5])]
    assert_dollars(student, reference, pred, y, 100_000.0, 50_000.0)


def test_ragged_batches(student: Student, reference: Student, rng: Draw) -> None:
    """the root is taken of the mean over all rows, though the last batch is smaller"""
    assert_dollars(student, reference, *batches(rng, [4, 4, 2]), 112_500.0, 63_000.0)
