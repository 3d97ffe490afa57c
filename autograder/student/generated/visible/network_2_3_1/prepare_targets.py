"""Visible checks of ``prepare_targets``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import Wanted, assert_close, assert_follows_device, assert_refuses, assert_true
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def test_column_of_floats(student: Student, reference: Student, rng: Draw) -> None:
    """n whole-number labels of shape (n,) become float32 of shape (n, 1), in the same order"""
    y = rng.integers(0, 1, 6)
    assert_close(student.prepare_targets(y, 6), reference.prepare_targets(y, 6), "the targets")


def test_refuses_another_number_of_labels(student: Student, rng: Draw) -> None:
    """labels that are not n in number are refused"""
    y = rng.integers(0, 1, 6)
    student.prepare_targets(y, 6)  # what refuses everything has refused nothing
    assert_refuses(student.prepare_targets, y, 5, what="6 labels where n is 5")
    assert_refuses(student.prepare_targets, y[:1], 4, what="1 label where n is 4")
    assert_refuses(student.prepare_targets, y, 3, what="6 labels where n is 3")


def test_follows_the_device(student: Student, rng: Draw) -> None:
    """the targets are on the device of the labels"""
    y = rng.integers(0, 1, 7)
    answer = student.prepare_targets(y, 7)
    same = isinstance(answer, torch.Tensor) and (answer.shape, answer.dtype) == (y.shape, y.dtype)
    assert_true(not same, "the labels came back as they were", actual=answer, expected=Wanted("float targets"))
    assert_follows_device(student.prepare_targets, y, 7)
