"""Visible checks of ``mle``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.kinds import article, kind_of
from autograder.checks.numbers import as_number, as_tensor
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

OUTSIDE = "θ is outside of 0 to 1"


def number(value: Any) -> float:
    """One number of any kind as a float; NaN where it is none."""
    single = isinstance(value, (torch.Tensor, np.ndarray, np.generic)) and as_tensor(value).numel() == 1
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if single or plain else math.nan


def path(answer: Any) -> list[float]:
    """The thetas of an answer as floats; outside of (0, 1) is told as that, and so is NaN."""
    if isinstance(answer, (torch.Tensor, np.ndarray)) and as_tensor(answer).dim() == 1:
        answer = as_tensor(answer).tolist()
    if not isinstance(answer, (list, tuple)):
        words = f"{article(kind_of(answer))} came back where a list was wanted"
        raise CheckFailed(words, answer, Wanted("a list of thetas"))
    numbers = [number(x) for x in answer]
    if not all(0 < theta < 1 for theta in numbers):
        step = next(step for step, theta in enumerate(numbers) if not 0 < theta < 1)
        words = f"θ left the range from 0 to 1 in step {step + 1}"
        raise CheckFailed(words, numbers[step], Wanted("0 < θ < 1"), whole=(OUTSIDE, Wanted("inside")))
    return numbers


def assert_path(student: Student, reference: Student, *args: Any) -> None:
    """Fail unless every θ on the way is right."""
    got, wanted = path(student.mle_by_gd(*args)), path(reference.mle_by_gd(*args))
    words = f"{len(got)} thetas came back, {len(wanted)} were wanted"
    if len(got) != len(wanted):
        raise CheckFailed(words, got, wanted)
    # float32's own tolerance, since the steps carry no rounding on: right answers came within a fiftieth of it in 182
    # draws, and thetas rounded to four digits stay in it on none.
    assert_close(got, wanted, "θ", rtol=1e-5, atol=1e-6)


def flips_with(rng: Draw, heads: int, tails: int) -> torch.Tensor:
    """So many heads and tails, in random order."""
    return torch.tensor([1] * heads + [0] * tails)[rng.permutation(heads + tails)]


def test_counted(student: Student, reference: Student, rng: Draw) -> None:
    """mle gives the θ under which the flips are most probable"""
    for flips in (
        torch.tensor([1, 1, 0, 1, 1, 0, 1, 1, 0, 1]),
        flips_with(rng, 2, 6),
        torch.ones(4).long(),
        torch.zeros(3).long(),
    ):
        answer, wanted = student.mle(flips), reference.mle(flips)
        assert_close(as_number(answer, "the estimate"), float(wanted), "the estimate", rtol=1e-5, atol=1e-6)


def test_ten_flips_by_descent(student: Student, reference: Student) -> None:
    """mle_by_gd: from 0.5 it comes to 0.7 for seven heads in ten, each step right"""
    assert_path(student, reference, torch.tensor([1, 1, 0, 1, 1, 0, 1, 1, 0, 1]), 2.0, 30)


def test_long_steps(student: Student, reference: Student) -> None:
    """mle_by_gd: a θ never leaves the range from 0 to 1, also where lr is large and nearly all flips are heads"""
    assert_path(student, reference, torch.tensor([1, 1, 1, 0, 1, 1, 1, 1]), 6.0, 8)
