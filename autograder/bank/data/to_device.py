"""A whole batch, however nested, on another device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

from autograder.checks import assert_close, assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer

QUESTION = Question(
    id="to_device",
    points=2,
    names=("to_device",),
    title="A batch on a device",
    minutes=10,
    difficulty="medium",
    hints=(
        "A batch is a tensor, or a list, tuple or dict of batches, or something else. What do you do with each?",
        "Let the function call itself: for a dict on each value, for a list or tuple on each item. "
        "Build new containers.",
        "`if isinstance(batch, torch.Tensor): return batch.to(device)`; for a dict "
        "`{key: to_device(value, device) for key, value in batch.items()}`; for a list or tuple "
        "`type(batch)(to_device(item, device) for item in batch)`; else `return batch`.",
    ),
)


def told(value: Any) -> Any:
    """What a value is, in words: "float32 on meta" for a tensor; everything else as it is."""
    if isinstance(value, torch.Tensor):
        return f"{str(value.dtype)[6:]} {tuple(value.shape)} on {value.device.type}"
    if isinstance(value, dict):
        return {key: told(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [type(value).__name__ if type(value) in (list, tuple) else "other", *map(told, value)]
    return value


def run(to_device: Callable[..., Any], batch: Any, device: str, as_object: bool) -> tuple[Any, str]:
    """What came back, and whether what was given is as it was."""
    given = told(batch)
    answer = to_device(batch, torch.device(device) if as_object else device)
    return told(answer), "as it was" if told(batch) == given else "changed"


def assert_moved(student: Student, reference: Student, batch: Any, device: str, *, as_object: bool) -> None:
    """Fail unless every tensor is on the device, all else is as it was, and so is the batch that was given."""
    place = "cpu" if device == "cpu" else "meta"
    answer, given = transfer(student, run, told)(student.to_device, batch, place, as_object)
    wanted, _ = transfer(reference, run, told)(reference.to_device, batch, place, as_object)
    assert_equal(given, "as it was", "the batch that was given")
    assert_equal(answer, wanted, "the batch on its new device is different")


def batch_of(rng: Draw, rows: int) -> dict[str, Any]:
    """A nested batch: tensors of several dtypes in lists, tuples and dicts, beside texts, numbers and None."""
    return {
        "x": rng.normal(rows, 3),
        "labels": [rng.integers(0, 6, rows), "animals", None],
        "more": {"mask": (rng.normal(rows, 2) > 0, 7), "deep": [({"weights": rng.normal(rows).double()}, 2.5)]},
    }


@visible
@pytest.mark.points(0.5)
def test_a_pair(student: Student, reference: Student, rng: Draw) -> None:
    """a tensor, and a tuple or list of tensors; the batch that was given stays where it is"""
    x, y = rng.normal(4, 3), rng.integers(0, 6, 4)
    assert_moved(student, reference, x, "other", as_object=False)
    assert_moved(student, reference, (x, y), "other", as_object=True)
    assert_moved(student, reference, [x, y], "other", as_object=False)


@visible
@pytest.mark.points(0.5)
def test_nested(student: Student, reference: Student, rng: Draw) -> None:
    """dicts and lists inside one another; texts, numbers and None stay as they are"""
    assert_moved(student, reference, {"x": rng.normal(5, 2), "names": ["frog", "newt"]}, "other", as_object=True)
    assert_moved(student, reference, batch_of(rng, 3), "other", as_object=True)


@pytest.mark.points(0.5)
def test_other_batches(student: Student, reference: Student, rng: Draw) -> None:
    """other batches, by the device's name too"""
    assert_moved(student, reference, [batch_of(rng, 4), rng.normal(2), ("end", [])], "other", as_object=False)
    assert_moved(student, reference, ({"a": ({"b": rng.normal(3)},)}, "tail"), "other", as_object=True)
    assert_moved(student, reference, {1: rng.integers(0, 3, 2), "n": 3.5}, "cpu", as_object=True)


@pytest.mark.points(0.5)
def test_values_stay(student: Student, reference: Student, rng: Draw) -> None:
    """moved to where they are already, all numbers stay the same"""
    batch = batch_of(rng, 3)
    assert_close(student.to_device(batch, torch.device("cpu")), reference.to_device(batch, torch.device("cpu")))
