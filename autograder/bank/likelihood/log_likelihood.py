"""The logarithm of the likelihood: a sum that stays finite for ten thousand flips."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, assert_close
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="log_likelihood",
    points=2,
    names=("log_likelihood",),
    title="The log-likelihood",
    minutes=10,
    difficulty="easy",
    hints=(
        "What does the logarithm make of a product?",
        "Each head adds ln θ, each tail adds ln(1 − θ). Take the logarithms first and add them up; the product itself "
        "would be too small for a float.",
        "With k heads of n flips: `k * math.log(theta) + (n - k) * math.log(1 - theta)`.",
    ),
)


def finite(answer: Any) -> float:
    """One number; −∞ is told as that."""
    try:
        return as_number(answer, "the log-likelihood")
    except CheckFailed as failed:
        if "is -inf" in failed.what:
            failed.whole = "minus infinity", "a finite number"
        raise


def assert_logs(student: Student, reference: Student, cases: list[tuple[float, torch.Tensor]]) -> None:
    """Fail unless every answer is one finite number, and the right one."""
    answers = [student.log_likelihood(theta, flips) for theta, flips in cases]
    wanted = [float(reference.log_likelihood(theta, flips)) for theta, flips in cases]
    assert_close([finite(answer) for answer in answers], wanted, "the log-likelihood", rtol=1e-4, atol=1e-6)


def flips_with(rng: Draw, heads: int, tails: int) -> torch.Tensor:
    """So many heads and tails, in random order."""
    return torch.tensor([1] * heads + [0] * tails)[rng.permutation(heads + tails)]


@visible
@pytest.mark.points(0.75)
def test_seven_of_ten(student: Student, reference: Student) -> None:
    """seven heads in ten flips at θ = 0.7 come out right, and two in three at θ = 0.2"""
    cases = [(0.7, torch.tensor([1, 1, 0, 1, 1, 0, 1, 1, 0, 1])), (0.2, torch.tensor([1, 1, 0]))]
    assert_logs(student, reference, cases)


@visible
@pytest.mark.points(0.75)
def test_ten_thousand_flips(student: Student, reference: Student) -> None:
    """for 10,000 flips the answer is finite"""
    flips = (torch.arange(10_000) % 5 < 3).long()
    assert_logs(student, reference, [(0.6, flips)])


@pytest.mark.points(0.5)
def test_other_flips(student: Student, reference: Student, rng: Draw) -> None:
    """other probabilities and numbers of flips, small and large"""
    many = rng.integer(2500, 3500)
    cases = [
        (rng.number(0.1, 0.4), flips_with(rng, 4, 7)),
        (rng.number(0.6, 0.9), flips_with(rng, 3, 1)),
        (rng.number(0.2, 0.4), flips_with(rng, many, 5000 - many)),
    ]
    assert_logs(student, reference, cases)
