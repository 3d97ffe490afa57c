"""What PyTorch does with whole numbers, function by function, as the installed version does it."""

from __future__ import annotations

import pytest

from autograder.checks import CheckFailed, Wanted
from autograder.checks.filled_in import filled_in, flags_in
from autograder.course.question import Question, visible
from autograder.remote.proxy import Student

QUESTION = Question(
    id="int_ok",
    points=3,
    names=("int_ok",),
    title="Who takes whole numbers?",
    minutes=8,
    difficulty="medium",
    hints=(
        "Don't learn it by heart: ask PyTorch. Each line of the table takes a second to try.",
        "Make `t = torch.tensor([-1, 0, 2])` and try the seven lines, one in each cell. Those that run are True.",
        "`try: torch.tanh(t)` and `except RuntimeError:` in a loop over the seven does it in one go. "
        "(NotImplementedError is a RuntimeError too.)",
    ),
)

KEYS = ("relu", "sigmoid", "tanh", "leaky_relu", "softmax", "mean", "requires_grad")


def assert_right(student: Student, reference: Student, *keys: str) -> None:
    """Fail unless these entries are right; which of them is not is left for the student to try."""
    answers, right = filled_in(student, "int_ok", KEYS), filled_in(reference, "int_ok", KEYS)
    said = flags_in(answers, "int_ok")
    if any(said[key] != right[key] for key in keys):
        words = f"not all of {', '.join(keys)} is right: try each on a tensor of whole numbers"
        told = {key: said[key] for key in keys}
        raise CheckFailed(words, told, Wanted("what PyTorch does here"), whole=(said, right))


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
