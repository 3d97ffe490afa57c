"""Visible checks of ``one_hot``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close, assert_refuses
from autograder.draw import Draw
from autograder.session.proxy import Student


def test_one_row_for_each_label(student: Student, reference: Student, rng: Draw) -> None:
    """each label becomes a float32 row with a single 1, also if the last classes are not in the batch"""
    labels = torch.cat([rng.integers(0, 3, 4), torch.tensor([3])])  # of six classes, 4 and 5 never occur
    assert_close(student.one_hot(labels, 6), reference.one_hot(labels, 6))


def test_label_1_of_3_classes(student: Student, reference: Student) -> None:
    """label 1 of three classes is the row [0, 1, 0]"""
    labels = torch.tensor([1])
    assert_close(student.one_hot(labels, 3), reference.one_hot(labels, 3))


def test_refuses_too_large_labels(student: Student, rng: Draw) -> None:
    """a label as large as the number of classes raises an error"""
    labels = torch.tensor([2, 4, 0, rng.integer(0, 3)])
    # On the CPU always: a wrong index on a GPU ends the whole process.
    assert_refuses(student.one_hot, labels, 4, what="the label 4 where the classes are 0 to 3", place="cpu")
