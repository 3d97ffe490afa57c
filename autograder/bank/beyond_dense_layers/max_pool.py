"""Max pooling by hand: the largest number of every window."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="max_pool",
    points=2,
    names=("max_pool",),
    title="Max pooling by hand",
    minutes=10,
    difficulty="easy",
    hints=(
        "It goes like the convolution: a window that moves. What becomes of the numbers in it this time?",
        "The windows are `size` by `size` and move by `stride`, or by `size` if no stride is given. Take the largest "
        "number of each, channel by channel; numbers at the border that fill no window are dropped.",
        "`x.unfold(1, size, stride).unfold(2, size, stride)` has all windows in its last two dimensions; "
        "`.amax(dim=(3, 4))` takes the largest.",
    ),
    forbids=("torch.nn.functional.max_pool2d",),
)


def negative_corner(x: torch.Tensor, size: int) -> torch.Tensor:
    """The same, with only negative numbers in the first window of each channel."""
    x = x.clone()
    x[:, :size, :size] = -x[:, :size, :size].abs() - 0.5
    return x


@visible
@pytest.mark.points(0.75)
def test_windows_side_by_side(student: Student, reference: Student, rng: Draw) -> None:
    """without a stride the windows stand side by side; numbers may be negative, and what fills no window is dropped"""
    x = negative_corner(rng.normal(2, 5, 7), 2)
    assert_close(student.max_pool(x, 2), reference.max_pool(x, 2), "the pooled map", check_dtype=False)


@visible
@pytest.mark.points(0.5)
def test_stride(student: Student, reference: Student, rng: Draw) -> None:
    """with a stride of its own the window moves by that"""
    x = negative_corner(rng.normal(2, 6, 8), 3)
    assert_close(student.max_pool(x, 3, 2), reference.max_pool(x, 3, 2), "the pooled map", check_dtype=False)


@pytest.mark.points(0.75)
def test_other_sizes(student: Student, reference: Student, rng: Draw) -> None:
    """other sizes, strides and numbers of channels"""
    for channels, height, width, args in ((3, 8, 5, (2,)), (1, 7, 10, (3,)), (4, 5, 6, (2, 1)), (2, 9, 7, (2, 3))):
        x = negative_corner(rng.normal(channels, height, width), args[0])
        assert_close(student.max_pool(x, *args), reference.max_pool(x, *args), "the pooled map", check_dtype=False)
