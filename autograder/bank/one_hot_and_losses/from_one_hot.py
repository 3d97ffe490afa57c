"""Back from one-hot rows to labels."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from autograder.checks import Wanted, assert_close, assert_follows_device, assert_true
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="from_one_hot",
    points=1,
    names=("from_one_hot",),
    title="Back from one-hot to labels",
    minutes=4,
    difficulty="easy",
    hints=(
        "The label is not the 1 itself: it is the place where the 1 stands.",
        "Find, in each row, the index of the largest entry.",
        "`argmax` along the classes, which is dimension 1.",
    ),
    follows_device=True,
)


ROWS = (
    [0.0, 0.0, 1.0, 0.0],
    [1.0, 0.0, 0.0, 0.0],
    [0.0, 0.0, 0.0, 1.0],
    [0.0, 1.0, 0.0, 0.0],
    [0.0, 0.0, 1.0, 0.0],
    [0.0, 0.0, 0.0, 1.0],
    [1.0, 0.0, 0.0, 0.0],
)


@visible
@pytest.mark.points(0.5)
def test_finds_the_label_of_each_row(student: Student, reference: Student, rng: Draw) -> None:
    """each row of a batch gives its label, as an int64"""
    rows = torch.tensor(rng.sample(ROWS, 6))
    assert_close(student.from_one_hot(rows), reference.from_one_hot(rows))


@pytest.mark.points(0.25)
def test_undoes_one_hot(student: Student, reference: Student, rng: Draw) -> None:
    """it undoes one-hot encoding for any number of rows and classes, also for a single row"""
    count, classes = rng.sample([3, 5, 8, 10], 2)
    rows = torch.eye(classes)[rng.integers(0, classes - 2, count)]
    assert_close(student.from_one_hot(rows), reference.from_one_hot(rows))
    row = torch.eye(classes)[-1:]
    assert_close(student.from_one_hot(row), reference.from_one_hot(row))


@visible
@pytest.mark.points(0.25)
def test_stays_on_the_device_of_the_rows(student: Student, rng: Draw) -> None:
    """the labels are on the device of the rows"""
    rows = torch.eye(5)[rng.integers(0, 4, 3)]
    answer = student.from_one_hot(rows)
    words, wanted = "what comes back is no label for each row", Wanted("the labels")
    assert_true(
        isinstance(answer, (torch.Tensor, np.ndarray)) and answer.ndim < 2, words, actual=answer, expected=wanted
    )
    assert_follows_device(student.from_one_hot, rows)
