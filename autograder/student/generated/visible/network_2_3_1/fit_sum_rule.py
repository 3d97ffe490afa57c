"""Visible checks of ``fit_sum_rule``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from autograder.checks import Wanted, assert_equal, assert_true
from autograder.checks.kinds import kind_of
from autograder.checks.left_behind import assert_autograd_stays_on
from autograder.checks.numbers import as_tensor
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer

NOTEBOOK_THRESHOLD = 11  # the notebook's rule: 1 where x1 + x2 > 11

ENOUGH = 0.95  # as the text asks

Data = tuple[torch.Tensor, torch.Tensor, torch.Tensor]  # X_train, y_train, X_test


def all_trainings(fit: Any, sets: list[Any], rows: torch.Tensor) -> Any:
    """Trainings that all draw the same random numbers, so that only their data can make them differ."""
    import random

    answers, states = [], (torch.get_rng_state(), np.random.get_state(), random.getstate())
    for data in sets:
        torch.set_rng_state(states[0])
        np.random.set_state(states[1])
        random.setstate(states[2])
        answers.append(torch.as_tensor(fit(*data)).detach().reshape(-1)[:rows].double())
    return torch.stack(answers)


def rule(X: torch.Tensor, threshold: int) -> torch.Tensor:
    """1 where the sum is above the threshold, shape (N, 1)."""
    return (X.sum(1, keepdim=True) > threshold).float()


def draw_grid(rng: Draw, rows: int) -> torch.Tensor:
    """Points on the whole-number grid from 1 to 10, float32."""
    return rng.integers(1, 10, rows, 2).float()


def probabilities(answer: Any, rows: int) -> torch.Tensor:
    """The answer as a flat tensor, once it is known to hold ``rows`` probabilities."""
    usable = isinstance(answer, (torch.Tensor, np.ndarray))
    words = f"a {kind_of(answer)} came back where a tensor was wanted"
    assert_true(usable, words, actual=kind_of(answer), expected=Wanted("a tensor"))
    got = as_tensor(answer)
    if tuple(got.shape) != (rows,):
        assert_equal(tuple(got.shape), (rows, 1), "the shape of the probabilities is different")
    got, range_wanted = got.double().reshape(-1), Wanted("probabilities from 0 to 1")
    finite, words = bool(torch.isfinite(got).all()), "some probabilities are NaN or infinite"
    assert_true(finite, words, actual="not finite", expected=range_wanted)
    inside = bool((got >= 0).all() and (got <= 1).all())
    words = "some answers are no probabilities: they lie outside 0 to 1"
    assert_true(inside, words, actual="outside 0 to 1", expected=range_wanted)
    return got


def accuracy(probs: torch.Tensor, y: torch.Tensor) -> float:
    """The share of rows on the right side of 0.5."""
    return float(((probs > 0.5) == (y.reshape(-1) > 0.5)).double().mean())


def trainings(student: Student, *sets: Data) -> torch.Tensor:
    """The student's answers for the test points of the first set, one row for each set of data."""
    fit = transfer(student, all_trainings)
    answers: torch.Tensor = fit(student.fit_sum_rule, list(sets), len(sets[0][2]))
    return answers


def why_wrong(student: Student, probs: torch.Tensor, data: Data) -> Any:
    """What tells mistakes apart where too few points are right; the answer itself where nothing does."""
    X, y, T = data
    others = ((X, y.roll(37, 0), T), (X, 1 - y, T), (X, y, T * 16), (X * 16, y, T * 16), (X / 16, y, T / 16))
    first, mixed, *rest = trainings(student, data, *others)
    if accuracy(mixed, rule(T, NOTEBOOK_THRESHOLD)) >= 0.9:  # labels in a mess teach nobody the rule
        return "follows the notebook's rule"
    flipped, test_larger, larger, smaller = (float((first - other).abs().max()) for other in rest)
    # The same training gives the same probabilities to the last bit; 1e-3 leaves room for sums in another order.
    learns, differs = flipped > 1e-3, float(first.std()) > 0.05
    if learns and differs and test_larger < 1e-3:
        return "the test points have a scale of their own"
    return "other units give other answers" if learns and max(larger, smaller) > 1e-3 else probs


def assert_right(student: Student, probs: torch.Tensor, data: Data, wanted: torch.Tensor, where: str) -> None:
    """Fail unless 95 % are right."""
    reached = accuracy(probs, wanted)
    if reached < ENOUGH:
        words = f"{where} only {reached:.0%} of the points are right"
        enough = Wanted("95 % of the points right")
        assert_true(False, words, actual=why_wrong(student, probs, data), expected=enough)


def test_learns_the_sum_rule(student: Student, rng: Draw) -> None:
    """shape (M, 1), 95 % right where 160 examples of the rule x1 + x2 > 11 are given, and autograd stays on"""
    X, T = draw_grid(rng, 160), draw_grid(rng, 120)
    y, wanted = rule(X, NOTEBOOK_THRESHOLD), rule(T, NOTEBOOK_THRESHOLD)
    answer = student.fit_sum_rule(X, y, T)
    probs = probabilities(answer, len(T))
    assert_equal(tuple(answer.shape), (len(T), 1), "the shape of the probabilities is different")
    assert_right(student, probs, (X, y, T), wanted, "for the test points")
    assert_autograd_stays_on(student, student.fit_sum_rule, X, y, T)
