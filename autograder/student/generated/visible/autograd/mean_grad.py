"""Visible checks of ``mean_grad``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def test_ones(student: Student, reference: Student) -> None:
    """for a 2×2 table of ones each entry is 4.5"""
    ones = torch.ones(2, 2)
    assert_close(student.mean_grad(ones), reference.mean_grad(ones))


def test_tables(student: Student, reference: Student, rng: Draw) -> None:
    """other tables of other sizes"""
    for shape in ((3, 4), (5, 2)):
        X = rng.uniform(0.5, 4, *shape)
        assert_close(student.mean_grad(X), reference.mean_grad(X))


def test_vectors_and_blocks(student: Student, reference: Student, rng: Draw) -> None:
    """one dimension and three, in float64 too"""
    for X in (rng.uniform(-4, 4, 7), rng.uniform(-4, 4, 2, 3, 4, dtype=torch.float64)):
        assert_close(student.mean_grad(X), reference.mean_grad(X))
