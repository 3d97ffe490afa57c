"""Dropout in training, where it is random, and in use, where it is not there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks import (
    CheckFailed,
    Wanted,
    assert_close,
    assert_equal,
    assert_follows_device,
    assert_true,
    assert_unchanged,
)
from autograder.checks.kinds import article, kind_of
from autograder.checks.numbers import as_tensor
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

QUESTION = Question(
    id="dropout",
    points=2,
    names=("dropout",),
    title="Dropout",
    minutes=10,
    difficulty="medium",
    hints=(
        "If a quarter of the numbers is set to 0, what happens to their sum on average, and how is that made good?",
        "Outside of training give x back. In training draw a random number for each element, keep it where that is at "
        "least p, and divide what is kept by 1 − p. For p = 1 there is nothing to divide.",
        "`mask = torch.rand_like(x) >= p`, then `torch.where(mask, x / (1 - p), 0.0)`, with p = 1 apart.",
    ),
    forbids=("torch.nn.functional.dropout",),
    follows_device=True,
)

# 2,000 independent elements: the share of zeros strays from p by more than 0.08 in one run of 10¹³ (8 deviations).
ROWS, COLUMNS, STRAY = 40, 50, 0.08


def look(answer: Any, x: torch.Tensor) -> tuple[torch.Tensor, dict[str, Any]]:
    """Which elements were dropped, and a picture of it: by what the others were multiplied, and the share of zeros."""
    if not isinstance(answer, (torch.Tensor, np.ndarray)):
        words = f"{article(kind_of(answer))} came back where a tensor was wanted"
        raise CheckFailed(words, kind_of(answer), Wanted("a tensor"))
    got = as_tensor(answer).double()
    assert_equal(tuple(got.shape), tuple(x.shape), "the shape is different")
    zero, ratio = got == 0, got / x.double()
    factors = sorted({round(value, 2) for value in ratio[~zero].flatten().tolist()})
    dropped = round(float(zero.double().mean()), 1)
    by_lines = [bool((zero == zero[:1]).all()), bool((zero == zero[:, :1]).all())]
    lines = ["by whole columns"] * by_lines[0] + ["by whole rows"] * by_lines[1]
    return zero, {"multiplied by": factors[:4], "share of zeros": dropped, "dropped": lines or ["one by one"]}


def assert_dropped(answer: Any, x: torch.Tensor, p: float) -> torch.Tensor:
    """Fail unless about a share p is 0, element by element, and the rest is x / (1 − p); which ones are 0."""
    zero, seen = look(answer, x)
    wanted = {"multiplied by": [round(1 / (1 - p), 2)], "share of zeros": round(p, 1), "dropped": ["one by one"]}
    share = float(zero.double().mean())
    fits = seen["multiplied by"] == wanted["multiplied by"] and seen["dropped"] == wanted["dropped"]
    words = "what came back is not dropout of x"
    assert_true(fits and abs(share - p) < STRAY, words, actual=seen, expected=wanted)
    assert_close(answer, torch.where(zero, torch.zeros(()), x / (1 - p)), "the output", rtol=1e-4, atol=1e-5)
    return zero


@visible
@pytest.mark.points(0.5)
def test_not_in_training(student: Student, rng: Draw) -> None:
    """with training=False the output is x, whatever p is"""
    x = rng.normal(5, 7)
    assert_close(student.dropout(x, 0.4, False), x, "the output")


@visible
@pytest.mark.points(0.75)
def test_in_training(student: Student, rng: Draw) -> None:
    """with training=True a share p of the elements is 0 and the others are x / (1 − p); x stays, calls differ"""
    x = rng.normal(ROWS, COLUMNS)
    held = keep(student, x.clone())
    first = assert_dropped(student.dropout(held, 0.3, True), x, 0.3)
    assert_unchanged(x, fetch(held), "x")
    second = assert_dropped(student.dropout(x, 0.3, True), x, 0.3)
    words = "two calls dropped the same elements"
    assert_true(not torch.equal(first, second), words, actual="the same elements", expected=Wanted("other elements"))


@visible
@pytest.mark.points(0.25)
def test_nothing_and_everything(student: Student, rng: Draw) -> None:
    """p = 0 drops nothing, and p = 1 everything, without NaN"""
    x = rng.normal(4, 6)
    assert_close(student.dropout(x, 0.0, True), x, "p = 0")
    assert_close(student.dropout(x, 1.0, True), torch.zeros(4, 6), "p = 1")


@pytest.mark.points(0.5)
def test_follows_the_device(student: Student, rng: Draw) -> None:
    """another p; x itself stays as it was, and the output is on its device"""
    x = rng.normal(ROWS, COLUMNS)
    p = rng.choice([0.2, 0.6, 0.8])
    held = keep(student, x.clone())
    assert_dropped(student.dropout(held, p, True), x, p)
    assert_unchanged(x, fetch(held), "x")
    for share in (p, 1.0):
        assert_follows_device(student.dropout, x, share, True)
