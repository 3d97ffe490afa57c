"""Training a perceptron: sample after sample, epoch after epoch, until nothing is wrong."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.numbers import as_number, sequence_of_numbers
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="train_perceptron",
    points=4,
    names=("train_perceptron",),
    title="Training a perceptron",
    minutes=15,
    difficulty="medium",
    hints=(
        "Two loops, one inside the other: over the epochs, and over the samples in their order. Which of them holds "
        "the update?",
        "Start with zeros. For each sample compute the answer with the w and b of this moment; if it is wrong, update "
        "and count. After the last sample note the count; stop if it is 0.",
        "Inside the loop over samples: `new_w, new_b = perceptron_update(w, b, x, t, lr)`, and one more mistake if the "
        "answer was not t. After it: `mistakes.append(wrong)` and `if wrong == 0: break`.",
    ),
)

CORNERS = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
EACH_TIME = "another result each time"


def parts(answer: Any) -> dict[str, Any]:
    """The three parts of an answer, with b as a float and the mistakes as a list."""
    if not isinstance(answer, (list, tuple)) or len(answer) != 3:
        raise CheckFailed("three things were wanted, (w, b, mistakes)", answer, Wanted("(w, b, mistakes)"))
    w, b, mistakes = answer
    return {"w": w, "b": as_number(b, "b"), "mistakes": list(sequence_of_numbers(mistakes, "the mistakes"))}


def assert_trains(student: Student, reference: Student, *args: Any, **options: Any) -> None:
    """Fail unless w, b and the mistakes of each epoch are right; an answer by chance is told as such."""
    answer = parts(student.train_perceptron(*args, **options))
    wanted = parts(reference.train_perceptron(*args, **options))
    try:
        assert_close(answer, wanted, rtol=1e-4, atol=1e-5, check_dtype=False)
    except CheckFailed as failed:
        again = [parts(student.train_perceptron(*args, **options)) for _ in range(4)]
        if any(str(other) != str(answer) for other in again):
            failed.whole = EACH_TIME, Wanted("the same result each time")
        raise


def corners(labels: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """The four corners of the square with these labels."""
    return torch.tensor(CORNERS), torch.tensor(labels)


def draw_points(rng: Draw, rows: int, features: int, *, clean: bool) -> tuple[torch.Tensor, torch.Tensor]:
    """Points with labels from a plane; one label is turned over unless ``clean``."""
    while True:
        X, plane, height = rng.normal(rows, features), rng.normal(features), rng.normal()
        score = X @ plane + height
        y = (score > 0).long()
        if 2 < int(y.sum()) < rows - 2 and bool((score.abs() > 0.15).all()):
            if not clean:
                y[rows // 2] = 1 - y[rows // 2]
            return X, y


@visible
@pytest.mark.points(0.25)
def test_starts_at_zero(student: Student) -> None:
    """with epochs=0 the start comes back: w and b are zero, and the list is empty"""
    X, y = corners([0, 0, 0, 1])
    answer = parts(student.train_perceptron(X, y, epochs=0))
    wanted = {"w": torch.zeros(2), "b": 0.0, "mistakes": list[float]()}
    try:
        assert_close(answer, wanted, check_dtype=False)
    except CheckFailed as failed:
        if getattr(answer["w"], "shape", None) == (2,) and not answer["mistakes"]:
            failed.whole = "a start that is not zero", Wanted("zeros")
        raise


@visible
@pytest.mark.points(1)
def test_and(student: Student, reference: Student) -> None:
    """AND: w, b and the mistakes of each epoch are right"""
    assert_trains(student, reference, *corners([0, 0, 0, 1]))


@visible
@pytest.mark.points(1)
def test_or_and_nand(student: Student, reference: Student) -> None:
    """OR and NAND come out right too"""
    for labels in ([0, 1, 1, 1], [1, 1, 1, 0]):
        assert_trains(student, reference, *corners(labels))


@visible
@pytest.mark.points(0.5)
def test_xor_comes_to_no_end(student: Student, reference: Student) -> None:
    """XOR is never learned: training ends after the epochs it was given, with steps as long as lr says"""
    assert_trains(student, reference, *corners([0, 1, 1, 0]), epochs=7, lr=0.25)


@pytest.mark.points(0.75)
def test_other_points(student: Student, reference: Student, rng: Draw) -> None:
    """other points, with other numbers of inputs and another learning rate"""
    X, y = draw_points(rng, 9, 3, clean=True)
    assert_trains(student, reference, X, y, lr=rng.number(0.1, 0.6), epochs=30)


@pytest.mark.points(0.5)
def test_points_that_no_line_separates(student: Student, reference: Student, rng: Draw) -> None:
    """points that can't be separated, in as many epochs as are given, 50 if nothing is said"""
    assert_trains(student, reference, *corners([0, 1, 1, 0]))
    X, y = draw_points(rng, 8, 2, clean=False)
    assert_trains(student, reference, X, y, epochs=rng.integer(5, 8))
