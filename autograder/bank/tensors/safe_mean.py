"""A mean that takes whole numbers and flags, keeps the dtype of real ones, and says NaN of nothing."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, assert_close
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="safe_mean",
    points=2,
    names=("safe_mean",),
    title="A mean for every dtype",
    minutes=6,
    difficulty="easy",
    hints=(
        "Which tensors does `.mean()` refuse, and what would it need to take them?",
        "Turn only those tensors into floats that are not real already: `t.is_floating_point()` tells. The mean of "
        "nothing comes out as NaN on its own.",
        "`if not t.is_floating_point(): t = t.float()`, then `t.mean()`.",
    ),
)


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


@visible
@pytest.mark.points(0.75)
def test_whole_numbers_and_flags(student: Student, reference: Student, rng: Draw) -> None:
    """whole numbers and flags have a mean too, as float32"""
    days, table = uneven(rng.integers(-5, 30, 7)), uneven(rng.integers(1, 9, 3, 4))
    flags = torch.cat([torch.tensor([True, False, True]), rng.integers(0, 1, 4).bool()])
    for t, what in ((days, "whole numbers"), (table, "a table of whole numbers"), (flags, "flags")):
        assert_mean(student.safe_mean(t), reference.safe_mean(t), what)


@visible
@pytest.mark.points(0.5)
def test_real_numbers(student: Student, reference: Student, rng: Draw) -> None:
    """float32 stays float32 and float64 stays float64"""
    for t, what in ((rng.normal(5, scale=3), "float32"), (rng.normal(3, 4, dtype=torch.float64), "float64")):
        assert_mean(student.safe_mean(t), reference.safe_mean(t), what)


@visible
@pytest.mark.points(0.5)
def test_empty(student: Student, reference: Student) -> None:
    """the mean of an empty tensor is NaN"""
    two = torch.tensor([3.0, 6.0])
    assert_mean(student.safe_mean(two), reference.safe_mean(two), "two numbers")
    for t, what in ((torch.zeros(0), "no numbers"), (torch.zeros(0, dtype=torch.int64), "no whole numbers")):
        assert_mean(student.safe_mean(t), reference.safe_mean(t), what)


@pytest.mark.points(0.25)
def test_any_shape(student: Student, reference: Student, rng: Draw) -> None:
    """one number alone, and blocks of three dimensions"""
    for t in (
        torch.tensor(rng.integer(2, 40)),
        uneven(rng.integers(0, 9, 2, 3, 4)).to(torch.uint8),
        rng.normal(2, 5, 3),
    ):
        assert_mean(student.safe_mean(t), reference.safe_mean(t), "another tensor")
