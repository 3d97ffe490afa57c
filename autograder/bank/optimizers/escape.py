"""A learning rate and a momentum that carry a walker out of a local minimum."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_true
from autograder.checks.kinds import article, kind_of
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.remote.proxy import Student

QUESTION = Question(
    id="escape",
    points=3,
    names=("escape",),
    title="Over the hill",
    minutes=14,
    difficulty="medium",
    hints=(
        "Walk the 60 steps in a loop and look where they end, for a few rates and a few momenta.",
        "Try a grid: lr from 0.05 to 0.4, m from 0 to 0.95. Keep a pair that ends near −2.373; then try its lr with "
        "m = 0.",
        "Two `for` loops, `x, v = 3.0, 0.0`, sixty times `v = m * v + slope(x); x = x - lr * v`, and "
        "`if abs(x + 2.373) < 0.15: return lr, m`.",
    ),
)

START, STEPS, NEAR = 3.0, 60, 0.15  # of the statement
LOCAL, GLOBAL = 2.067, -2.373  # the two minima of 0.1·x⁴ − x² + 0.6·x, to three decimals
RIDGE = 0.306  # the top of the hill between them


def walk(lr: float, m: float) -> list[float]:
    """All stations of the walk, in PyTorch's convention; it ends early where it runs away."""
    x, v, stations = START, 0.0, [START]
    for _ in range(STEPS):
        v = m * v + (0.4 * x**3 - 2 * x + 0.6)
        x = x - lr * v
        stations.append(x)
        if not abs(x) < 1e6:
            return [*stations, math.nan]
    return stations


def end_of(stations: list[float]) -> str:
    """How the walk ended, in words."""
    end = stations[-1]
    if math.isnan(end):
        return "the walk runs away: it ends in infinity or NaN"
    if abs(end - GLOBAL) <= NEAR:
        return "near the lower minimum"
    if end > RIDGE and min(stations) > RIDGE:
        return "the walk never gets over the hill"
    if end > RIDGE:
        return "the walk gets over the hill and comes back again"
    return "the walk gets over the hill, but is not near enough to the minimum after 60 steps"


def pair(student: Student) -> tuple[float, float]:
    """The two numbers, once they are a learning rate and a momentum."""
    answer = student.escape()
    if isinstance(answer, (torch.Tensor, np.ndarray)):
        answer = answer.tolist()
    words = f"{article(kind_of(answer))} came back where a pair (lr, m) was wanted"
    is_pair = isinstance(answer, (list, tuple)) and len(answer) == 2
    assert_true(is_pair, words, actual=answer, expected=Wanted("two numbers"))
    lr, m = as_number(answer[0], "lr"), as_number(answer[1], "m")
    if lr <= 0:
        raise CheckFailed("lr is not positive", [lr, m], Wanted("lr above 0"), whole=("not above 0", "lr above 0"))
    if not 0 <= m < 1:
        told = "m below 0" if m < 0 else "m is 1 or more"
        raise CheckFailed("m does not lie in 0 ≤ m < 1", [lr, m], Wanted("m from 0 to below 1"), whole=(told, "m"))
    return lr, m


@visible
@pytest.mark.points(2)
def test_ends_in_the_lower_minimum(student: Student) -> None:
    """from x = 3 the walk ends within 0.15 of −2.373 after 60 steps"""
    lr, m = pair(student)
    end = end_of(walk(lr, m))
    arrives = "near the lower minimum"
    seen = [end, "with m = 0" if m == 0 else "with momentum"]
    if end != arrives and lr < 1 and end_of(walk(m, lr)) == arrives and m > 0:
        seen = ["the walk arrives if lr and m change places"]
    shown = f"with lr = {lr:g} and m = {m:g}: {seen[0]}"
    assert_true(end == arrives, shown, actual=seen, expected=Wanted("an end within 0.15 of −2.373"))


@visible
@pytest.mark.points(1)
def test_momentum_does_it(student: Student) -> None:
    """with the same lr and m = 0 the walk ends within 0.15 of 2.067"""
    lr, _ = pair(student)
    end = walk(lr, 0.0)[-1]
    stays = abs(end - LOCAL) <= NEAR
    shown = f"with lr = {lr:g} and m = 0 the walk does not end near 2.067"
    seen = "the steps alone are long enough to leave" if lr > 0.3 else "the steps are too short to arrive anywhere"
    assert_true(stays, shown, actual=seen, expected=Wanted("an end within 0.15 of 2.067"))
