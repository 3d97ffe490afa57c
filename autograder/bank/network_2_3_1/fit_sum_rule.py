"""A network that finds the sum rule from examples: scale the inputs, with the training rows' statistics."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from autograder.bank.question import Question, visible
from autograder.checks import assert_equal, assert_true
from autograder.checks.closeness import as_tensor, kind_of
from autograder.draw import Draw
from autograder.session.proxy import Student

QUESTION = Question(
    id="fit_sum_rule",
    points=3,
    names=("fit_sum_rule",),
    title="A rule from examples",
    hints=(
        "Numbers from 1 to 10 are large for a network that starts with small weights. What can you do to "
        "the columns first?",
        "Take mean and standard deviation of X_train's columns, and use those two on X_train and on "
        "X_test. Train for 500 epochs at lr 0.1 on the scaled rows.",
        "`mean, std = X_train.mean(0), X_train.std(0)`; train on `(X_train - mean) / std`; return "
        "`net((X_test - mean) / std)`.",
    ),
    seconds=20.0,
)

NOTEBOOK_THRESHOLD = 11  # the notebook's rule: 1 where x1 + x2 > 11
ENOUGH = 0.95
Data = tuple[torch.Tensor, torch.Tensor, torch.Tensor]  # X_train, y_train, X_test


def rule(X: torch.Tensor, threshold: int) -> torch.Tensor:
    """1 where the sum is above the threshold, shape (N, 1)."""
    return (X.sum(1, keepdim=True) > threshold).float()


def draw_grid(rng: Draw, rows: int) -> torch.Tensor:
    """Points on the whole-number grid from 1 to 10, float32."""
    return rng.integers(1, 10, rows, 2).float()


def probabilities(answer: Any, rows: int) -> torch.Tensor:
    """The answer as a flat tensor, once it is known to hold ``rows`` probabilities."""
    usable = isinstance(answer, (torch.Tensor, np.ndarray))
    assert_true(usable, f"a {kind_of(answer)} came back where a tensor was wanted", actual=kind_of(answer))
    got = as_tensor(answer)
    if tuple(got.shape) != (rows,):
        assert_equal(tuple(got.shape), (rows, 1), "the shape of the probabilities is different")
    got = got.double().reshape(-1)
    assert_true(bool(torch.isfinite(got).all()), "some probabilities are NaN or infinite", actual="not finite")
    inside = bool((got >= 0).all() and (got <= 1).all())
    assert_true(inside, "some answers are no probabilities: they lie outside 0 to 1", actual="outside 0 to 1")
    return got


def accuracy(probs: torch.Tensor, y: torch.Tensor) -> float:
    """The share of rows on the right side of 0.5."""
    return float(((probs > 0.5) == (y.reshape(-1) > 0.5)).double().mean())


def assert_right(student: Student, probs: torch.Tensor, data: Data, wanted: torch.Tensor, where: str) -> None:
    """Fail unless 95 % are right; ``actual`` tells whether scaling the inputs beforehand would have helped."""
    reached = accuracy(probs, wanted)
    if reached >= ENOUGH:
        return
    X, y, T = data
    mean, std = X.mean(0), X.std(0)
    if accuracy(probs, rule(T, NOTEBOOK_THRESHOLD)) == 1:
        why = "follows the notebook's rule"
    else:
        scaled = probabilities(student.fit_sum_rule((X - mean) / std, y, (T - mean) / std), len(T))
        helps = accuracy(scaled, wanted) >= ENOUGH
        why = "learns once the inputs are scaled beforehand" if helps else "does not learn"
    assert_true(False, f"{where} only {reached:.0%} of the points are right, 95 % are wanted", actual=why)


@visible
@pytest.mark.points(1)
def test_learns_the_sum_rule(student: Student, rng: Draw) -> None:
    """95 % of unseen points are right where 160 examples of the rule x1 + x2 > 11 are given"""
    X, T = draw_grid(rng, 160), draw_grid(rng, 120)
    y, wanted = rule(X, NOTEBOOK_THRESHOLD), rule(T, NOTEBOOK_THRESHOLD)
    probs = probabilities(student.fit_sum_rule(X, y, T), len(T))
    assert_right(student, probs, (X, y, T), wanted, "for the test points")


@pytest.mark.points(1)
def test_learns_from_other_examples(student: Student, rng: Draw) -> None:
    """95 % are right on two further sets of examples, of a sum rule with another threshold too"""
    for threshold in (rng.choice([10, 12]), NOTEBOOK_THRESHOLD):
        X, T = draw_grid(rng, 160), draw_grid(rng, 120)
        y, wanted = rule(X, threshold), rule(T, threshold)
        probs = probabilities(student.fit_sum_rule(X, y, T), len(T))
        assert_right(student, probs, (X, y, T), wanted, "with other examples")


@pytest.mark.points(0.5)
def test_scales_with_the_training_rows_only(student: Student, rng: Draw) -> None:
    """one odd row among the test points does not change the answers for the others"""
    X, T = draw_grid(rng, 160), draw_grid(rng, 90)
    y, wanted = rule(X, NOTEBOOK_THRESHOLD), rule(T, NOTEBOOK_THRESHOLD)
    odd = torch.full((1, 2), float(rng.integer(8, 12) * 1000))
    probs = probabilities(student.fit_sum_rule(X, y, torch.cat([T, odd])), len(T) + 1)[:-1]
    assert_right(student, probs, (X, y, T), wanted, "beside one huge test point")


@pytest.mark.points(0.5)
def test_learns_from_the_labels(student: Student, rng: Draw) -> None:
    """where the training labels say the opposite, the answers say the opposite too"""
    X, T = draw_grid(rng, 160), draw_grid(rng, 120)
    y, wanted = 1 - rule(X, NOTEBOOK_THRESHOLD), 1 - rule(T, NOTEBOOK_THRESHOLD)
    probs = probabilities(student.fit_sum_rule(X, y, T), len(T))
    assert_right(student, probs, (X, y, T), wanted, "with the opposite labels")
