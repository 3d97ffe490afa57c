"""A network that finds the sum rule from examples: scale the inputs, with the training rows' statistics."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks import Wanted, assert_equal, assert_true
from autograder.checks.kinds import kind_of
from autograder.checks.left_behind import assert_autograd_stays_on
from autograder.checks.numbers import as_tensor
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer

QUESTION = Question(
    id="fit_sum_rule",
    points=3,
    names=("fit_sum_rule",),
    title="A rule from examples",
    minutes=15,
    difficulty="medium",
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


@visible
@pytest.mark.points(1)
def test_learns_the_sum_rule(student: Student, rng: Draw) -> None:
    """shape (M, 1), 95 % right where 160 examples of the rule x1 + x2 > 11 are given, and autograd stays on"""
    X, T = draw_grid(rng, 160), draw_grid(rng, 120)
    y, wanted = rule(X, NOTEBOOK_THRESHOLD), rule(T, NOTEBOOK_THRESHOLD)
    answer = student.fit_sum_rule(X, y, T)
    probs = probabilities(answer, len(T))
    assert_equal(tuple(answer.shape), (len(T), 1), "the shape of the probabilities is different")
    assert_right(student, probs, (X, y, T), wanted, "for the test points")
    assert_autograd_stays_on(student, student.fit_sum_rule, X, y, T)


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
    with_odd = torch.cat([T, odd])
    probs = probabilities(student.fit_sum_rule(X, y, with_odd), len(T) + 1)[:-1]
    if accuracy(probs, wanted) < ENOUGH:
        alone, beside = trainings(student, (X, y, T), (X, y, with_odd))
        changed = float((alone - beside).abs().max()) > 1e-2
        words = "one huge test point changes the answers for the others"
        assert_true(not changed, words, actual="changed", expected=Wanted("the same answers as without it"))
    assert_right(student, probs, (X, y, T), wanted, "beside one huge test point")


@pytest.mark.points(0.5)
def test_learns_from_the_labels(student: Student, rng: Draw) -> None:
    """where the training labels say the opposite, the answers say the opposite too"""
    X, T = draw_grid(rng, 160), draw_grid(rng, 120)
    y, wanted = 1 - rule(X, NOTEBOOK_THRESHOLD), 1 - rule(T, NOTEBOOK_THRESHOLD)
    probs = probabilities(student.fit_sum_rule(X, y, T), len(T))
    assert_right(student, probs, (X, y, T), wanted, "with the opposite labels")
