"""Visible checks of ``max_stable_lr``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import assert_close
from autograder.checks.numbers import as_number
from autograder.remote.proxy import Student

X = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]


def assert_limits(actual: list[Any], expected: list[Any]) -> None:
    """Fail unless every answer is one number, of whatever kind, and the expected one."""
    limits = [as_number(one, "the limit") for one in actual]
    assert_close(limits, [as_number(one, "the limit") for one in expected], "the limit", rtol=2e-5, atol=1e-9)


def test_the_four_points(student: Student, reference: Student) -> None:
    """it is right for the four points of this notebook"""
    x = torch.tensor(X)
    assert_limits([student.max_stable_lr(x)], [reference.max_stable_lr(x)])
