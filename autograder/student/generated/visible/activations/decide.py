"""Visible checks of ``decide``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close, assert_follows_device, assert_unchanged
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep


def scores_apart(rng: Draw, *shape: int) -> torch.Tensor:
    """Logits whose probabilities keep away from the thresholds 0.5, 0.75 and 0.25, and lie between any two of them."""
    signs = 2.0 * rng.integers(0, 1, *shape) - 1
    sizes = torch.where(rng.integers(0, 1, *shape) == 1, 0.5, 2.0)  # p = 0.62 or 0.88, and 0.38 or 0.12
    return signs * (sizes + rng.uniform(-0.1, 0.1, *shape))


def test_binary(student: Student, reference: Student, rng: Draw) -> None:
    """a column (N, 1) of logits becomes N zeros and ones: 1 where σ is at least one half"""
    for scores in (torch.tensor([[2.0], [-1.0], [0.3], [0.0]]), torch.cat([scores_apart(rng, 6, 1), torch.ones(1, 1)])):
        assert_close(student.decide(scores, "binary"), reference.decide(scores, "binary"))


def test_multiclass(student: Student, reference: Student, rng: Draw) -> None:
    """a table (N, k) becomes N class numbers, whether it holds logits or probabilities"""
    scores = torch.cat([torch.tensor([[-3.0, -1.0, -2.0, -4.0]]), rng.normal(5, 4, scale=2)])
    shares = torch.softmax(scores, dim=1)
    for table, logits in ((scores, True), (shares, False)):
        answer = student.decide(table, "multiclass", logits=logits)
        assert_close(answer, reference.decide(table, "multiclass", logits=logits), f"logits={logits}")


def test_one_row(student: Student, reference: Student, rng: Draw) -> None:
    """one row alone keeps its dimensions: (1, 1) becomes (1,), and (1, k) becomes (1,) or (1, k)"""
    for task, columns in (("multilabel", 3), ("binary", 1), ("multiclass", 4)):
        scores = scores_apart(rng, 1, columns)
        assert_close(student.decide(scores, task), reference.decide(scores, task), task)


def test_multilabel(student: Student, reference: Student, rng: Draw) -> None:
    """a table (N, k) becomes a table of zeros and ones, also for a single label, and stays as it was"""
    scores = torch.cat([torch.tensor([[1.0, 2.0, 0.6], [-1.0, -2.0, -0.4]]), scores_apart(rng, 4, 3)])
    for table in (scores, scores[:, :1]):
        assert_close(student.decide(table, "multilabel"), reference.decide(table, "multilabel"))
    held = keep(student, scores.clone())
    student.decide(held, "multilabel")
    assert_unchanged(scores, fetch(held), "the scores")


def test_threshold(student: Student, reference: Student, rng: Draw) -> None:
    """another threshold is one of the probability, for logits too"""
    column, table = (
        torch.cat([torch.tensor([[0.9], [0.4], [2.0], [-2.0], [1.3], [-1.3]]), scores_apart(rng, 4, 1)]),
        scores_apart(rng, 5, 3),
    )
    for threshold in (0.75, 0.25):
        for scores, task in ((column, "binary"), (table, "multilabel")):
            answer, wanted = student.decide(scores, task, threshold), reference.decide(scores, task, threshold)
            assert_close(answer, wanted, f"{task}, threshold {threshold}")


def test_probabilities(student: Student, reference: Student, rng: Draw) -> None:
    """with logits=False the scores are probabilities already, and one just at the threshold is a yes"""
    column = torch.cat([torch.tensor([[0.5], [0.4], [0.8], [0.1]]), torch.sigmoid(scores_apart(rng, 3, 1))])
    table = torch.sigmoid(scores_apart(rng, 4, 3))
    for scores, task, threshold in ((column, "binary", 0.5), (column, "binary", 0.75), (table, "multilabel", 0.25)):
        answer = student.decide(scores, task, threshold, logits=False)
        wanted = reference.decide(scores, task, threshold, logits=False)
        assert_close(answer, wanted, f"{task}, threshold {threshold}, probabilities")


def test_stays_on_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """the decisions are on the device of the scores"""
    for scores, task in ((scores_apart(rng, 5, 1), "binary"), (rng.normal(4, 3), "multiclass")):
        assert_close(student.decide(scores, task), reference.decide(scores, task))
        assert_follows_device(student.decide, scores, task)
