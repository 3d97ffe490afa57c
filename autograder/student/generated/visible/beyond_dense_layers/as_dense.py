"""Visible checks of ``as_dense``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close, assert_equal
from autograder.remote.proxy import Student


def test_matrix(student: Student, reference: Student) -> None:
    """as_dense: the matrix of the notebook's example is right"""
    args = torch.tensor([1.0, -2.0, 3.0]), 5
    assert_close(student.as_dense(*args), reference.as_dense(*args), "the matrix", check_dtype=False)


def test_counts(student: Student, reference: Student) -> None:
    """weight_counts: the weights of the dense layer and of the kernel are counted rightly"""
    for case in ((5, 3), (100, 7)):
        assert_equal(student.weight_counts(*case), reference.weight_counts(*case), "a count is different")
