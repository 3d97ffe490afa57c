"""Visible checks of ``gd_quadratic``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from autograder.checks import assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def test_a_few_steps(student: Student, reference: Student, rng: Draw) -> None:
    """after a few steps w is where gradient descent on λ/2 · w² takes it"""

    def draw() -> tuple[float, float, float, int]:
        return rng.number(1.2, 4), rng.number(1, 5) * rng.choice([-1, 1]), rng.number(0.05, 0.2), rng.integer(3, 6)

    for args in ((2.0, 1.0, 0.1, 3), rng.apart("gd_quadratic", draw)):
        assert_close(student.gd_quadratic(*args), reference.gd_quadratic(*args), "w")


def test_no_step(student: Student, reference: Student, rng: Draw) -> None:
    """with steps = 0 the answer is w0, and with steps = 1 it is one step away"""
    lam, w0, lr = rng.number(1.2, 4), rng.number(1, 5), rng.number(0.05, 0.2)
    answers = [student.gd_quadratic(lam, w0, lr, steps) for steps in (0, 1)]
    assert_close(answers, [reference.gd_quadratic(lam, w0, lr, steps) for steps in (0, 1)], "w")


def test_too_large_a_rate(student: Student, reference: Student, rng: Draw) -> None:
    """where the rate is too large the answer swings and grows, as gradient descent does"""
    lam = rng.number(1.2, 4)
    args = [(lam, rng.number(-3, -1), rng.number(1.2, 2.6) / lam, steps) for steps in (4, 7)]
    args.append((lam, rng.number(-3, -1), 3 / lam, 20))  # a million times as far away: nothing needs to be caught
    assert_close([student.gd_quadratic(*one) for one in args], [reference.gd_quadratic(*one) for one in args], "w")
