"""Visible checks of ``products``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close, assert_follows_device
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def test_square(student: Student, reference: Student, rng: Draw) -> None:
    """two square matrices have both products"""
    example = torch.tensor([[1, 0], [0, 1]]), torch.tensor([[2, 1], [1, 2]])
    for pair in (example, (rng.normal(3, 3), rng.normal(3, 3))):
        assert_close(student.products(*pair), reference.products(*pair))


def test_other_shapes(student: Student, reference: Student, rng: Draw) -> None:
    """(2, 3) times (3, 2) and (2, 3) times (3, 4) have a matrix product; the Hadamard product is None"""
    example = torch.tensor([[0, 1, 1], [1, 0, 1]]), torch.tensor([[1, 1], [1, 1], [-1, 1]])
    for pair in (example, (rng.normal(2, 3), rng.normal(3, 4))):
        assert_close(student.products(*pair), reference.products(*pair))


def test_no_broadcasting(student: Student, reference: Student, rng: Draw) -> None:
    """the Hadamard product is None also where broadcasting could make the shapes equal"""
    pairs = [(rng.normal(3, 1), rng.normal(1, 4)), (rng.normal(2, 4), rng.normal(4, 4)[:, :1])]
    pairs += [(rng.normal(4, 4), rng.normal(4, 1))]  # one is square, and both have four rows
    for pair in pairs:
        assert_close(student.products(*pair), reference.products(*pair))


def test_stays_on_the_device(student: Student, rng: Draw) -> None:
    """both products are on the device of the matrices"""
    A, B = rng.normal(3, 3), rng.normal(3, 3)
    assert_close(student.products(A, B), (A * B, A @ B))
    assert_follows_device(student.products, A, B)
