"""Visible checks of ``leaky_relu``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import CheckFailed, assert_close, assert_follows_device
from autograder.checks.numbers import as_number
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def test_values(student: Student, reference: Student, rng: Draw) -> None:
    """−2 with slope 0.05 gives −0.1; right of 0 nothing changes; each slope is used"""
    for x, slope in ((torch.tensor(-2.0), 0.05), (torch.tensor([-2.0, 0.0, 3.0]), 0.2), (rng.normal(3, 4), 0.3)):
        assert_close(student.leaky_relu(x, slope), reference.leaky_relu(x, slope), f"slope {slope}")


def test_far_to_the_left(student: Student, reference: Student, rng: Draw) -> None:
    """the answer has no lower end: −1 000 000 with slope 0.05 gives −50 000"""
    near, slope = torch.tensor([-0.5, 2.0]), 0.05
    assert_close(student.leaky_relu(near, slope), reference.leaky_relu(near, slope))
    for far in (torch.tensor(-1e6), torch.tensor(-1000.0 * rng.integer(30, 90))):
        answer, wanted = student.leaky_relu(far, slope), reference.leaky_relu(far, slope)
        # Where it is cut off is another number with each who does it.
        if as_number(answer, "the answer") > 0.5 * float(wanted) and float(answer) > -1e4:
            raise CheckFailed("the answer is cut off", answer, wanted, whole=("cut off", "not cut off"))
        assert_close(answer, wanted)


def test_whole_numbers(student: Student, reference: Student, rng: Draw) -> None:
    """whole numbers are taken too, and answered as float32"""
    x = torch.cat([torch.tensor([-3, 0, 2]), rng.integers(-30, -11, 2)])
    answer = student.leaky_relu(x, 0.05)
    assert_close(answer, reference.leaky_relu(x, 0.05))


def test_stays_on_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is a tensor on the device of x"""
    x = rng.normal(5)
    assert_close(student.leaky_relu(x, 0.1), reference.leaky_relu(x, 0.1))
    assert_follows_device(student.leaky_relu, x, 0.1)
