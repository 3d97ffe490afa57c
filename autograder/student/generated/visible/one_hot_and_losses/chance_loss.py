"""Visible checks of ``chance_loss``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import math

from autograder.checks import CheckFailed, Tolerance, Wanted, assert_close, assert_equal
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

FLOAT32 = Tolerance(1e-5, 1e-6)  # the number may have been computed by torch, and be a float now


def assert_judges(student: Student, reference: Student, cases: list[tuple[float, int]]) -> None:
    """Fail unless every loss is judged right; all the answers together tell mistakes apart."""
    wanted = [reference.is_better_than_chance(*case) for case in cases]
    answers = [student.is_better_than_chance(*case) for case in cases]
    for (loss, k), answer, right in zip(cases, answers, wanted, strict=True):
        try:
            assert_equal(answer, right)
        except CheckFailed:
            student.is_better_than_chance(loss, k)  # once more: a message shows the last call
            words = f"the answer for a loss of {loss:.4g} and {k} classes is different"
            raise CheckFailed(words, answers, wanted) from None


def assert_losses(student: Student, reference: Student, classes: list[int]) -> None:
    """Fail unless the loss is right for each number of classes; all the answers together tell mistakes apart."""
    wanted = [reference.chance_loss(k) for k in classes]
    answers = [student.chance_loss(k) for k in classes]
    for k, answer, right in zip(classes, answers, wanted, strict=True):
        try:
            assert_close(answer, right, f"for k = {k}", rtol=FLOAT32.rtol, atol=FLOAT32.atol)
        except CheckFailed as failed:
            student.chance_loss(k)  # once more: a message shows the last call
            failed.whole = answers, wanted
            raise


def assert_equal_is_no_better(student: Student) -> None:
    """Fail where the loss of guessing itself always counts as better.

    Asked for several numbers of classes, since an answer that computes the logarithm in another way in each of its two
    functions may be off by a rounding, upwards for some and downwards for others.
    """
    answers = [student.is_better_than_chance(student.chance_loss(k), k) for k in range(2, 12)]
    if all(bool(answer) for answer in answers):
        words = "a loss that equals the loss of guessing counts as better, and it is only as good"
        raise CheckFailed(words, "True where both are equal", Wanted("False where both are equal"))


def test_loss_of_guessing(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is the cross-entropy of a forecast that gives all k classes the same probability"""
    assert_losses(student, reference, [2, 3, 7, rng.integer(8, 20)])


def test_tells_better_from_worse(student: Student, reference: Student, rng: Draw) -> None:
    """a loss below that of guessing is better (True), one above it or equal to it is not (False)"""
    k = rng.integer(3, 9)
    chance = reference.chance_loss(k)
    cases = [(part * chance, k) for part in (0.02, 0.4, 0.9, 1.1, 2.0)]
    # Only who takes 1/k or log10(k) for the bound parts the two losses around it, for few classes and for many.
    cases += [(part * bound, n) for n in (k, k + 20) for bound in (1 / n, math.log10(n)) for part in (0.9, 1.1)]
    assert_judges(student, reference, cases)
    assert_equal_is_no_better(student)
