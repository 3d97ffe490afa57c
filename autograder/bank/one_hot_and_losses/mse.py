"""The mean squared error, and why it must look at shapes."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from autograder.checks import Wanted, assert_close, assert_refuses, assert_true
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="mse",
    points=3,
    names=("mse",),
    title="Mean squared error",
    minutes=8,
    difficulty="easy",
    hints=(
        "Three words, read from the back: the error of each element, its square, the mean of all squares.",
        "Compare `pred.shape` with `target.shape` first and raise an error if they differ; "
        "otherwise broadcasting would make a whole table of differences.",
        "`if pred.shape != target.shape: raise ValueError(...)`, then `((pred - target) ** 2).mean()`.",
    ),
)

PREDICTED = [3.0, 5.0, 2.5, 7.0]
ACTUAL = [3.0, 4.5, 2.0, 8.0]
ARITHMETIC = ("sse", "rmse", "mae", "half", "signed", "n_minus_1", "squares_the_sum")


def assert_answers(student: Student, values: torch.Tensor) -> None:
    """Fail unless equal shapes get an answer, which is 0 where nothing differs."""
    answer = student.mse(values, values)
    number = (
        isinstance(answer, (torch.Tensor, np.ndarray, np.generic, float, int)) and not torch.as_tensor(answer).any()
    )
    words, wanted = "equal predictions and targets of one shape get no error of 0", Wanted("an error of 0")
    assert_true(number, words, actual=answer, expected=wanted)


@visible
@pytest.mark.points(1)
def test_mean_of_the_squares(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is the mean of the squared differences"""
    pair = rng.apart("mse", lambda: (rng.normal(5, scale=2.0), rng.normal(5, scale=2.0)), among=ARITHMETIC)
    assert_close(student.mse(*pair), reference.mse(*pair))


@visible
@pytest.mark.points(0.5)
def test_four_foxes(student: Student, reference: Student) -> None:
    """the example of the notebook comes out right"""
    predicted, actual = torch.tensor(PREDICTED), torch.tensor(ACTUAL)
    assert_close(student.mse(predicted, actual), reference.mse(predicted, actual))


@visible
@pytest.mark.points(0.75)
def test_refuses_a_column_and_a_row(student: Student) -> None:
    """predictions of shape (N, 1) with targets of shape (N,) raise an error"""
    predicted, actual = torch.tensor(PREDICTED).reshape(4, 1), torch.tensor(ACTUAL)
    assert_answers(student, predicted)
    assert_refuses(student.mse, predicted, actual, what="predictions (4, 1) with targets (4,)")


@visible
@pytest.mark.points(0.5)
def test_mean_over_all_elements(student: Student, reference: Student, rng: Draw) -> None:
    """for matrices the mean goes over all elements"""
    predicted, actual = rng.normal(3, 4, scale=3.0), rng.normal(3, 4)
    assert_close(student.mse(predicted, actual), reference.mse(predicted, actual))


@pytest.mark.points(0.25)
def test_refuses_other_shapes(student: Student, rng: Draw) -> None:
    """any other difference in shape raises an error too"""
    assert_answers(student, rng.normal(4, 3))
    assert_refuses(student.mse, rng.normal(5), rng.normal(5, 1), what="predictions (5,) with targets (5, 1)")
    assert_refuses(student.mse, rng.normal(4, 3), rng.normal(4, 1), what="predictions (4, 3), targets (4, 1)")
