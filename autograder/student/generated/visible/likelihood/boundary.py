"""Visible checks of ``boundary``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.numbers import as_number
from autograder.remote.proxy import Student

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


def test_half(student: Student, reference: Student) -> None:
    """without a threshold the boundary is where the probability is 0.5"""
    assert_boundaries(student, reference, [(2.0, -3.0), (4.0, 1.0)])


def test_thresholds_and_sides(student: Student, reference: Student) -> None:
    """other thresholds move the boundary; with a negative w the yes lies to the left"""
    assert_boundaries(student, reference, [(2.0, -3.0, 0.9), (-0.5, 1.5, 0.2), (-2.0, -3.0)])
