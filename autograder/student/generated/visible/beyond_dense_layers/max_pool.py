"""Visible checks of ``max_pool``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def negative_corner(x: torch.Tensor, size: int) -> torch.Tensor:
    """The same, with only negative numbers in the first window of each channel."""
    x = x.clone()
    x[:, :size, :size] = -x[:, :size, :size].abs() - 0.5
    return x


def test_windows_side_by_side(student: Student, reference: Student, rng: Draw) -> None:
    """without a stride the windows stand side by side; numbers may be negative, and what fills no window is dropped"""
    x = negative_corner(rng.normal(2, 5, 7), 2)
    assert_close(student.max_pool(x, 2), reference.max_pool(x, 2), "the pooled map", check_dtype=False)


def test_stride(student: Student, reference: Student, rng: Draw) -> None:
    """with a stride of its own the window moves by that"""
    x = negative_corner(rng.normal(2, 6, 8), 3)
    assert_close(student.max_pool(x, 3, 2), reference.max_pool(x, 3, 2), "the pooled map", check_dtype=False)
