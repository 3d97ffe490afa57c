"""The lowest loss that labels allow where the inputs say nothing about them."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import Wanted, assert_close, assert_equal, assert_true
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="label_floor",
    points=2,
    names=("label_floor", "learnable_quiz"),
    title="The floor of the loss",
    minutes=10,
    difficulty="medium",
    hints=(
        "If the inputs tell nothing, the best answer is the same probability for everyone. Which one?",
        "The floor is the cross-entropy of the share p of ones with itself: −(p ln p + (1−p) ln(1−p)). A "
        "share of 0 or 1 leaves nothing to guess: the floor is 0.",
        "`p = y.float().mean().item()`; if p is 0 or 1 return 0.0, else `-(p * math.log(p) + (1 - p) * "
        "math.log(1 - p))`.",
    ),
)

DATA = ("coin_labels", "sum_rule", "bump", "shuffled")
WORDS = ("signal", "no signal")


def labels(ones: int, total: int, order: torch.Tensor) -> torch.Tensor:
    """``ones`` ones among ``total`` labels, in the given order."""
    return (order < ones).to(torch.int64)[:total]


@visible
@pytest.mark.points(1)
def test_entropy_of_the_labels(student: Student, reference: Student, rng: Draw) -> None:
    """for 3 ones in 10 labels the floor is 0.6109, and for other shares it is their entropy in nats"""
    y = labels(3, 10, rng.permutation(10))
    assert_close(student.label_floor(y), reference.label_floor(y), "3 ones in 10", rtol=1e-5, atol=1e-6)
    for total in (40, 23):
        y = labels(rng.integer(2, 8), total, rng.permutation(total))
        column = y.float().reshape(-1, 1)
        assert_close(student.label_floor(column), reference.label_floor(column), "other labels", rtol=1e-5, atol=1e-6)


@visible
def test_quiz_is_filled_in(student: Student) -> None:
    """the quiz has its four keys, each with 'signal' or 'no signal'"""
    answers = student.learnable_quiz()
    kind = type(answers).__name__
    assert_true(isinstance(answers, dict), "the quiz is not a dict", actual=kind, expected=Wanted("a dict"))
    assert_equal(sorted(map(str, answers)), sorted(DATA), "the keys of the quiz are different")
    for key in DATA:
        words, got = f"{key!r} has neither 'signal' nor 'no signal'", answers[key]
        assert_true(got in WORDS, words, actual=str(got), expected=Wanted("'signal' or 'no signal'"))


@visible
@pytest.mark.points(0.5)
def test_labels_of_one_class(student: Student, reference: Student, rng: Draw) -> None:
    """labels that are all the same have the floor 0, and labels half and half have ln 2"""
    n = rng.integer(5, 20)
    for y in (torch.zeros(n, dtype=torch.int64), torch.ones(n, 1), labels(n, 2 * n, rng.permutation(2 * n))):
        assert_close(student.label_floor(y), reference.label_floor(y), "the floor", rtol=1e-5, atol=1e-6)


@pytest.mark.points(0.5)
def test_what_can_be_learned(student: Student, reference: Student) -> None:
    """the quiz says which data hold a signal"""
    answers, wanted = student.learnable_quiz(), reference.learnable_quiz()
    keys = sorted(map(str, answers)) if isinstance(answers, dict) else type(answers).__name__
    assert_equal(keys, sorted(DATA), "the keys of the quiz are different")
    for key in DATA:
        assert_equal(answers[key], wanted[key], f"the answer for {key!r} is different")
