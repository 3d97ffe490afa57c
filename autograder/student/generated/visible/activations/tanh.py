"""Visible checks of ``tanh``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close, assert_follows_device
from autograder.checks.finite import assert_finite
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def test_values(student: Student, reference: Student, rng: Draw) -> None:
    """tanh(1) is 0.7616, and each number of a table is answered in its place"""
    for x in (torch.tensor(1.0), torch.tensor([-2.0, 0.0, 0.5]), rng.normal(3, 4, scale=2)):
        assert_close(student.tanh(x), reference.tanh(x))


def test_large_numbers(student: Student, reference: Student, rng: Draw) -> None:
    """for ±1000 the answer is 1 or −1, and never NaN"""
    x = torch.cat([torch.tensor([1000.0, -1000.0]), rng.uniform(90, 200, 2), rng.uniform(-200, -90, 2)])
    answer = student.tanh(x)
    assert_finite(answer)
    assert_close(answer, reference.tanh(x))


def test_stays_on_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is a tensor on the device of x"""
    x = rng.normal(4)
    assert_close(student.tanh(x), reference.tanh(x))
    assert_follows_device(student.tanh, x)
