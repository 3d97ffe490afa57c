"""Visible checks of ``one_hot``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_follows_device, assert_refuses, assert_true
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, StudentFailed, call


def assert_rows(answer: Any, wanted: torch.Tensor, labels: torch.Tensor) -> None:
    """Fail unless the rows are ``wanted``; a table as wide as the batch's own classes is told as such.

    Right rows of whole numbers or flags are told as such as well: int64, int32 and bool are one mistake.
    """
    shape = tuple(getattr(answer, "shape", ()))
    widths = (int(labels.max()) + 1, labels.unique().numel())  # as wide as the batch asks for, in two ways
    if len(shape) == 2 and shape[0] == len(labels) and shape[1] != wanted.shape[1] and shape[1] in widths:
        words = f"the shape is {shape}, {tuple(wanted.shape)} was wanted"
        actual = "as many columns as classes in the batch"
        raise CheckFailed(words, actual, Wanted("as many columns as there are classes"))
    try:
        assert_close(answer, wanted)
    except CheckFailed as failed:
        if is_whole(answer) and shape == tuple(wanted.shape) and torch.equal(answer.to(wanted), wanted):
            failed.whole = "the right rows, as whole numbers", Wanted("the right rows, as real numbers")
        raise


def is_whole(answer: Any) -> bool:
    """Whether the answer is a tensor of whole numbers or flags, with values to look at."""
    if not isinstance(answer, torch.Tensor) or answer.is_meta:
        return False
    return not answer.is_floating_point() and not answer.is_complex()


def assert_encodes(student: Student, classes: int) -> None:
    """Fail unless labels that are all right get a table with ones; where they stand is for other tests to see."""
    try:
        answer = student.one_hot(torch.arange(1, classes - 1), classes)
    except StudentFailed as failed:
        if failed.failure.kind != "raised":
            raise
        answer = student.one_hot(torch.arange(classes), classes)  # code that takes its width from the batch
    table = isinstance(answer, (torch.Tensor, np.ndarray)) and answer.ndim == 2
    words, wanted = "labels that are all right get no table", Wanted("a table with a 1 for each label")
    assert_true(table and float(answer.sum()) > 0, words, actual=answer, expected=wanted)


def assert_refuses_labels(student: Student, labels: torch.Tensor, classes: int, place: int, what: str) -> None:
    """Fail unless the label at ``place`` raises an error; what became of it instead tells mistakes apart.

    On the CPU always: a wrong index on a GPU ends the whole process.
    """
    try:
        assert_refuses(student.one_hot, labels, classes, what=what, place="cpu")
    except CheckFailed as failed:
        answer = call(student.one_hot, labels, classes)
        table = isinstance(answer, torch.Tensor) and answer.ndim == 2 and len(answer) > place
        row = answer[place] if table else None
        ones = [] if row is None else row.nonzero().flatten().tolist()
        ends = {0: "the first class", classes - 1: "the last class"}
        became = ends.get(ones[0], "another class") if len(ones) == 1 else "no class"
        failed.whole = f"it became {became}", Wanted("an error")
        raise


def test_one_row_for_each_label(student: Student, reference: Student, rng: Draw) -> None:
    """each label becomes a float32 row with a single 1, also if the last classes are not in the batch"""
    labels = torch.cat([rng.permutation(4), rng.integers(0, 3, 1)])  # of seven classes, 4, 5 and 6 never occur
    assert_rows(student.one_hot(labels, 7), reference.one_hot(labels, 7), labels)
    labels = rng.permutation(5)  # and here every class occurs
    assert_rows(student.one_hot(labels, 5), reference.one_hot(labels, 5), labels)


def test_label_1_of_3_classes(student: Student, reference: Student) -> None:
    """label 1 of three classes is the row [0, 1, 0]"""
    labels = torch.tensor([1])
    assert_rows(student.one_hot(labels, 3), reference.one_hot(labels, 3), labels)


def test_refuses_too_large_labels(student: Student, rng: Draw) -> None:
    """a label as large as the number of classes raises an error"""
    assert_encodes(student, 4)
    labels = torch.tensor([2, 4, 0, rng.integer(0, 3)])
    assert_refuses_labels(student, labels, 4, 1, "the label 4 where the classes are 0 to 3")


def test_keeps_the_dtype_asked_for(student: Student, reference: Student, rng: Draw) -> None:
    """the answer has the dtype that was asked for, for any number of labels and classes"""
    count, classes = rng.sample([4, 5, 7, 9, 11], 2)
    labels = rng.integers(0, classes - 3, count)
    wanted = reference.one_hot(labels, classes, dtype=torch.float64)
    assert_rows(student.one_hot(labels, classes, dtype=torch.float64), wanted, labels)
    labels = torch.cat([rng.integers(0, classes - 1, count), torch.tensor([classes - 1])])
    assert_rows(student.one_hot(labels, classes), reference.one_hot(labels, classes), labels)


def test_refuses_negative_labels(student: Student, rng: Draw) -> None:
    """a negative label raises an error"""
    assert_encodes(student, 5)
    labels = torch.tensor([rng.integer(0, 4), 3, rng.choice([-1, -2]), 0])
    assert_refuses_labels(student, labels, 5, 2, "a negative label")


def test_stays_on_the_device_of_the_labels(student: Student, rng: Draw) -> None:
    """the answer is on the device of the labels"""
    assert_encodes(student, 5)
    assert_follows_device(student.one_hot, rng.integers(0, 3, 6), 5)
