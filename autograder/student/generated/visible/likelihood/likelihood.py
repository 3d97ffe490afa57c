"""Visible checks of ``likelihood``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import assert_close
from autograder.checks.numbers import as_number
from autograder.remote.proxy import Student


def assert_likelihoods(student: Student, reference: Student, cases: list[tuple[float, torch.Tensor]]) -> None:
    """Fail unless every answer is one number, and the right one."""
    answers: list[Any] = [student.likelihood(theta, flips) for theta, flips in cases]
    got = [as_number(answer, "the likelihood") for answer in answers]
    wanted = [float(reference.likelihood(theta, flips)) for theta, flips in cases]
    assert_close(got, wanted, "the likelihood", rtol=1e-4, atol=1e-9)


def test_the_notebooks_flips(student: Student, reference: Student) -> None:
    """the notebook's example comes out right"""
    assert_likelihoods(student, reference, [(0.2, torch.tensor([1, 1, 0]))])


def test_heads_only_and_any_order(student: Student, reference: Student) -> None:
    """three heads, two tails, and the same flips in another order"""
    sequences = [[1, 1, 1], [0, 0], [1, 0, 0, 1], [0, 1, 1, 0]]
    assert_likelihoods(student, reference, [(0.3, torch.tensor(flips)) for flips in sequences])
