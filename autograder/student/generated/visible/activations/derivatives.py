"""Visible checks of ``derivatives``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import Wanted, assert_close, assert_true, assert_unchanged
from autograder.checks.filled_in import filled_in
from autograder.checks.kinds import kind_of
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, fetch, keep

KEYS = ("sigmoid", "tanh", "relu", "leaky")

RTOL, ATOL = 1e-5, 1e-6  # those of float32 on the CPU (docs/architecture.md, tolerances)


def assert_slopes(student: Student, reference: Student, name: str, *grids: torch.Tensor) -> None:
    """Fail unless this slope is right on the grids, and the first of them stays as it was."""
    function, right = filled_in(student, "derivatives", KEYS)[name], filled_in(reference, "derivatives", KEYS)[name]
    callable_ = isinstance(function, Remote)
    assert_true(callable_, f"derivatives[{name!r}] is no function", actual=kind_of(function), expected=Wanted("one"))
    for grid in grids:
        # Slopes such as 0.01 that were made in float32, and then given the dtype of x, are right to seven digits.
        assert_close(function(grid), right(grid), name, rtol=RTOL, atol=ATOL)
    held = keep(student, grids[0].clone())
    function(held)
    assert_unchanged(grids[0], fetch(held), "x")


def grid() -> torch.Tensor:
    """From −4 to 4 in steps of a half, with 0 among them."""
    return torch.arange(-8, 9) / 2


def test_sigmoid(student: Student, reference: Student, rng: Draw) -> None:
    """the slope of the sigmoid"""
    assert_slopes(student, reference, "sigmoid", grid(), rng.normal(3, 4, scale=2))


def test_tanh(student: Student, reference: Student, rng: Draw) -> None:
    """the slope of tanh"""
    assert_slopes(student, reference, "tanh", grid(), rng.normal(3, 4))


def test_relu(student: Student, reference: Student, rng: Draw) -> None:
    """the slope of ReLU: 0 at 0, and in the dtype of x"""
    assert_slopes(student, reference, "relu", grid(), rng.normal(3, 4), rng.normal(5, dtype=torch.float64))


def test_leaky(student: Student, reference: Student, rng: Draw) -> None:
    """the slope of LeakyReLU with 0.01 on the left, and at 0"""
    assert_slopes(student, reference, "leaky", grid(), rng.normal(3, 4), rng.normal(5, dtype=torch.float64))
