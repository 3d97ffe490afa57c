"""Visible checks of ``convolve``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def assert_maps(student: Student, reference: Student, *cases: tuple[object, ...]) -> None:
    """Fail unless every map is right; all are asked before any is judged."""
    got = [student.convolve(*case) for case in cases]
    assert_close(got, [reference.convolve(*case) for case in cases], "the map", rtol=1e-5, atol=1e-5, check_dtype=False)


def test_one_channel(student: Student, reference: Student) -> None:
    """one channel: the example of the notebook comes out right, kernel as it is, not turned round"""
    image = torch.tensor([[[1.0, 2.0, 0.0, 1.0], [0.0, 1.0, 3.0, 2.0], [2.0, 0.0, 1.0, 1.0]]])
    kernel = torch.tensor([[[1.0, 0.0], [2.0, -1.0]]])
    assert_maps(student, reference, (image, kernel), (image, kernel[:, :1]))


def test_channels_and_bias(student: Student, reference: Student, rng: Draw) -> None:
    """two channels are added up to one map, and the bias is added once"""
    args = rng.normal(2, 5, 7), rng.normal(2, 2, 3), rng.number(0.5, 1.5)
    assert_maps(student, reference, args)


def test_stride(student: Student, reference: Student, rng: Draw) -> None:
    """with stride=2 the window moves by two rows and two columns"""
    assert_maps(student, reference, (rng.normal(1, 6, 9), rng.normal(1, 3, 2), 0.25, 2))
