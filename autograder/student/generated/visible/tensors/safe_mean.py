"""Visible checks of ``safe_mean``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def assert_mean(answer: Any, wanted: torch.Tensor, what: str) -> None:
    """Fail unless the answer is that number; a tensor must have the wanted dtype too."""
    assert_close(answer, wanted, what)
    if isinstance(answer, torch.Tensor) and answer.dtype != wanted.dtype:
        got, right = (str(t.dtype).removeprefix("torch.") for t in (answer, wanted))
        raise CheckFailed(f"{what}: the dtype is {got}, {right} was wanted", got, right)


def uneven(numbers: torch.Tensor) -> torch.Tensor:
    """The numbers, the last of them raised until the mean is not whole."""
    flat = numbers.flatten()
    raised = torch.cat([flat[:-1], flat[-1:] + (1 - flat.sum()) % len(flat)])
    return raised.reshape(numbers.shape)


def test_whole_numbers_and_flags(student: Student, reference: Student, rng: Draw) -> None:
    """whole numbers and flags have a mean too, as float32"""
    days, table = uneven(rng.integers(-5, 30, 7)), uneven(rng.integers(1, 9, 3, 4))
    flags = torch.cat([torch.tensor([True, False, True]), rng.integers(0, 1, 4).bool()])
    for t, what in ((days, "whole numbers"), (table, "a table of whole numbers"), (flags, "flags")):
        assert_mean(student.safe_mean(t), reference.safe_mean(t), what)


def test_real_numbers(student: Student, reference: Student, rng: Draw) -> None:
    """float32 stays float32 and float64 stays float64"""
    for t, what in ((rng.normal(5, scale=3), "float32"), (rng.normal(3, 4, dtype=torch.float64), "float64")):
        assert_mean(student.safe_mean(t), reference.safe_mean(t), what)


def test_empty(student: Student, reference: Student) -> None:
    """the mean of an empty tensor is NaN"""
    two = torch.tensor([3.0, 6.0])
    assert_mean(student.safe_mean(two), reference.safe_mean(two), "two numbers")
    for t, what in ((torch.zeros(0), "no numbers"), (torch.zeros(0, dtype=torch.int64), "no whole numbers")):
        assert_mean(student.safe_mean(t), reference.safe_mean(t), what)
