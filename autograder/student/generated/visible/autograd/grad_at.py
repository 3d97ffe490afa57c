"""Visible checks of ``grad_at``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, call, define

POLYNOMIAL = """
def polynomial(coefficients):
    def f(x):
        total = 0 * x
        for power, c in enumerate(coefficients):
            total = total + c * x ** power
        return total
    return f
"""

CORNER = """
def corner():
    return lambda x: 3 * torch.relu(x) + x
"""


def made(student: Student, name: str, source: str, *numbers: Any) -> Remote:
    """The function that ``source`` makes of these numbers, over there."""
    function: Remote = call(define(student, name, source), *numbers, keep=True)
    return function


def number_in(answer: Any) -> float | None:
    """The one real number in an answer; None if it holds none."""
    if isinstance(answer, torch.Tensor) and answer.numel() == 1 and answer.dtype.is_floating_point:
        return float(answer.detach())
    return float(answer) if isinstance(answer, (float, np.floating)) else None


def assert_slope(student: Student, f: Remote, x0: float, slope: float) -> None:
    """Fail unless two calls in a row both give the slope.

    What goes wrong whatever came before is told as such: a gradient that is added to the last one, and a slope that
    is near the right one.
    """
    first, second = student.grad_at(f, x0), student.grad_at(f, x0)
    one, two = number_in(first), number_in(second)
    if one is not None and two is not None:
        if abs(two - one - slope) < 1e-3 * abs(slope):
            words, told = "a second call adds its gradient to that of the first", "each gradient is added to the last"
            raise CheckFailed(words, (one, two), Wanted(f"{slope:g} twice"), whole=(told, "the slope twice"))
        if 1e-4 * abs(slope) < abs(one - slope) < 0.05 * abs(slope):
            told = "near the slope, but not exact"
            raise CheckFailed("the slope is not exact", one, Wanted(f"{slope:g}"), whole=(told, "the slope"))
    for answer in (first, second):
        # float32 is precise enough: a few operations on numbers below 100.
        assert_close(answer, slope, rtol=1e-5, atol=1e-5)


def slope_of(coefficients: list[float], x0: float) -> tuple[float, float]:
    """The value and the slope of a polynomial."""
    value = sum(c * x0**k for k, c in enumerate(coefficients))
    return value, sum(k * c * x0 ** (k - 1) for k, c in enumerate(coefficients) if k)


def test_parabolas(student: Student) -> None:
    """x² at 2 has the slope 4, x² + 2x + 1 at 2 has the slope 6"""
    for coefficients, slope in (([0, 0, 1], 4.0), ([1, 2, 1], 6.0)):
        assert_slope(student, made(student, "polynomial", POLYNOMIAL, coefficients), 2, slope)


def test_cubics(student: Student, rng: Draw) -> None:
    """other functions and points, and the same again at a second call"""
    for x0 in (rng.number(1.2, 2.4), 3):
        # Positive and steep, so that value, slope and twice the slope lie far apart.
        coefficients = [rng.number(20, 30), rng.number(1, 3), rng.number(1, 2), rng.number(1, 2)]
        slope = slope_of(coefficients, x0)[1]
        assert_slope(student, made(student, "polynomial", POLYNOMIAL, coefficients), x0, slope)


def test_at_a_corner(student: Student) -> None:
    """at the corner of 3 · relu(x) + x, which is at 0, autograd says 1; points close by would say 2.5"""
    assert_close(student.grad_at(made(student, "corner", CORNER), 0), 1.0, rtol=1e-5, atol=1e-5)
