"""Is a gradient right? Compare it with difference quotients."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_unchanged
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, call, define, fetch, keep

QUESTION = Question(
    id="gradcheck_max_err",
    points=3,
    names=("gradcheck_max_err",),
    title="Checking a gradient by differences",
    minutes=15,
    difficulty="hard",
    hints=(
        "Move one number of x a little up and a little down. How much does f change, for each bit that you moved it?",
        "Copy x to float64. For each place, (f(x + h) − f(x − h)) / (2h) with h = 1e-5, where only that place moves; "
        "compare with the same place of grad_f(x), and keep the largest difference.",
        "In the loop: `up = x.clone(); up[i] += h`, `down = x.clone(); down[i] -= h`, "
        "`slope = (f(up) - f(down)) / (2 * h)`; the error is `abs(slope - g[i])` with `g = grad_f(x)`.",
    ),
)

STEEP = """
def steep(a):
    return lambda x: (a * x ** 2 + torch.sin(x)).sum()
"""

# As steep, and written so that autograd cannot follow it.
CLOSED = """
def closed(a):
    return lambda x: (a * x.detach() ** 2 + torch.sin(x.detach())).sum()
"""

STEEP_SLOPE = """
def steep_slope(a, off):
    return lambda x: 2 * a * x + torch.cos(x) + torch.as_tensor(off, dtype=x.dtype)
"""

STRAIGHT = """
def straight(a):
    return lambda x: (a * x).sum()
"""

STRAIGHT_SLOPE = """
def straight_slope(a, off):
    return lambda x: torch.full_like(x, a) + torch.as_tensor(off, dtype=x.dtype)
"""

# A right gradient must come out below this. Central differences in float64 leave 1e-8 here for h from 1e-6 to 1e-4 and
# 2e-7 for h = 1e-3; forward ones leave 2e-5 at best, and float32 leaves 1e-2
# (f has curvature 400, and values near 1000).
RIGHT = 1e-6
NEARLY_RIGHT = 1e-5  # of the planted error: the quotient is much closer than that


def pair(student: Student, kind: str, a: float, off: list[float]) -> tuple[Remote, Remote]:
    """A function over there and its gradient, which is wrong by ``off``."""
    source, slope = {
        "steep": (STEEP, STEEP_SLOPE), "closed": (CLOSED, STEEP_SLOPE.replace("steep_", "closed_")),
        "straight": (STRAIGHT, STRAIGHT_SLOPE),
    }[kind]  # fmt: skip
    f: Remote = call(define(student, kind, source), a, keep=True)
    grad_f: Remote = call(define(student, f"{kind}_slope", slope), a, off, keep=True)
    return f, grad_f


def assert_right_gradient(student: Student, kind: str, a: float, x: torch.Tensor, what: str) -> None:
    """Fail unless a right gradient gets an error below ``RIGHT``; how large it came out depends on the step."""
    f, grad_f = pair(student, kind, a, [0.0] * len(x))
    error = as_number(student.gradcheck_max_err(f, grad_f, x), f"the error of a right gradient, {what},")
    if not 0 <= error < RIGHT:
        words, told = f"the error of a right gradient, {what}, is too large", "below 0" if error < 0 else "too large"
        raise CheckFailed(words, error, Wanted(f"below {RIGHT:g}"), whole=(told, "a small error"))


def assert_planted(student: Student, a: float, x: torch.Tensor, off: list[float]) -> None:
    """Fail unless the error of a wrong gradient is the largest of those that were planted."""
    f, grad_f = pair(student, "closed", a, off)
    answer = student.gradcheck_max_err(f, grad_f, x)
    wanted = max(map(abs, off))
    error = as_number(answer, "the error of a wrong gradient")
    # In float32 the noise hides the planted error: how it comes out depends on the step.
    assert_close(error, wanted, "the error of a wrong gradient", rtol=NEARLY_RIGHT, atol=RIGHT)


@visible
@pytest.mark.points(1)
def test_right_gradients(student: Student, rng: Draw) -> None:
    """the error of a right gradient is below 1e-6, also of a steep function"""
    x = rng.uniform(0.5, 2, 3, dtype=torch.float64)
    assert_right_gradient(student, "straight", rng.number(2, 4), x, "of a straight line")
    assert_right_gradient(student, "steep", rng.number(200, 250), x, "of a steep function")


@visible
@pytest.mark.points(0.75)
def test_wrong_gradients(student: Student, rng: Draw) -> None:
    """the error of a wrong gradient is the largest one, also where autograd cannot follow f"""
    a, x = rng.number(1, 3), rng.uniform(0.5, 2, 4, dtype=torch.float64)
    large, small = rng.number(0.2, 0.4), rng.number(0.01, 0.05)
    for off in ([0.0, -large, small, 0.0], [small, 0.0, 0.0, -large], [large, -small, 0.0, 0.0]):
        assert_planted(student, a, x, off)


@visible
@pytest.mark.points(0.5)
def test_float32_points(student: Student, rng: Draw) -> None:
    """x may be float32: the calculation is made in float64"""
    assert_right_gradient(student, "straight", rng.number(2, 4), rng.uniform(0.5, 2, 4), "at a float32 point")


@visible
@pytest.mark.points(0.5)
def test_slope_of_zero(student: Student, rng: Draw) -> None:
    """where the slope is 0, the error is a small number, not NaN or infinite"""
    x = rng.uniform(0.5, 2, 3, dtype=torch.float64)
    assert_right_gradient(student, "straight", 0.0, x, "where the slope is 0")


@pytest.mark.points(0.25)
def test_x_stays(student: Student, rng: Draw) -> None:
    """x stays as it is; what was found before plays no part; f and grad_f are asked in float64"""
    x = rng.uniform(0.5, 2, rng.integer(5, 8), dtype=torch.float64)
    held = keep(student, x.clone())
    f, grad_f = pair(student, "straight", rng.number(2, 4), [0.5, *[0.0] * (len(x) - 1)])
    error = as_number(student.gradcheck_max_err(f, grad_f, held), "the error of a wrong gradient")
    assert_close(error, 0.5, "the error of a wrong gradient", rtol=NEARLY_RIGHT, atol=RIGHT)
    assert_unchanged(x, fetch(held), "x")
    assert_right_gradient(student, "straight", rng.number(2, 4), x, "after a wrong one")
    steep = rng.number(200, 250)  # whose slope float32 knows to 1e-5 at best
    assert_right_gradient(student, "steep", steep, rng.uniform(0.5, 2, 3), "of a steep function at a float32 point")
