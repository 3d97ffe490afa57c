"""Partial derivatives: move one variable, hold the other."""

from __future__ import annotations

import pytest

from autograder.checks import assert_close
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, call, define

QUESTION = Question(
    id="partials",
    points=2,
    names=("partials",),
    title="Partial derivatives",
    minutes=6,
    difficulty="easy",
    hints=(
        "Two variables, two tensors that PyTorch must follow. One backward pass serves both.",
        "Make float tensors of u and of v, both with a gradient required, and go backward once from f of both. Each "
        "then has its own derivative in its own `.grad`.",
        "`f(a, b).backward()`, then `return a.grad.item(), b.grad.item()`, u first.",
    ),
)

EXAMPLE = """
def f(u, v):
    return u * v + u ** 2
"""

MIXED = """
def mixed(a, b, c):
    return lambda u, v: a * u ** 2 * v + b * u * v ** 3 + c * u
"""


def mixed(student: Student, numbers: tuple[float, float, float]) -> Remote:
    """a·u²·v + b·u·v³ + c·u over there."""
    function: Remote = call(define(student, "mixed", MIXED), *numbers, keep=True)
    return function


def assert_partials(student: Student, numbers: tuple[float, float, float], u: float, v: float) -> None:
    """Fail unless both partial derivatives of the mixed function are right, in float32 at least."""
    a, b, c = numbers
    wanted = 2.0 * a * u * v + b * v**3 + c, a * u**2 + 3.0 * b * u * v**2
    assert_close(student.partials(mixed(student, numbers), u, v), wanted, rtol=1e-5, atol=1e-5)


@visible
@pytest.mark.points(0.5)
def test_example(student: Student) -> None:
    """u·v + u² at (1, 2) has the derivatives 4 and 1"""
    assert_close(student.partials(define(student, "f", EXAMPLE), 1, 2), (4.0, 1.0), rtol=1e-5, atol=1e-5)


@visible
@pytest.mark.points(1)
def test_other_functions(student: Student, rng: Draw) -> None:
    """another function of both, at another point"""
    numbers = rng.number(1, 3), rng.number(0.5, 2), rng.number(-4, -2)
    assert_partials(student, numbers, rng.number(1.2, 2), rng.number(0.5, 1))


@pytest.mark.points(0.5)
def test_points_below_zero(student: Student, rng: Draw) -> None:
    """points below 0, and whole numbers"""
    numbers = rng.number(1, 3), rng.number(0.5, 2), rng.number(2, 4)
    assert_partials(student, numbers, rng.number(-2, -1.2), rng.number(0.5, 1))
    assert_partials(student, numbers, 3, -1)
