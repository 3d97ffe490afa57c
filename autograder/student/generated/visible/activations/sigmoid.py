"""Visible checks of ``sigmoid``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import Wanted, assert_close, assert_follows_device, assert_true
from autograder.checks.finite import assert_finite
from autograder.checks.kinds import kind_of
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, define

SLOPES = """
def slopes(f, x):
    leaf = x.clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad
"""


def test_values(student: Student, reference: Student, rng: Draw) -> None:
    """σ(2.4) is 0.9168, and each number of a table is answered in its place"""
    for x in (torch.tensor(2.4), torch.tensor([-2.0, 0.0, 0.5]), rng.normal(3, 4, scale=2)):
        assert_close(student.sigmoid(x), reference.sigmoid(x))


def test_large_numbers(student: Student, reference: Student, rng: Draw) -> None:
    """for ±1000 the answer is 1 or 0, and never NaN"""
    x = torch.cat([torch.tensor([1000.0, -1000.0]), rng.uniform(90, 200, 2), rng.uniform(-200, -90, 2)])
    answer = student.sigmoid(x)
    assert_finite(answer)
    assert_close(answer, reference.sigmoid(x))


def test_gradients(student: Student, reference: Student, rng: Draw) -> None:
    """the gradient passes through: σ(1 − σ) for small x, and finite for ±1000"""
    slopes, wanted = define(student, "slopes", SLOPES), define(reference, "slopes", SLOPES)
    x = torch.cat([rng.uniform(-3, -0.5, 2), rng.uniform(0.5, 3, 2)])
    assert_close(slopes(student.sigmoid, x), wanted(reference.sigmoid, x), "the slope")
    far = torch.tensor([1000.0, -1000.0, 120.0, -120.0])
    answer = slopes(student.sigmoid, far)
    assert_finite(answer)
    assert_close(answer, wanted(reference.sigmoid, far), "the slope")


def test_stays_on_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is a tensor on the device of x"""
    x = rng.normal(4)
    answer = student.sigmoid(x)
    assert_close(answer, reference.sigmoid(x))
    assert_true(
        isinstance(answer, torch.Tensor), "no tensor came back", actual=kind_of(answer), expected=Wanted("a tensor")
    )
    assert_follows_device(student.sigmoid, x)
