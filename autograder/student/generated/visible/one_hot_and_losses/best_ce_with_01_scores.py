"""Visible checks of ``best_ce_with_01_scores``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

from autograder.checks import Tolerance, assert_close
from autograder.judging.inputs import Draw
from autograder.protocol.wire import Failure
from autograder.remote.proxy import Remote, Student, StudentFailed, fetch

FLOAT32 = Tolerance(1e-5, 1e-6)  # the number may have been computed by torch, and be a float now


def floors(student: Student) -> Any:
    """The student's ``double_sigmoid_floor``; not attempted while it is as empty as in a blank notebook."""
    value = fetch(student.double_sigmoid_floor)
    if isinstance(value, Remote):  # a function that gives the dict does too
        value = value()
    if value is None or (isinstance(value, dict) and all(item is None for item in value.values())):
        raise StudentFailed(Failure("not_attempted", "NotImplementedError", "the dict is still empty"))
    return value


def test_best_loss_of_0_and_1_scores(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is the cross-entropy of a row with a 1 for the true class and 0 for all others"""
    for k in [3, rng.integer(4, 9)]:
        wanted = reference.best_ce_with_01_scores(k)
        answer = student.best_ce_with_01_scores(k)
        assert_close(answer, wanted, f"for k = {k}", rtol=FLOAT32.rtol, atol=FLOAT32.atol)


def test_floor_of_the_double_sigmoid(student: Student, reference: Student) -> None:
    """double_sigmoid_floor holds the limit of the loss for the targets 1 and 0 (to four decimals)"""
    assert_close(floors(student), floors(reference), rtol=0.0, atol=1e-4)
