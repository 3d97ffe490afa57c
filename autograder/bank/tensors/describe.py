"""What to ask a tensor first: its shape, its dtype, and where it lives."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_equal, assert_true
from autograder.checks.closeness import plain_equal
from autograder.checks.kinds import kind_of
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, call

QUESTION = Question(
    id="describe",
    points=2,
    names=("describe",),
    title="Describing a tensor",
    minutes=6,
    difficulty="easy",
    hints=(
        "A tensor knows all five things about itself. Which of them need brackets after the name, and which don't?",
        "`shape`, `dtype`, `ndim` and `device` are attributes; the number of elements is a method, or the product "
        "of all sizes (which is 1 for a single number).",
        '`{"shape": tuple(t.shape), "dtype": t.dtype, ...}`; for the count, `t.numel()` with brackets.',
    ),
)

KEYS = ("shape", "dtype", "ndim", "numel", "device")
TEMPERATURES = [[30, 32, 33], [29, 31, 34]]


def assert_describes(answer: Any, wanted: dict[str, Any]) -> None:
    """Fail at the first of the five keys that tells something else; texts do for dtypes and devices."""
    is_dict = isinstance(answer, dict)
    assert_true(is_dict, "the answer is not a dict", actual=kind_of(answer), expected=Wanted("a dict"))
    assert_equal(sorted(map(str, answer)), sorted(KEYS), "the keys are different")
    told, right = settled(answer), settled(wanted)
    for key in KEYS:
        if not same(told[key], right[key]):
            raise CheckFailed(f"{key!r} is different", told[key], right[key], whole=(told, right))


def settled(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with dtypes and devices as texts, and sequences as tuples."""
    told: dict[str, Any] = dict(answer)
    for key, value in answer.items():
        if isinstance(value, (list, tuple)):
            told[key] = tuple(value)
        elif key in ("dtype", "device") and isinstance(value, (str, torch.dtype, torch.device)):
            told[key] = str(value).removeprefix("torch.")
    return told


def same(told: Any, right: Any) -> bool:
    """Equality of two entries; a shape is compared size by size."""
    if isinstance(right, tuple):
        return isinstance(told, tuple) and len(told) == len(right) and all(map(plain_equal, told, right))
    return plain_equal(told, right)


@visible
@pytest.mark.points(0.5)
def test_tables(student: Student, reference: Student, rng: Draw) -> None:
    """the table of temperatures, and one of four rows and three columns"""
    for table in (torch.tensor(TEMPERATURES), rng.normal(4, 3)):
        assert_describes(student.describe(table), reference.describe(table))


@visible
@pytest.mark.points(0.5)
def test_other_dtypes_and_dimensions(student: Student, reference: Student, rng: Draw) -> None:
    """flags, numbers of 64 and of 16 bits, one dimension and three"""
    flags, wide, short = rng.integers(0, 1, 5).bool(), rng.normal(7, dtype=torch.float64), rng.normal(3, 5).half()
    for t in (flags, wide, short, rng.integers(0, 9, 2, 3, 4)):
        assert_describes(student.describe(t), reference.describe(t))


@visible
@pytest.mark.points(0.5)
def test_single_and_empty(student: Student, reference: Student, rng: Draw) -> None:
    """a single number has no dimension and one element; an empty tensor has no element"""
    for t in (torch.tensor(rng.number(1, 9)), torch.zeros(0), torch.zeros(0, 3)):
        assert_describes(student.describe(t), reference.describe(t))


@visible
@pytest.mark.points(0.25)
def test_another_device(student: Student, reference: Student, rng: Draw) -> None:
    """the device is the tensor's own, wherever it lies (tried on the device "meta", which every computer has)"""
    size = rng.integer(3, 8)
    far, there = (call(side.torch.empty, size, 2, device="meta", keep=True) for side in (student, reference))
    assert_describes(student.describe(far), reference.describe(there))


@pytest.mark.points(0.25)
def test_any_tensor(student: Student, reference: Student, rng: Draw) -> None:
    """any other shape and dtype"""
    sizes = rng.sample([2, 3, 4, 5, 6], 4)
    for shape in (sizes[:1], sizes[:3], sizes):
        t = rng.normal(*shape).to(rng.choice([torch.int32, torch.uint8, torch.float64, torch.bool]))
        assert_describes(student.describe(t), reference.describe(t))
