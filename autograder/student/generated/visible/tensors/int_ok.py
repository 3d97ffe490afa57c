"""Visible checks of ``int_ok``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from autograder.checks import CheckFailed, Wanted
from autograder.checks.filled_in import filled_in, flags_in
from autograder.remote.proxy import Student

KEYS = ("relu", "sigmoid", "tanh", "leaky_relu", "softmax", "mean", "requires_grad")


def assert_right(student: Student, reference: Student, *keys: str) -> None:
    """Fail unless these entries are right; which of them is not is left for the student to try."""
    answers, right = filled_in(student, "int_ok", KEYS), filled_in(reference, "int_ok", KEYS)
    said = flags_in(answers, "int_ok")
    if any(said[key] != right[key] for key in keys):
        words = f"not all of {', '.join(keys)} is right: try each on a tensor of whole numbers"
        told = {key: said[key] for key in keys}
        raise CheckFailed(words, told, Wanted("what PyTorch does here"), whole=(said, right))


def test_relu_and_leaky_relu(student: Student, reference: Student) -> None:
    """ReLU and its leaky sister"""
    assert_right(student, reference, "relu", "leaky_relu")


def test_sigmoid_tanh_softmax(student: Student, reference: Student) -> None:
    """sigmoid, tanh and softmax"""
    assert_right(student, reference, "sigmoid", "tanh", "softmax")


def test_all_with_mean_and_gradient(student: Student, reference: Student) -> None:
    """all seven, with the mean and requires_grad"""
    assert_right(student, reference, *KEYS)
