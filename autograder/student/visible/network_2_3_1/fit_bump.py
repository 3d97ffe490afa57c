"""Visible checks of ``fit_bump``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import numpy as np
import torch

from autograder.checks import assert_equal, assert_true
from autograder.checks.closeness import as_tensor, kind_of
from autograder.session.proxy import Remote, Student

ENOUGH = 0.95


def bump(X: torch.Tensor, centre: int) -> torch.Tensor:
    """1 for the seven positions from centre − 3 to centre + 3, shape (N, 1)."""
    return ((X - centre).abs() < 3.5).float()


def positions() -> torch.Tensor:
    """The forty positions −20, −19, …, 19 as a column."""
    return torch.arange(-20, 20).float().reshape(-1, 1)


def outputs(student: Student, X: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """What the student's fitted model answers for X, once it is known to be probabilities."""
    model = student.fit_bump(X, y)
    assert_true(
        isinstance(model, Remote),
        f"{kind_of(model)} came back where a model was wanted",
        actual=kind_of(model),
    )
    answer = model(X)
    usable = isinstance(answer, (torch.Tensor, np.ndarray))
    assert_true(usable, f"the model answers with a {kind_of(answer)}, a tensor was wanted", actual=kind_of(answer))
    got = as_tensor(answer)
    assert_equal(tuple(got.shape), tuple(y.shape), "the shape of the model's output is different")
    assert_true(bool(torch.isfinite(got).all()), "the model's output is NaN", actual="NaN")
    inside = bool((got >= 0).all() and (got <= 1).all())
    assert_true(inside, "the model's output is no probability: it lies outside 0 to 1", actual="outside 0 to 1")
    return got.double()


def accuracy(probs: torch.Tensor, y: torch.Tensor) -> float:
    """The share of rows on the right side of 0.5."""
    return float(((probs > 0.5) == (y > 0.5)).double().mean())


def test_finds_the_bump_in_the_middle(student: Student) -> None:
    """the model is right for 95 % of the 40 points of which the middle 7 are positive"""
    X = positions()
    reached = accuracy(outputs(student, X, bump(X, 0)), bump(X, 0))
    what = f"{reached:.1%} of the points are right, 95 % are wanted (always answering 0 gives 82.5 %)"
    assert_true(reached >= ENOUGH, what, actual="the bump is not found")
