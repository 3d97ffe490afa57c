"""From a row of numbers to a column, in the same memory."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, define

QUESTION = Question(
    id="as_column",
    points=2,
    names=("as_column",),
    title="A column in the same memory",
    minutes=8,
    difficulty="medium",
    hints=(
        "A shape is only a way of reading the numbers in memory. Nothing has to be copied to read them as a column.",
        "A dimension of size 1 must be added behind the one that is there. The functions for it that look at the "
        "same memory are called views.",
        "`t[:, …]`, `t.view(…, …)` or `t.unsqueeze(…)`: each adds a last dimension of size 1 without a copy. "
        "Fill in one of them.",
    ),
)

# What becomes of t when its column is changed, and the shape that t has then.
CHANGED = """
def changed(as_column, values, new):
    t = values.clone()
    as_column(t)[1, 0] = new
    return [t, list(t.shape)]
"""

# The same for a t whose numbers do not lie side by side: a column of a table.
CHANGED_IN_TABLE = """
def changed_in_table(as_column, table, new):
    t = table[:, 1]
    as_column(t)[1, 0] = new
    return table
"""


def assert_column(student: Student, t: torch.Tensor) -> None:
    """Fail unless the answer is a column with these numbers."""
    assert_close(student.as_column(t), t.reshape(-1, 1))


def assert_reached(after: Any, before: torch.Tensor, wanted: torch.Tensor) -> None:
    """Fail unless the change is to be seen; numbers that stayed as they were are a copy."""
    if isinstance(after, torch.Tensor) and torch.equal(after, before):
        words = "the column was changed, and t did not change with it"
        raise CheckFailed(words, "t is as it was", Wanted("the same memory"))
    assert_close(after, wanted)


@visible
@pytest.mark.points(0.5)
def test_shape_and_numbers(student: Student, rng: Draw) -> None:
    """(N,) becomes (N, 1), with the same numbers and dtype"""
    assert_column(student, torch.tensor([3.0, 5.0, 2.5, 7.0]))
    assert_column(student, rng.normal(5))
    assert_column(student, rng.integers(-9, 9, 3))


@visible
@pytest.mark.points(0.5)
def test_same_memory(student: Student, rng: Draw) -> None:
    """what is changed in the column is changed in t"""
    t, new = rng.normal(4), rng.number(10, 20)
    assert_column(student, t)
    after, _ = define(student, "changed", CHANGED)(student.as_column, t, new)
    wanted = torch.cat([t[:1], torch.tensor([new]), t[2:]])
    assert_reached(after.reshape(-1), t, wanted)


@visible
@pytest.mark.points(0.5)
def test_part_of_a_table(student: Student, rng: Draw) -> None:
    """it works for one column of a table too, whose numbers do not lie side by side in memory"""
    table, new = rng.normal(4, 3), rng.number(10, 20)
    assert_column(student, table[:, 1])
    after = define(student, "changed_in_table", CHANGED_IN_TABLE)(student.as_column, table, new)
    place = torch.zeros(4, 3, dtype=torch.bool)
    place[1, 1] = True
    assert_reached(after, table, torch.where(place, torch.tensor(new), table))


@visible
@pytest.mark.points(0.25)
def test_t_keeps_its_shape(student: Student, rng: Draw) -> None:
    """t itself still has the shape (N,)"""
    t = rng.normal(6)
    assert_column(student, t)
    _, shape = define(student, "changed", CHANGED)(student.as_column, t, 1.0)
    assert_equal(shape, [6], "the shape of t changed")


@pytest.mark.points(0.25)
def test_other_lengths(student: Student, rng: Draw) -> None:
    """few, many, and flags"""
    for t in (rng.normal(2), rng.normal(rng.integer(11, 30)), rng.integers(0, 1, 9).bool()):
        assert_column(student, t)
