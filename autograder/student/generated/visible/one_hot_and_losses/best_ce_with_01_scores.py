"""Visible checks of ``best_ce_with_01_scores``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from autograder.checks import Tolerance, assert_close
from autograder.checks.filled_in import filled_in
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

FLOAT32 = Tolerance(1e-5, 1e-6)  # the number may have been computed by torch, and be a float now


def test_best_loss_of_0_and_1_scores(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is the cross-entropy of a row with a 1 for the true class and 0 for all others"""
    for k in [3, rng.integer(4, 9)]:
        wanted = reference.best_ce_with_01_scores(k)
        answer = student.best_ce_with_01_scores(k)
        assert_close(answer, wanted, f"for k = {k}", rtol=FLOAT32.rtol, atol=FLOAT32.atol)


def test_floor_of_the_double_sigmoid(student: Student, reference: Student) -> None:
    """double_sigmoid_floor holds the limit of the loss for the targets 1 and 0 (to four decimals)"""
    assert_close(
        filled_in(student, "double_sigmoid_floor"), filled_in(reference, "double_sigmoid_floor"), rtol=0.0, atol=1e-4
    )
