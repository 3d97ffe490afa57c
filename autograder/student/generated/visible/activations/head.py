"""Visible checks of ``head``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

from autograder.checks import CheckFailed, Wanted, assert_true
from autograder.checks.kinds import kind_of
from autograder.checks.numbers import as_number
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

FINALS = ("none", "sigmoid", "softmax", "log_softmax", "relu")

LOSSES = ("bce_with_logits", "bce", "cross_entropy", "nll", "mse")

# What is consistent, with "k" for as many outputs as there are classes, labels or targets. One forecast of a yes may be
# made with two classes just as well; a log_softmax of a log_softmax is the same again.
BINARY = {(1, "none", "bce_with_logits"), (1, "sigmoid", "bce")}

TWO_CLASSES = {(2, "none", "cross_entropy"), (2, "log_softmax", "nll"), (2, "log_softmax", "cross_entropy")}

SEVERAL = {("k", "none", "cross_entropy"), ("k", "log_softmax", "nll"), ("k", "log_softmax", "cross_entropy")}

LABELS = {("k", "none", "bce_with_logits"), ("k", "sigmoid", "bce")}

NUMBERS = {("k", "none", "mse")}


def head_of(student: Student, task: str, k: int) -> tuple[Any, str, str]:
    """The three parts of an answer; None does for "none", and capitals do no harm."""
    answer = student.head(task, k)
    three = isinstance(answer, (list, tuple)) and len(answer) == 3
    assert_true(three, "three things were wanted: outputs, last step, loss", actual=kind_of(answer), expected=None)
    count, final, loss = answer
    for word, what in ((final, "last step"), (loss, "loss")):
        is_word = word is None or isinstance(word, (str, int, float))
        assert_true(is_word, f"the {what} is no word", actual=kind_of(word), expected=Wanted("a word in quotes"))
    told = "none" if final is None else str(final).lower(), str(loss).lower()
    for word, words, what in ((told[0], FINALS, "last step"), (told[1], LOSSES, "loss")):
        if word not in words:
            raise CheckFailed(
                f"{word!r} is none of the words for the {what}", word, Wanted(f"one of {', '.join(words)}")
            )
    number = as_number(count, "the number of outputs")
    return (int(number) if number == int(number) else number), *told


def assert_fits(student: Student, task: str, k: int, fitting: set[tuple[Any, str, str]]) -> None:
    """Fail unless the head is one that fits; the number of outputs is told by what it is made of."""
    count, final, loss = head_of(student, task, k)
    told = ("k" if count == k and k > 2 else count, final, loss)
    if told not in fitting:
        raise CheckFailed(f"this head does not fit a {task} task", told, Wanted("a head that fits"))


def test_binary(student: Student) -> None:
    """yes or no"""
    assert_fits(student, "binary", 2, BINARY | TWO_CLASSES)


def test_multiclass(student: Student, rng: Draw) -> None:
    """one of k classes"""
    for k in (3, rng.integer(4, 30)):
        assert_fits(student, "multiclass", k, SEVERAL)


def test_regression(student: Student, rng: Draw) -> None:
    """k numbers"""
    assert_fits(student, "regression", 1, {(1, "none", "mse")})
    assert_fits(student, "regression", rng.integer(4, 30), NUMBERS)


def test_multilabel(student: Student, rng: Draw) -> None:
    """any of k labels, several at once"""
    for k in (3, rng.integer(4, 30)):
        assert_fits(student, "multilabel", k, LABELS)
