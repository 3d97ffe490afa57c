"""Visible checks of ``bce_with_logits``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close, assert_refuses
from autograder.draw import Draw
from autograder.session.proxy import Student

ON_MODERATE_SCORES = (
    "sigmoid_twice",
    "sum",
    "probs_expected",
    "only_positives",
    "sign_flipped",
    "swapped_targets",
)


def zeros_and_ones(ones: torch.Tensor) -> torch.Tensor:
    """Targets that are 1 in half of the places, in the order that ``ones`` (a permutation) gives."""
    return (ones % 2).float()


def test_three_photos(student: Student, reference: Student) -> None:
    """the example of the notebook comes out right"""
    z, y = torch.tensor([0.0, 0.0, 1.0]), torch.tensor([0.0, 0.0, 1.0])
    assert_close(student.bce_with_logits(z, y), reference.bce_with_logits(z, y))


def test_mean_over_all_scores(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is the mean of −ln σ(z) where y is 1 and of −ln(1 − σ(z)) where y is 0"""
    pair = rng.apart(
        "bce_with_logits",
        lambda: (rng.normal(6, scale=2.0), zeros_and_ones(rng.permutation(6))),
        among=ON_MODERATE_SCORES,
    )
    assert_close(student.bce_with_logits(*pair), reference.bce_with_logits(*pair))


def test_refuses_a_column_and_a_row(student: Student, rng: Draw) -> None:
    """scores of shape (N, 1) with targets of shape (N,) raise an error"""
    z, y = rng.normal(4, 1), zeros_and_ones(rng.permutation(4))
    assert_refuses(student.bce_with_logits, z, y, what="scores (4, 1) with targets (4,)")
