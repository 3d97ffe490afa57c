"""Visible checks of ``linear``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from autograder.checks import assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def test_batch(student: Student, reference: Student, rng: Draw) -> None:
    """a batch of five samples with four inputs gives three outputs for each"""
    x, W, b = rng.normal(5, 4), rng.normal(3, 4), rng.normal(3)
    assert_close(student.linear(x, W, b), reference.linear(x, W, b))


def test_rows_of_W_belong_to_outputs(student: Student, reference: Student, rng: Draw) -> None:
    """row i of W and entry i of b belong to output i, also where all sizes are equal"""
    x, W, b = rng.normal(3, 3), rng.normal(3, 3), rng.normal(3)
    assert_close(student.linear(x, W, b), reference.linear(x, W, b))
