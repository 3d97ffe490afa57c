"""How large the map of a convolution is, and how many numbers the layer learns."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.checks import assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="conv_size",
    points=2,
    names=("conv_size", "conv_parameters"),
    title="Size and parameters of a convolution",
    minutes=10,
    difficulty="easy",
    hints=(
        "Put a window of 3 on a row of 7 and move it by 2 until it does not fit any more. Where did it stand?",
        "With padding the row is n + 2 · padding long. The window can move (length − kernel) // stride times, and it "
        "starts at one place more. Parameters: each output channel has a kernel for each input channel, and one bias.",
        "The window can move (the padded length − kernel) // stride times; places are one more than moves. "
        "Each of the `c_out` kernels has `c_in` squares of numbers, and perhaps one bias.",
    ),
)


def assert_numbers(student: Student, reference: Student, name: str, cases: list[tuple[Any, ...]]) -> None:
    """Fail unless the function gives the right whole number for every case; all are asked before any is judged."""
    got = [getattr(student, name)(*case) for case in cases]
    assert_equal(got, [getattr(reference, name)(*case) for case in cases], f"{name}: a number is different")


@visible
@pytest.mark.points(0.75)
def test_sizes(student: Student, reference: Student) -> None:
    """conv_size: the places of the window are counted rightly, with stride and padding"""
    cases = [(5, 3), (28, 5, 2, 1), (7, 3, 2), (6, 3, 2), (9, 4, 1, 2), (3, 3)]
    assert_numbers(student, reference, "conv_size", cases)


@visible
@pytest.mark.points(0.75)
def test_parameters(student: Student, reference: Student) -> None:
    """conv_parameters: weights and biases are counted rightly"""
    cases = [(3, 8, 3), (1, 6, 5), (4, 2, 3, False)]
    assert_numbers(student, reference, "conv_parameters", cases)


@pytest.mark.points(0.5)
def test_other_layers(student: Student, reference: Student, rng: Draw) -> None:
    """other sizes, strides, paddings and channels"""
    n = rng.integer(20, 30)
    sizes = [(n, 4, 1, rng.integer(1, 2)), (n, 5, 3, 1), (n + 1, 5, 3, 1), (n + 2, 5, 3), (n, rng.integer(2, 6))]
    assert_numbers(student, reference, "conv_size", sizes)
    c_in, c_out, kernel = rng.sample([3, 5, 7, 10], 3)
    layers = [(c_in, c_out, kernel), (c_out, c_in, 4, False), (c_in, 6, kernel, True)]
    assert_numbers(student, reference, "conv_parameters", layers)
