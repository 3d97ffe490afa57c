"""Visible checks of ``accumulate``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_equal, assert_unchanged
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, StudentFailed, assign, call, define, fetch, gradient, keep

BOWL = """
def bowl(a, b):
    return lambda x: (a * x ** 2 + b * x).sum()
"""


def bowl(student: Student, a: float, b: float) -> Remote:
    """The sum of a·x² + b·x over there."""
    function: Remote = call(define(student, "bowl", BOWL), a, b, keep=True)
    return function


def assert_adds_up(student: Student, x: torch.Tensor, a: float, b: float, k: int) -> None:
    """Fail unless the answer is k times the gradient."""
    answer = student.accumulate(bowl(student, a, b), x.clone().requires_grad_(), k)
    assert_close(answer, k * (2 * a * x + b), f"k = {k}")


def cleared(student: Student, params: list[Remote], what: str) -> None:
    """Call ``clear``; where it stops at a gradient that is None, that is told as such."""
    try:
        student.clear(params)
    except StudentFailed as failed:
        if not failed.at_none:
            raise
        words = f"an error was raised {what}"
        raise CheckFailed(words, "stopped at a gradient that is None", Wanted("no error")) from failed


def assert_cleared(params: list[Remote]) -> None:
    """Fail unless every gradient is None or all zeros."""
    left = [None if (slope := gradient(p)) is None else float(slope.abs().max()) for p in params]
    told = ["left" if number else "cleared" for number in left]
    assert_equal(told, ["cleared"] * len(params), "not every gradient was cleared")
    asks = [bool(fetch(p.requires_grad)) for p in params]
    assert_equal(asks, [True] * len(params), "not every tensor still requires a gradient")


def held(student: Student, values: list[torch.Tensor], slopes: list[Any]) -> list[Remote]:
    """Parameters over there with these values and gradients."""
    params = [keep(student, value.clone().requires_grad_()) for value in values]
    for param, slope in zip(params, slopes, strict=True):
        assign(param, "grad", slope)
    return params


def test_k_times_the_gradient(student: Student, rng: Draw) -> None:
    """after k backward passes the gradient is k times that of one"""
    assert_adds_up(student, torch.tensor([1.0, 2.0]), 1.0, 0.0, 3)
    assert_adds_up(student, rng.normal(4), rng.number(1, 3), rng.number(1, 3), 5)
    assert_adds_up(student, rng.normal(3), rng.number(1, 3), rng.number(1, 3), 1)


def test_clears_all_gradients(student: Student, rng: Draw) -> None:
    """clear leaves every gradient None or zero, and every value as it was"""
    values, slopes = [rng.normal(3, 2), rng.normal(3), rng.normal(1)], [rng.normal(3, 2), rng.normal(3), rng.normal(1)]
    params = held(student, values, slopes)
    cleared(student, params, "where every parameter has a gradient")
    assert_unchanged(values, [fetch(p).detach() for p in params], "a value")
    assert_cleared(params)


def test_gradient_that_is_none(student: Student, rng: Draw) -> None:
    """a gradient that is None is no error, and those after it are cleared"""
    values = [rng.normal(2), rng.normal(2, 3), rng.normal(3)]
    params = held(student, values, [None, rng.normal(2, 3), rng.normal(3)])
    cleared(student, params, "where a gradient is None")
    assert_unchanged(values, [fetch(p).detach() for p in params], "a value")
    assert_cleared(params)
