"""What PyTorch does with whole numbers, function by function, as the installed version does it."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.checks import CheckFailed, Wanted, assert_equal, assert_true
from autograder.course.question import Question, visible
from autograder.protocol.wire import Failure
from autograder.remote.proxy import Remote, Student, StudentFailed, fetch

QUESTION = Question(
    id="int_ok",
    points=3,
    names=("int_ok",),
    title="Who takes whole numbers?",
    hints=(
        "Don't learn it by heart: ask PyTorch. Each line of the table takes a second to try.",
        "Make `t = torch.tensor([-1, 0, 2])` and try the seven lines, one in each cell. Those that run are True.",
        "`try: torch.tanh(t)` and `except RuntimeError:` in a loop over the seven does it in one go. "
        "(NotImplementedError is a RuntimeError too.)",
    ),
)

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


@visible
@pytest.mark.points(1)
def test_relu_and_leaky_relu(student: Student, reference: Student) -> None:
    """ReLU and its leaky sister"""
    assert_right(student, reference, "relu", "leaky_relu")


@visible
@pytest.mark.points(1)
def test_sigmoid_tanh_softmax(student: Student, reference: Student) -> None:
    """sigmoid, tanh and softmax"""
    assert_right(student, reference, "sigmoid", "tanh", "softmax")


@visible
@pytest.mark.points(1)
def test_all_with_mean_and_gradient(student: Student, reference: Student) -> None:
    """all seven, with the mean and requires_grad"""
    assert_right(student, reference, *KEYS)
