"""Visible checks of ``cross_entropy``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_follows_device, assert_true
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

ON_A_BATCH = (
    "double_softmax", "log10", "log2", "mean_over_classes", "bce_per_class", "raw_score", "one_based_label",
    "batch_sum", "predicted_label", "negative_probability", "sign_flipped", "softmax_over_batch",
)  # fmt: skip


def assert_large(answer: Any, wanted: torch.Tensor) -> None:
    """``assert_close`` for a loss of thousands; a small number, whichever, is told as one that was cut off."""
    try:
        assert_close(answer, wanted)
    except CheckFailed as failed:
        if is_loss(answer) and 1 < float(answer) < 1000:
            failed.whole = "a loss that was cut off", Wanted("a large loss")
        raise


def is_loss(answer: Any) -> bool:
    """Whether the answer is one real number in a tensor, with a value to look at."""
    if not isinstance(answer, torch.Tensor) or answer.is_meta:
        return False
    return answer.shape == () and answer.is_floating_point()


def test_mean_over_the_batch(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is the mean over the rows of −ln of the true class's softmax"""
    batch = rng.apart("cross_entropy", lambda: (rng.normal(5, 4), rng.integers(1, 3, 5)), among=ON_A_BATCH)
    assert_close(student.cross_entropy(*batch), reference.cross_entropy(*batch))


def test_one_photo(student: Student, reference: Student) -> None:
    """the example of the notebook comes out right"""
    logits, labels = torch.tensor([[0.1, 6.0, -2.0, 3.2]]), torch.tensor([2])
    assert_close(student.cross_entropy(logits, labels), reference.cross_entropy(logits, labels))


def test_scores_of_ten_thousand(student: Student, reference: Student, rng: Draw) -> None:
    """scores of ±10000 give the right finite number"""
    far_apart = torch.tensor([5000.0, -9000.0, 9000.0]) + rng.uniform(-1000, 1000, 4, 3)
    logits = far_apart[:, rng.permutation(3)] * torch.tensor([[1.0], [0.5], [0.75], [1.0]])
    highest, lowest = logits.argmax(1), logits.argmin(1)
    # All large and not far apart; then far apart in one row; then rows that differ as well.
    large = torch.tensor([9000.0, 9060.0, 9030.0]) + rng.uniform(0, 3, 4, 3)
    assert_close(student.cross_entropy(large, large.argmax(1)), reference.cross_entropy(large, large.argmax(1)))
    assert_close(student.cross_entropy(logits[:1], highest[:1]), reference.cross_entropy(logits[:1], highest[:1]))
    assert_close(student.cross_entropy(logits, highest), reference.cross_entropy(logits, highest))
    assert_large(student.cross_entropy(logits, lowest), reference.cross_entropy(logits, lowest))


def test_stays_on_the_device_of_the_scores(student: Student, rng: Draw) -> None:
    """the loss is a tensor on the device of the scores"""
    logits, labels = rng.normal(4, 3), rng.integers(0, 2, 4)
    answers = [student.cross_entropy(scores, torch.tensor([1, 1])) for scores in (logits[:2], logits[2:])]
    loss = all(
        isinstance(answer, (torch.Tensor, np.ndarray, np.generic, float)) and np.ndim(answer) < 2 for answer in answers
    )
    words, wanted = "what comes back is no loss of the scores", Wanted("another loss for other scores")
    loss = loss and not torch.equal(*map(torch.as_tensor, answers))
    assert_true(loss, words, actual=answers, expected=wanted)
    assert_follows_device(student.cross_entropy, logits, labels)
