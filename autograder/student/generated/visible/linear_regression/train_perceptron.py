"""Visible checks of ``train_perceptron``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.numbers import as_number, sequence_of_numbers
from autograder.remote.proxy import Student

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


def test_and(student: Student, reference: Student) -> None:
    """AND: w, b and the mistakes of each epoch are right"""
    assert_trains(student, reference, *corners([0, 0, 0, 1]))


def test_or_and_nand(student: Student, reference: Student) -> None:
    """OR and NAND come out right too"""
    for labels in ([0, 1, 1, 1], [1, 1, 1, 0]):
        assert_trains(student, reference, *corners(labels))


def test_xor_comes_to_no_end(student: Student, reference: Student) -> None:
    """XOR is never learned: training ends after the epochs it was given, with steps as long as lr says"""
    assert_trains(student, reference, *corners([0, 1, 1, 0]), epochs=7, lr=0.25)
