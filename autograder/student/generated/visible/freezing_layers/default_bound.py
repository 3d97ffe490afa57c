"""Visible checks of ``default_bound``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from autograder.checks import CheckFailed, assert_close
from autograder.remote.proxy import Student


def test_sixteen_inputs(student: Student, reference: Student) -> None:
    """a layer with 16 inputs starts within ±0.25, one with 64 within ±0.125, one with 100 within ±0.1"""
    widths = (16, 64, 100)
    answers = [student.default_bound(width) for width in widths]
    wanted = [reference.default_bound(width) for width in widths]
    for width, answer, right in zip(widths, answers, wanted, strict=True):
        try:
            assert_close(answer, right, f"default_bound({width})", rtol=1e-6, atol=1e-12)
        except CheckFailed as failed:
            failed.whole = answers, wanted  # all the answers together tell mistakes apart
            raise
