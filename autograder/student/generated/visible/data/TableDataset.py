"""Visible checks of ``TableDataset``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from autograder.checks import assert_close, assert_equal
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer


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


def test_items(student: Student, reference: Student, rng: Draw) -> None:
    """len() counts the rows; an item is a float32 tensor of the features and an int64 tensor of the label"""
    X, y = table(rng, 5, 3)
    assert_same_items(student, reference, X, y, [0, 3, 4])


def test_places_from_the_end_and_slices(student: Student, reference: Student, rng: Draw) -> None:
    """negative places count from the end, and a slice gives the rows and labels of that part"""
    X, y = table(rng, 6, 4)
    assert_same_items(student, reference, X, y, [-1, -6, slice(1, 4), slice(None, None, 2)])


def test_iteration_ends(student: Student, reference: Student, rng: Draw) -> None:
    """a loop over the dataset meets every row once and ends"""
    X, y = table(rng, 4, 3)
    seen = transfer(student, one_pass)(student.TableDataset, X, y)
    assert_equal(seen, transfer(reference, one_pass)(reference.TableDataset, X, y), "the loop is different")
