"""How many rows each batch of an epoch has."""

from __future__ import annotations

import pytest

from autograder.checks import assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="batch_sizes",
    points=1,
    names=("batch_sizes",),
    title="Sizes of batches",
    minutes=5,
    difficulty="easy",
    hints=(
        "Fill batch after batch. What is left for the last one?",
        "There are n // b full batches. If n % b rows are left, they make one more, unless it is dropped.",
        "`sizes = [b] * (n // b)`; if `n % b and not drop_last`, append `n % b`.",
    ),
)


@visible
@pytest.mark.points(0.5)
def test_five_rows(student: Student, reference: Student) -> None:
    """5 rows in batches of 2 make [2, 2, 1], and [2, 2] with drop_last; 6 rows make three full ones"""
    answers, wanted = (
        [side.batch_sizes(5, 2), side.batch_sizes(5, 2, True), side.batch_sizes(6, 2), side.batch_sizes(3, 8)]
        for side in (student, reference)
    )
    assert_equal(answers, wanted, "one of four lists (5 rows by 2; with drop_last; 6 rows by 2; 3 by 8) is different")


@pytest.mark.points(0.5)
def test_other_sizes(student: Student, reference: Student, rng: Draw) -> None:
    """other numbers, also fewer rows than one batch holds, one, and none"""
    b = rng.integer(4, 9)
    few = ((b - 2, True), (1, False), (0, False))
    for n, drop in ((3 * b + 2, False), (4 * b, True), (4 * b, False), (2 * b + 3, True), *few):
        assert_equal(student.batch_sizes(n, b, drop), reference.batch_sizes(n, b, drop))
