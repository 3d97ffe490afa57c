"""Visible checks of ``conv_size``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

from autograder.checks import assert_equal
from autograder.remote.proxy import Student


def assert_numbers(student: Student, reference: Student, name: str, cases: list[tuple[Any, ...]]) -> None:
    """Fail unless the function gives the right whole number for every case; all are asked before any is judged."""
    got = [getattr(student, name)(*case) for case in cases]
    assert_equal(got, [getattr(reference, name)(*case) for case in cases], f"{name}: a number is different")


def test_sizes(student: Student, reference: Student) -> None:
    """conv_size: the places of the window are counted rightly, with stride and padding"""
    cases = [(5, 3), (28, 5, 2, 1), (7, 3, 2), (6, 3, 2), (9, 4, 1, 2), (3, 3)]
    assert_numbers(student, reference, "conv_size", cases)


def test_parameters(student: Student, reference: Student) -> None:
    """conv_parameters: weights and biases are counted rightly"""
    cases = [(3, 8, 3), (1, 6, 5), (4, 2, 3, False)]
    assert_numbers(student, reference, "conv_parameters", cases)
