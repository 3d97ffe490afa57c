"""Visible checks of ``softmax``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close, assert_follows_device
from autograder.checks.finite import assert_finite
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def test_three_scores(student: Student, reference: Student, rng: Draw) -> None:
    """the scores 1.2, 3.5 and 0.8 give 0.0859, 0.8566 and 0.0576"""
    for x in (torch.tensor([1.2, 3.5, 0.8]), rng.normal(5, scale=2)):
        assert_close(student.softmax(x), reference.softmax(x))


def test_rows(student: Student, reference: Student, rng: Draw) -> None:
    """without `dim`, each row of a table is answered for itself, and a single row is no exception"""
    for x in (torch.tensor([[1.2, 3.5, 0.8]]), rng.normal(4, 3, scale=2), rng.normal(3, 3)):
        assert_close(student.softmax(x), reference.softmax(x))


def test_both_dimensions(student: Student, reference: Student, rng: Draw) -> None:
    """with dim=0 each column adds up to 1, with dim=1 each row"""
    x = rng.normal(3, 4, scale=2)
    for dim in (0, 1):
        assert_close(student.softmax(x, dim=dim), reference.softmax(x, dim=dim), f"dim={dim}")


def test_large_scores(student: Student, reference: Student, rng: Draw) -> None:
    """1000 and 1001 give 0.2689 and 0.7311, also beside a row of −1000 and −1002"""
    step = rng.number(1, 3)
    for x in (torch.tensor([1000.0, 1001.0]), torch.tensor([[1000.0, 1000.0 + step], [-1000.0, -1002.0]])):
        answer = student.softmax(x)
        assert_finite(answer)
        # float32 knows a number near 1000 to 6e-5, and so its exp to 6e-5 of itself.
        assert_close(answer, reference.softmax(x), rtol=1e-3, atol=1e-6)


def test_stays_on_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is a tensor on the device of x"""
    x = rng.normal(4, 3)
    assert_close(student.softmax(x), reference.softmax(x))
    assert_follows_device(student.softmax, x)
