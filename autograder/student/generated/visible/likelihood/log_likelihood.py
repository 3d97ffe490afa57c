"""Visible checks of ``log_likelihood``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, assert_close
from autograder.checks.numbers import as_number
from autograder.remote.proxy import Student


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


def test_seven_of_ten(student: Student, reference: Student) -> None:
    """seven heads in ten flips at θ = 0.7 come out right, and two in three at θ = 0.2"""
    cases = [(0.7, torch.tensor([1, 1, 0, 1, 1, 0, 1, 1, 0, 1])), (0.2, torch.tensor([1, 1, 0]))]
    assert_logs(student, reference, cases)


def test_ten_thousand_flips(student: Student, reference: Student) -> None:
    """for 10,000 flips the answer is finite"""
    flips = (torch.arange(10_000) % 5 < 3).long()
    assert_logs(student, reference, [(0.6, flips)])
