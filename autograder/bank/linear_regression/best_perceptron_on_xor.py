"""What one perceptron can't do, and two layers of them can: XOR."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.left_behind import assert_autograd_stays_on
from autograder.checks.numbers import as_number, as_tensor
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, fetch

QUESTION = Question(
    id="best_perceptron_on_xor",
    points=3,
    names=("best_perceptron_on_xor", "xor_net"),
    title="XOR: one layer and two",
    minutes=15,
    difficulty="hard",
    hints=(
        "Draw the square with its four corners. How many of them can one straight line get right?",
        "XOR means: at least one, but not both. So the hidden layer has two units, an OR and a NAND, "
        "and the output unit is an AND of the two.",
        "With s = x₁ + x₂: `step(s - 0.5)` is OR, `step(1.5 - s)` is NAND, and `step(a + b - 1.5)` is the AND "
        "of a and b.",
    ),
)

CORNERS = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]


def assert_answers(answer: Any, wanted: torch.Tensor, corners: torch.Tensor) -> None:
    """Fail unless the zeros and ones are right; one corner wrong wherever it is asked is told as that."""
    try:
        assert_close(answer, wanted, "the answers", check_dtype=False)
    except CheckFailed as failed:
        got = as_tensor(answer) if isinstance(answer, torch.Tensor) and not answer.is_meta else torch.zeros(0)
        if got.shape == wanted.shape:
            rows = [(tuple(c), bool(one == other)) for c, one, other in zip(corners.tolist(), got, wanted, strict=True)]
            wrong, right = ({corner for corner, fits in rows if fits is kind} for kind in (False, True))
            zeros_and_ones = bool(((got == 0) | (got == 1)).all())
            if len(wrong) == 1 and not wrong & right and zeros_and_ones:
                failed.whole = "one corner of four is wrong", Wanted("four corners right")
        raise


@visible
@pytest.mark.points(1)
def test_best_accuracy(student: Student, reference: Student) -> None:
    """the best accuracy of one perceptron on XOR is right"""
    said = fetch(student.best_perceptron_on_xor)
    if isinstance(said, Remote):  # a function, as in the notebook; a plain number does as well
        said = student.best_perceptron_on_xor()
    wanted = reference.best_perceptron_on_xor()
    assert_close(as_number(said, "the accuracy"), float(wanted), "the accuracy")


@visible
@pytest.mark.points(1)
def test_four_corners(student: Student, reference: Student) -> None:
    """xor_net is right at the four corners, and its answer has shape (N,)"""
    corners = torch.tensor(CORNERS)
    assert_answers(student.xor_net(corners), reference.xor_net(corners), corners)


@visible
@pytest.mark.points(0.5)
def test_near_the_corners(student: Student, reference: Student, rng: Draw) -> None:
    """inputs that are off by up to 0.1 get the answer of their corner"""
    corners = torch.tensor([*CORNERS, *(CORNERS[k] for k in (1, 0, 3, 2, 0, 3))])
    # The corners themselves first: who is right there and wrong beside them has found all four.
    x = corners + torch.cat([torch.zeros(4, 2), rng.uniform(-0.09, 0.09, 6, 2)])
    assert_answers(student.xor_net(x), reference.xor_net(x), corners)


@pytest.mark.points(0.5)
def test_other_batches(student: Student, reference: Student, rng: Draw) -> None:
    """it holds for any number of rows, one too, in any order"""
    for rows in (1, 7, 11):
        corners = torch.tensor(CORNERS)[rng.integers(0, 3, rows)]
        corners[0] = torch.tensor(CORNERS[rng.integer(1, 3)])
        x = corners + rng.uniform(-0.09, 0.09, rows, 2)
        assert_answers(student.xor_net(x), reference.xor_net(x), corners)
    assert_autograd_stays_on(student, student.xor_net, x)
