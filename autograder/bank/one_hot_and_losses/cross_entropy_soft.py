"""Cross-entropy with probabilities as targets."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="cross_entropy_soft",
    points=2,
    names=("cross_entropy_soft",),
    title="Cross-entropy with soft labels",
    minutes=8,
    difficulty="medium",
    hints=(
        "With a hard label one class counts fully. Now each class counts as much as its probability says.",
        "Multiply the log-softmax of every row by the target probabilities and add up over the classes; "
        "then change the sign and take the mean over the rows.",
        "`probs * torch.log_softmax(logits, dim=1)` is a table. Add it up along one dimension, take the mean "
        "along the other, and mind the sign.",
    ),
)

ON_SOFT_LABELS = (
    "int_targets", "sums_over_batch", "argmax_of_probs", "mean_over_classes", "double_softmax",
    "subtracts_entropy", "roles_swapped",
)  # fmt: skip
ONE_OF_THREE = ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0])


def shares(rows: list[torch.Tensor]) -> torch.Tensor:
    """Rows of four probabilities, no two of a row equal, from permutations."""
    parts = torch.stack(rows)[:, :4] + 1
    return parts / parts.sum(dim=1, keepdim=True)


@visible
@pytest.mark.points(1)
def test_each_class_by_its_probability(student: Student, reference: Student, rng: Draw) -> None:
    """every class counts as much as its target probability says, and the rows are averaged"""
    batch = rng.apart(
        "cross_entropy_soft",
        lambda: (rng.normal(5, 4, scale=2.0), shares([rng.permutation(9) for _ in range(5)])),
        among=ON_SOFT_LABELS,
    )
    assert_close(student.cross_entropy_soft(*batch), reference.cross_entropy_soft(*batch))


@visible
@pytest.mark.points(0.5)
def test_hard_labels_as_before(student: Student, reference: Student, rng: Draw) -> None:
    """with one-hot rows as targets it equals the cross-entropy of the labels"""
    photo, truth = torch.tensor([[0.1, 6.0, -2.0, 3.2]]), torch.tensor([[0.0, 0.0, 1.0, 0.0]])
    assert_close(student.cross_entropy_soft(photo, truth), reference.cross_entropy_soft(photo, truth))
    logits = rng.normal(6, 3, scale=2.0)
    rows = torch.tensor([rng.choice(ONE_OF_THREE) for _ in range(6)])
    assert_close(student.cross_entropy_soft(logits, rows), reference.cross_entropy_soft(logits, rows))


@pytest.mark.points(0.5)
def test_smoothed_labels(student: Student, reference: Student, rng: Draw) -> None:
    """smoothed labels, which move a little probability to all classes, work too"""
    rows, classes = rng.sample([3, 4, 6, 7], 2)
    smoothing = rng.choice([0.1, 0.2, 0.3])
    hard = torch.eye(classes)[rng.integers(0, classes - 1, rows)]
    probs = hard * (1 - smoothing) + smoothing / classes
    logits = rng.normal(rows, classes, scale=2.0)
    assert_close(student.cross_entropy_soft(logits, probs), reference.cross_entropy_soft(logits, probs))
