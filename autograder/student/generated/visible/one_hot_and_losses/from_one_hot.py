"""Visible checks of ``from_one_hot``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import numpy as np
import torch

from autograder.checks import Wanted, assert_close, assert_follows_device, assert_true
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

ROWS = (
    [0.0, 0.0, 1.0, 0.0],
    [1.0, 0.0, 0.0, 0.0],
    [0.0, 0.0, 0.0, 1.0],
    [0.0, 1.0, 0.0, 0.0],
    [0.0, 0.0, 1.0, 0.0],
    [0.0, 0.0, 0.0, 1.0],
    [1.0, 0.0, 0.0, 0.0],
)


def test_finds_the_label_of_each_row(student: Student, reference: Student, rng: Draw) -> None:
    """each row of a batch gives its label, as an int64"""
    rows = torch.tensor(rng.sample(ROWS, 6))
    assert_close(student.from_one_hot(rows), reference.from_one_hot(rows))


def test_stays_on_the_device_of_the_rows(student: Student, rng: Draw) -> None:
    """the labels are on the device of the rows"""
    rows = torch.eye(5)[rng.integers(0, 4, 3)]
    answer = student.from_one_hot(rows)
    words, wanted = "what comes back is no label for each row", Wanted("the labels")
    assert_true(
        isinstance(answer, (torch.Tensor, np.ndarray)) and answer.ndim < 2, words, actual=answer, expected=wanted
    )
    assert_follows_device(student.from_one_hot, rows)
