"""A convolution by hand: a small window slides over an image and adds up."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="convolve",
    points=3,
    names=("convolve",),
    title="Convolution by hand",
    minutes=20,
    difficulty="medium",
    hints=(
        "Lay the kernel on the upper left corner of the image. Which numbers meet, and what becomes of them?",
        "For every place of the window: multiply the window, all channels of it, by the kernel, add everything up, "
        "add the bias. The window moves by `stride`, and never leaves the image.",
        "`window = image[:, i * stride : i * stride + kh, j * stride : j * stride + kw]`, then "
        "`out[i, j] = (window * kernel).sum() + bias`, for (H - kh) // stride + 1 rows, and the columns likewise.",
    ),
    forbids=("torch.nn.functional.conv1d", "torch.nn.functional.conv2d", "torch.nn.functional.conv3d"),
)


def assert_maps(student: Student, reference: Student, *cases: tuple[object, ...]) -> None:
    """Fail unless every map is right; all are asked before any is judged."""
    got = [student.convolve(*case) for case in cases]
    assert_close(got, [reference.convolve(*case) for case in cases], "the map", rtol=1e-5, atol=1e-5, check_dtype=False)


@visible
@pytest.mark.points(1)
def test_one_channel(student: Student, reference: Student) -> None:
    """one channel: the example of the notebook comes out right, kernel as it is, not turned round"""
    image = torch.tensor([[[1.0, 2.0, 0.0, 1.0], [0.0, 1.0, 3.0, 2.0], [2.0, 0.0, 1.0, 1.0]]])
    kernel = torch.tensor([[[1.0, 0.0], [2.0, -1.0]]])
    assert_maps(student, reference, (image, kernel), (image, kernel[:, :1]))


@visible
@pytest.mark.points(0.75)
def test_channels_and_bias(student: Student, reference: Student, rng: Draw) -> None:
    """two channels are added up to one map, and the bias is added once"""
    args = rng.normal(2, 5, 7), rng.normal(2, 2, 3), rng.number(0.5, 1.5)
    assert_maps(student, reference, args)


@visible
@pytest.mark.points(0.5)
def test_stride(student: Student, reference: Student, rng: Draw) -> None:
    """with stride=2 the window moves by two rows and two columns"""
    assert_maps(student, reference, (rng.normal(1, 6, 9), rng.normal(1, 3, 2), 0.25, 2))


@pytest.mark.points(0.75)
def test_other_sizes(student: Student, reference: Student, rng: Draw) -> None:
    """other sizes: three channels, a kernel as large as the image, a stride of three"""
    cases = [
        (rng.normal(3, 4, 6), rng.normal(3, 3, 2), rng.number(-1.5, -0.5), 1),
        (rng.normal(2, 3, 4), rng.normal(2, 3, 4)),
        (rng.normal(2, 8, 11), rng.normal(2, 2, 4), rng.number(0.5, 1.5), 3),
    ]
    assert_maps(student, reference, *cases)
