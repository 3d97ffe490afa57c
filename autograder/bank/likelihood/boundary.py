"""Where logistic regression changes its mind, and on which side it says yes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="boundary",
    points=2,
    names=("boundary",),
    title="The boundary",
    minutes=10,
    difficulty="medium",
    hints=(
        "At the boundary the probability equals the threshold. Which score belongs to the probability 0.5?",
        "Solve w · x + b = ln(t / (1 − t)) for x. The probability grows with x if w is positive, and falls if not.",
        '`x = (math.log(threshold / (1 - threshold)) - b) / w`, and the side is `"right"` if `w > 0`, else `"left"`.',
    ),
)

Case = tuple[float, ...]


def parts(answer: Any) -> dict[str, Any]:
    """The boundary as a float, and the side."""
    if not isinstance(answer, (list, tuple)) or len(answer) != 2:
        raise CheckFailed("two things were wanted, (x, side)", answer, Wanted("a pair (x, side)"))
    x, side = answer
    if not isinstance(side, (str, np.str_)) or str(side) not in ("left", "right"):
        whole = (x, side), Wanted("a number and a word")
        raise CheckFailed("the side is neither 'left' nor 'right'", side, Wanted("'left' or 'right'"), whole=whole)
    return {"x": as_number(x, "the boundary"), "side": str(side)}


def assert_boundaries(student: Student, reference: Student, cases: list[Case]) -> None:
    """Fail unless every boundary and every side is right; all are asked before any is judged."""
    got = [parts(student.boundary(*case)) for case in cases]
    wanted = [parts(reference.boundary(*case)) for case in cases]
    assert_close(got, wanted, rtol=1e-4, atol=1e-5)


@visible
@pytest.mark.points(0.75)
def test_half(student: Student, reference: Student) -> None:
    """without a threshold the boundary is where the probability is 0.5"""
    assert_boundaries(student, reference, [(2.0, -3.0), (4.0, 1.0)])


@visible
@pytest.mark.points(0.75)
def test_thresholds_and_sides(student: Student, reference: Student) -> None:
    """other thresholds move the boundary; with a negative w the yes lies to the left"""
    assert_boundaries(student, reference, [(2.0, -3.0, 0.9), (-0.5, 1.5, 0.2), (-2.0, -3.0)])


@pytest.mark.points(0.5)
def test_other_lines(student: Student, reference: Student, rng: Draw) -> None:
    """other weights, biases and thresholds"""
    cases: list[Case] = []
    for sign in rng.sample([1.0, -1.0], 2):
        cases.append((sign * rng.number(0.3, 3), rng.number(-3, -0.4), rng.number(0.55, 0.95)))
        cases.append((sign * rng.number(0.3, 3), rng.number(0.4, 3), rng.number(0.05, 0.45)))
    assert_boundaries(student, reference, cases)
