"""Visible checks of ``int_ok``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

from autograder.checks import CheckFailed, Wanted, assert_equal, assert_true
from autograder.protocol.wire import Failure
from autograder.remote.proxy import Remote, Student, StudentFailed, fetch

KEYS = ("relu", "sigmoid", "tanh", "leaky_relu", "softmax", "mean", "requires_grad")


def filled_in(student: Student) -> dict[str, Any]:
    """The student's ``int_ok``; not attempted while it is as empty as in a blank notebook."""
    value = fetch(student.int_ok)
    if isinstance(value, Remote):  # a function that gives the dict does too
        value = value()
    if value is None or (isinstance(value, dict) and all(item is None for item in value.values())):
        raise StudentFailed(Failure("not_attempted", "NotImplementedError", "the dict is still empty"))
    assert_true(isinstance(value, dict), "int_ok is not a dict", actual=None, expected=Wanted("a dict"))
    assert_equal(sorted(map(str, value)), sorted(KEYS), "the keys of int_ok are different")
    answers: dict[str, Any] = value
    return answers


def assert_right(student: Student, reference: Student, *keys: str) -> None:
    """Fail unless these entries are right; which of them is not is left for the student to try."""
    answers, right = filled_in(student), filled_in(reference)
    told = {key: answers[key] for key in keys}
    if any(not isinstance(value, (bool, int)) or bool(value) != right[key] for key, value in told.items()):
        words = f"not all of {', '.join(keys)} is right: try each on a tensor of whole numbers"
        raise CheckFailed(words, told, Wanted("what PyTorch does here"))


def test_relu_and_leaky_relu(student: Student, reference: Student) -> None:
    """ReLU and its leaky sister"""
    assert_right(student, reference, "relu", "leaky_relu")


def test_sigmoid_tanh_softmax(student: Student, reference: Student) -> None:
    """sigmoid, tanh and softmax"""
    assert_right(student, reference, "sigmoid", "tanh", "softmax")


def test_all_with_mean_and_gradient(student: Student, reference: Student) -> None:
    """all seven, with the mean and requires_grad"""
    assert_right(student, reference, *KEYS)
