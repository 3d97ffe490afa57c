"""Visible checks of ``cross_entropy_soft``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

ON_SOFT_LABELS = (
    "int_targets", "sums_over_batch", "argmax_of_probs", "mean_over_classes", "double_softmax",
    "subtracts_entropy", "roles_swapped",
)  # fmt: skip

ONE_OF_THREE = ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0])


def shares(rows: list[torch.Tensor]) -> torch.Tensor:
    """Rows of four probabilities, no two of a row equal, from permutations."""
    parts = torch.stack(rows)[:, :4] + 1
    return parts / parts.sum(dim=1, keepdim=True)


def test_each_class_by_its_probability(student: Student, reference: Student, rng: Draw) -> None:
    """every class counts as much as its target probability says, and the rows are averaged"""
    batch = rng.apart(
        "cross_entropy_soft",
        lambda: (rng.normal(5, 4, scale=2.0), shares([rng.permutation(9) for _ in range(5)])),
        among=ON_SOFT_LABELS,
    )
    assert_close(student.cross_entropy_soft(*batch), reference.cross_entropy_soft(*batch))


def test_hard_labels_as_before(student: Student, reference: Student, rng: Draw) -> None:
    """with one-hot rows as targets it equals the cross-entropy of the labels"""
    photo, truth = torch.tensor([[0.1, 6.0, -2.0, 3.2]]), torch.tensor([[0.0, 0.0, 1.0, 0.0]])
    assert_close(student.cross_entropy_soft(photo, truth), reference.cross_entropy_soft(photo, truth))
    logits = rng.normal(6, 3, scale=2.0)
    rows = torch.tensor([rng.choice(ONE_OF_THREE) for _ in range(6)])
    assert_close(student.cross_entropy_soft(logits, rows), reference.cross_entropy_soft(logits, rows))
