"""The floors under a loss that is fed with squashed scores."""

from __future__ import annotations

import pytest

from autograder.checks import Tolerance, assert_close
from autograder.checks.filled_in import filled_in
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="best_ce_with_01_scores",
    points=2,
    names=("best_ce_with_01_scores", "double_sigmoid_floor"),
    title="The floor under squashed scores",
    minutes=10,
    difficulty="medium",
    hints=(
        "Put the best row that is allowed into the formula: 1 for the true class, 0 for all the others.",
        "The loss of a row is ln(sum of exp of the scores) − score of the true class; exp(1) = e. "
        "For the sigmoid: σ(z) lies between 0 and 1, and then the loss takes the sigmoid of that.",
        "`math.log(math.e + (k - 1)) - 1`; the floors: −ln σ(1) for target 1 and −ln(1 − σ(0)) for target 0.",
    ),
)

FLOAT32 = Tolerance(1e-5, 1e-6)  # the number may have been computed by torch, and be a float now


@visible
@pytest.mark.points(1)
def test_best_loss_of_0_and_1_scores(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is the cross-entropy of a row with a 1 for the true class and 0 for all others"""
    for k in [3, rng.integer(4, 9)]:
        wanted = reference.best_ce_with_01_scores(k)
        answer = student.best_ce_with_01_scores(k)
        assert_close(answer, wanted, f"for k = {k}", rtol=FLOAT32.rtol, atol=FLOAT32.atol)


@visible
@pytest.mark.points(0.5)
def test_floor_of_the_double_sigmoid(student: Student, reference: Student) -> None:
    """double_sigmoid_floor holds the limit of the loss for the targets 1 and 0 (to four decimals)"""
    assert_close(
        filled_in(student, "double_sigmoid_floor"), filled_in(reference, "double_sigmoid_floor"), rtol=0.0, atol=1e-4
    )


@pytest.mark.points(0.5)
def test_any_number_of_classes(student: Student, reference: Student, rng: Draw) -> None:
    """it holds for two classes and for many"""
    for k in [2, rng.integer(10, 19), rng.integer(20, 60)]:
        wanted = reference.best_ce_with_01_scores(k)
        answer = student.best_ce_with_01_scores(k)
        assert_close(answer, wanted, f"for k = {k}", rtol=FLOAT32.rtol, atol=FLOAT32.atol)
