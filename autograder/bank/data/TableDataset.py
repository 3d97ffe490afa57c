"""A table as a Dataset: a length, items of the right kinds, and an end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

from autograder.checks import assert_close, assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, define, transfer

QUESTION = Question(
    id="TableDataset",
    points=3,
    names=("TableDataset",),
    title="A table as a Dataset",
    minutes=15,
    difficulty="easy",
    hints=(
        "A Dataset answers two questions: how many rows are there, and what is row i?",
        "Turn both parts into tensors once, in `__init__`: the features float32, the labels int64. A tensor knows "
        "negative places, slices, and where it ends.",
        "`torch.as_tensor(X, dtype=…)` for the features and the same with another dtype for the labels, in "
        "`__init__`. The length is that of the labels; an item is a pair of two things picked by `[i]`.",
    ),
)


def kind(value: Any) -> str:
    """What a part of an item is, in words."""
    if isinstance(value, torch.Tensor):
        return f"{str(value.dtype)[6:]} tensor of shape {tuple(value.shape)}"
    return type(value).__name__


def items(TableDataset: Callable[..., Any], X: Any, y: Any, places: list[Any]) -> tuple[int, list[Any], list[Any]]:
    """How many items there are; those at ``places`` in words, what they are made of; and their numbers."""
    data = TableDataset(X, y)
    found = [data[place] for place in places]

    def parts(item: Any) -> Any:
        return [kind(part) for part in item] if isinstance(item, (tuple, list)) else kind(item)

    return len(data), [parts(item) for item in found], found


def one_pass(TableDataset: Callable[..., Any], X: Any, y: Any) -> tuple[int | str, list[int]]:
    """How many items a loop meets, and their labels."""
    data, seen, labels = TableDataset(X, y), 0, []
    for item in data:
        seen += 1
        labels.append(int(item[1]))
        if seen > len(y) + 3:
            return "it goes on after the last row", labels[: len(y)]
    return seen, labels


BATCHES = """
def batches(TableDataset, X, y, size):
    return [list(batch) for batch in torch.utils.data.DataLoader(TableDataset(X, y), batch_size=size)]
"""


def table(rng: Draw, rows: int, columns: int) -> tuple[Any, Any]:
    """Features and labels as NumPy arrays of whole numbers, as a table of animals gives them; no two rows alike."""
    X = rng.integers(0, 8, rows, columns).clone()
    X[:, 0] = rng.permutation(rows) + 11
    y = rng.integers(0, 6, rows).clone()
    y[-1], y[0] = (y[0] + 3) % 7, (y[-1] + 1) % 7
    return X.numpy(), y.numpy()


def assert_same_items(student: Student, reference: Student, X: Any, y: Any, places: list[Any]) -> None:
    """Fail unless the items at ``places`` are of the right kinds and hold the right numbers."""
    length, kinds, found = transfer(student, items, kind)(student.TableDataset, X, y, places)
    wanted = transfer(reference, items, kind)(reference.TableDataset, X, y, places)
    assert_equal(length, wanted[0], "the length is different")
    assert_equal(kinds, wanted[1], "an item is made of other parts")
    assert_close(found, wanted[2], "the items")


@visible
@pytest.mark.points(1)
def test_items(student: Student, reference: Student, rng: Draw) -> None:
    """len() counts the rows; an item is a float32 tensor of the features and an int64 tensor of the label"""
    X, y = table(rng, 5, 3)
    assert_same_items(student, reference, X, y, [0, 3, 4])


@visible
@pytest.mark.points(0.5)
def test_places_from_the_end_and_slices(student: Student, reference: Student, rng: Draw) -> None:
    """negative places count from the end, and a slice gives the rows and labels of that part"""
    X, y = table(rng, 6, 4)
    assert_same_items(student, reference, X, y, [-1, -6, slice(1, 4), slice(None, None, 2)])


@visible
@pytest.mark.points(0.5)
def test_iteration_ends(student: Student, reference: Student, rng: Draw) -> None:
    """a loop over the dataset meets every row once and ends"""
    X, y = table(rng, 4, 3)
    seen = transfer(student, one_pass)(student.TableDataset, X, y)
    assert_equal(seen, transfer(reference, one_pass)(reference.TableDataset, X, y), "the loop is different")


@pytest.mark.points(0.5)
def test_tensors_of_other_kinds(student: Student, reference: Student, rng: Draw) -> None:
    """tensors of float64 and int32, plain lists, and other sizes, give items of the same kinds"""
    rows, columns = rng.integer(7, 11), rng.integer(3, 5)
    X, y = table(rng, rows, columns)
    features, labels = torch.from_numpy(X).double() / 4, torch.from_numpy(y).int()
    assert_same_items(student, reference, features, labels, [2, rows - 1, -2, slice(2, 5)])
    assert_same_items(student, reference, X.tolist(), y.tolist(), [1, -1])


@pytest.mark.points(0.5)
def test_batches(student: Student, reference: Student, rng: Draw) -> None:
    """a DataLoader makes batches of it, and a loop ends also for other sizes"""
    X, y = table(rng, rng.integer(7, 11), rng.integer(3, 5))
    pair: list[Remote] = [define(side, "batches", BATCHES) for side in (student, reference)]
    assert_close(pair[0](student.TableDataset, X, y, 3), pair[1](reference.TableDataset, X, y, 3), "the batches")
    seen = transfer(student, one_pass)(student.TableDataset, X, y)
    assert_equal(seen, transfer(reference, one_pass)(reference.TableDataset, X, y), "the loop is different")
