"""Visible checks of ``fit_sum_rule``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from autograder.checks import assert_equal, assert_true
from autograder.checks.closeness import as_tensor, kind_of
from autograder.draw import Draw
from autograder.session.proxy import Student

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


def test_learns_the_sum_rule(student: Student, rng: Draw) -> None:
    """95 % of unseen points are right where 160 examples of the rule x1 + x2 > 11 are given"""
    X, T = draw_grid(rng, 160), draw_grid(rng, 120)
    y, wanted = rule(X, NOTEBOOK_THRESHOLD), rule(T, NOTEBOOK_THRESHOLD)
    probs = probabilities(student.fit_sum_rule(X, y, T), len(T))
    assert_right(student, probs, (X, y, T), wanted, "for the test points")
