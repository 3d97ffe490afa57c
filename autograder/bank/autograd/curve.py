"""A whole curve of derivatives in one backward pass."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks import Wanted, assert_close, assert_equal, assert_true
from autograder.checks.kinds import kind_of
from autograder.checks.left_behind import assert_leaves_state
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, call, define

QUESTION = Question(
    id="curve",
    points=3,
    names=("curve",),
    title="A curve and its slope",
    minutes=10,
    difficulty="medium",
    hints=(
        "`backward()` wants to start from one number. How can you make one number of all y, so that each x still gets "
        "its own slope?",
        "The sum of all y: its derivative with respect to one x is that of the one y that belongs to it. In the end, "
        "cut everything off the graph.",
        "`x = torch.linspace(lo, hi, n, requires_grad=True)`, `y = f(x)`, `y.sum().backward()`; then return "
        "`x.detach(), y.detach(), x.grad`.",
    ),
)

SQUARE = """
def square(x):
    return x ** 2
"""

CUBIC = """
def cubic(a, b):
    return lambda x: a * x ** 3 + b * x
"""

ALL = ("x", "y", "dy")


def three(answer: Any) -> list[Any]:
    """The three tensors that came back."""
    many = isinstance(answer, (list, tuple))
    assert_true(many, "three tensors were wanted: x, y, dy", actual=kind_of(answer), expected=Wanted("three tensors"))
    assert_equal(len(answer), 3, "three tensors were wanted: x, y, dy")
    return list(answer)


def assert_curve(student: Student, reference: Student, f: tuple[Remote, Remote], *where: Any) -> list[Any]:
    """Fail unless x, y and dy are right; the three as they came."""
    answer, wanted = three(student.curve(f[0], *where)), three(reference.curve(f[1], *where))
    for name, got, right in zip(ALL, answer, wanted, strict=True):
        # A few operations on float32 numbers below 100.
        assert_close(got, right, name, rtol=1e-5, atol=1e-5)
    return answer


def both(student: Student, reference: Student, name: str, source: str, *numbers: float) -> tuple[Remote, Remote]:
    """The function for both sides; with numbers, the function that is made of them."""
    one, other = (define(side, name, source) for side in (student, reference))
    return (call(one, *numbers, keep=True), call(other, *numbers, keep=True)) if numbers else (one, other)


@visible
@pytest.mark.points(1)
def test_square(student: Student, reference: Student) -> None:
    """x² from −2 to 3 at eleven points"""
    assert_curve(student, reference, both(student, reference, "square", SQUARE), -2.0, 3.0, 11)


@visible
@pytest.mark.points(1)
def test_relu_and_cubics(student: Student, reference: Student, rng: Draw) -> None:
    """ReLU from −3 to 3, where it is 0 in the middle, and another function"""
    cubic = both(student, reference, "cubic", CUBIC, rng.number(1, 3), rng.number(-6, -4))
    assert_curve(student, reference, cubic, rng.number(-2, -1), rng.number(1.2, 2), rng.integer(5, 9))
    assert_curve(student, reference, (student.torch.relu, reference.torch.relu), -3.0, 3.0, 7)


@visible
@pytest.mark.points(0.5)
def test_no_graph(student: Student, reference: Student) -> None:
    """none of the three holds a graph, so all can be drawn at once"""
    answer = assert_curve(student, reference, both(student, reference, "square", SQUARE), 1.0, 4.0, 5)
    tensors = {name: part for name, part in zip(ALL, answer, strict=True) if isinstance(part, torch.Tensor)}
    held = ", ".join(name for name, part in tensors.items() if part.requires_grad)
    assert_true(not held, f"still part of a graph: {held}", actual="a graph is held", expected=Wanted("none"))


@pytest.mark.points(0.5)
def test_other_curves(student: Student, reference: Student, rng: Draw) -> None:
    """any other function, whole numbers as bounds, many points; autograd stays on"""
    cubic = both(student, reference, "cubic", CUBIC, rng.number(-3, -1), rng.number(2, 5))
    answer = assert_curve(student, reference, cubic, -2, rng.integer(1, 3), rng.integer(30, 60))
    kinds = ", ".join(map(kind_of, answer))
    words = "no tensors came back"
    assert_true(
        all(isinstance(part, (torch.Tensor, np.ndarray)) for part in answer),
        words,
        actual=kinds,
        expected=Wanted("tensors"),
    )
    assert_leaves_state(student, student.curve, student.torch.nn.Tanh(), -2.0, 2.0, 5)
