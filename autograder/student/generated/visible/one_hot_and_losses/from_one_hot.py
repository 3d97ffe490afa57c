"""Visible checks of ``from_one_hot``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close
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
