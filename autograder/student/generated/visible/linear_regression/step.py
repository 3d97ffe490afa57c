"""Visible checks of ``step``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import Wanted, assert_close, assert_true
from autograder.checks.kinds import kind_of
from autograder.remote.proxy import Student


def assert_steps(answer: Any, wanted: torch.Tensor) -> None:
    """Fail unless the answer holds the wanted zeros and ones, as numbers of any kind but True and False."""
    flags = isinstance(answer, bool) or str(getattr(answer, "dtype", "")).endswith("bool")
    words = "True and False came back, the numbers 0 and 1 were wanted"
    assert_true(not flags, words, actual="True and False", expected=Wanted("0 and 1"))
    number = isinstance(answer, (int, float)) and wanted.dim() == 0
    tensor = hasattr(answer, "shape") and hasattr(answer, "dtype")
    words = f"{kind_of(answer)} came back where a tensor was wanted"
    assert_true(number or tensor, words, actual=kind_of(answer), expected=Wanted("a tensor"))
    assert_close(answer, wanted, "the steps", check_dtype=False)


def test_below_at_and_above_zero(student: Student, reference: Student) -> None:
    """step is 0 below zero, 0 at zero and 1 above"""
    z = torch.tensor([-2.0, 0.0, 3.0, 0.25, -0.125])
    assert_steps(student.step(z), reference.step(z))
