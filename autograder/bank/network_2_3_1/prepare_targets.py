"""Labels made into what BCELoss wants beside an (N, 1) output: a float column."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import Wanted, assert_close, assert_follows_device, assert_refuses, assert_true
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="prepare_targets",
    points=2,
    names=("prepare_targets",),
    title="Targets of the right shape and dtype",
    minutes=6,
    difficulty="easy",
    hints=(
        "The network answers with shape (N, 1) and float32. What must the targets look like, to be compared with that?",
        "Two changes: the shape becomes a column of n rows, the dtype becomes float32. Which one notices "
        "a wrong n by itself?",
        "`y.reshape(…, …)` makes the column, and one more method makes the dtype that the loss wants.",
    ),
    follows_device=True,
)


@visible
@pytest.mark.points(0.8)
def test_column_of_floats(student: Student, reference: Student, rng: Draw) -> None:
    """n whole-number labels of shape (n,) become float32 of shape (n, 1), in the same order"""
    y = rng.integers(0, 1, 6)
    assert_close(student.prepare_targets(y, 6), reference.prepare_targets(y, 6), "the targets")


@visible
@pytest.mark.points(0.4)
def test_refuses_another_number_of_labels(student: Student, rng: Draw) -> None:
    """labels that are not n in number are refused"""
    y = rng.integers(0, 1, 6)
    student.prepare_targets(y, 6)  # what refuses everything has refused nothing
    assert_refuses(student.prepare_targets, y, 5, what="6 labels where n is 5")
    assert_refuses(student.prepare_targets, y[:1], 4, what="1 label where n is 4")
    assert_refuses(student.prepare_targets, y, 3, what="6 labels where n is 3")


@pytest.mark.points(0.4)
def test_other_labels(student: Student, reference: Student, rng: Draw) -> None:
    """one label, small integers, True and False, and a column of labels give a float32 column too"""
    y = rng.integers(0, 1, 9)
    for labels in (y, y[:1], y.to(torch.int32), y.bool(), y.reshape(9, 1)):
        n = labels.numel()
        assert_close(student.prepare_targets(labels, n), reference.prepare_targets(labels, n), "the targets")
    assert_refuses(student.prepare_targets, y[:0], 3, what="no label where n is 3")


@visible
@pytest.mark.points(0.4)
def test_follows_the_device(student: Student, rng: Draw) -> None:
    """the targets are on the device of the labels"""
    y = rng.integers(0, 1, 7)
    answer = student.prepare_targets(y, 7)
    same = isinstance(answer, torch.Tensor) and (answer.shape, answer.dtype) == (y.shape, y.dtype)
    assert_true(not same, "the labels came back as they were", actual=answer, expected=Wanted("float targets"))
    assert_follows_device(student.prepare_targets, y, 7)
