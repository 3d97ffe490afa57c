"""Visible checks of ``like``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_follows_device
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, StudentFailed, call


def test_shape_of_the_values(student: Student, reference: Student, rng: Draw) -> None:
    """the shape is that of the values: one number, a list, a list of lists, whatever the shape of ref"""
    ref = rng.normal(2, 5)
    for values in (1.5, [0.5, 2.0, -1.0], [[1.0, 2.0], [3.5, 4.0], [5.0, 6.25]]):
        assert_close(student.like(values, ref), reference.like(values, ref), f"values {values}")


def test_dtype_of_ref(student: Student, reference: Student, rng: Draw) -> None:
    """the dtype is that of ref, whether the values are whole or real"""
    whole, real = [[1, 0, 1], [0, 1, 1]], [3.0, 0.0, 1.0, 2.0]
    for dtype in (torch.float64, torch.int64, torch.float16, torch.bool, torch.float32):
        ref = rng.integers(0, 3, 4).to(dtype)
        for values in (whole, real):
            answer, wanted = student.like(values, ref), reference.like(values, ref)
            assert_close(answer, wanted, f"ref of dtype {str(dtype).removeprefix('torch.')}")


def test_device_of_ref(student: Student, reference: Student, rng: Draw) -> None:
    """the device is that of ref"""
    values, ref = [[1.0, 2.5], [rng.number(1, 4, step=0.25), 3.0], [0.5, 4.0]], rng.normal(4)
    assert_close(student.like(values, ref), reference.like(values, ref))
    assert_follows_device(student.like, values, ref)
    # "meta" is neither the CPU nor a GPU: whoever takes a GPU where the computer has one did not ask ref. It holds no
    # values: an answer that looks at its own, such as for an assert, stops there, and has shown enough.
    try:
        placed = call(student.like, values, ref, place="meta")
    except StudentFailed:
        return
    if [where for where, _shape, _dtype in placed] != ["meta"]:
        words = "the answer is not on the device of ref, which is neither the CPU nor a GPU"
        raise CheckFailed(words, "another device", Wanted("the device of ref, whatever it is"))
