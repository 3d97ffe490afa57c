"""Visible checks of ``adjust``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import (
    CheckFailed,
    Wanted,
    assert_close,
    assert_follows_device,
    assert_refuses,
    assert_true,
    assert_unchanged,
)
from autograder.checks.kinds import kind_of
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, StudentFailed, fetch, keep

TEMPERATURES = [[30, 32, 33], [29, 31, 34]]


def adjusted(student: Student, temps: torch.Tensor, adj: Any, what: str) -> Any:
    """The answer; where the student's own code refuses to answer, that is told as such."""
    try:
        return student.adjust(temps, adj)
    except StudentFailed as failed:
        if failed.failure.kind == "raised" and failed.failure.type_name in ("ValueError", "AssertionError"):
            words = f"an error was raised for {what}"
            raise CheckFailed(words, f"refused {what}", Wanted("a sum")) from failed
        raise


def test_table_plus_table(student: Student, reference: Student, rng: Draw) -> None:
    """two tables of one shape; whole numbers stay whole numbers"""
    temps, twos = torch.tensor(TEMPERATURES), torch.full((2, 3), 2)
    assert_close(student.adjust(temps, twos), reference.adjust(temps, twos))
    pair = rng.normal(3, 4), rng.normal(3, 4)
    assert_close(student.adjust(*pair), reference.adjust(*pair))


def test_row_column_and_number(student: Student, reference: Student, rng: Draw) -> None:
    """a row is added to every row, a column to every column, one number everywhere"""
    rows, columns = {"a row": rng.normal(3), "a longer row": rng.normal(5)}, {"a column": rng.normal(3, 1)}
    square, oblong, degrees = rng.normal(3, 3), rng.normal(4, 5), rng.number(1, 5)
    cases = [(square, rows["a row"], "a row"), (square, columns["a column"], "a column")]
    cases += [(oblong, rows["a longer row"], "a row"), (oblong, rng.normal(4, 1), "a column")]
    for temps, adj, what in cases:
        assert_close(adjusted(student, temps, adj, what), reference.adjust(temps, adj), what)
    for number in (torch.tensor(degrees), degrees, 2):
        assert_close(adjusted(student, oblong, number, "one number"), reference.adjust(oblong, number), "one number")


def test_what_was_given_stays(student: Student, rng: Draw) -> None:
    """neither temps nor adj is changed"""
    temps, adj = rng.normal(4, 3), rng.normal(4, 3)
    table, change = keep(student, temps.clone()), keep(student, adj.clone())
    assert_close(student.adjust(table, change), temps + adj)
    assert_unchanged(temps, fetch(table), "temps")
    assert_unchanged(adj, fetch(change), "adj")


def test_refuses_what_does_not_fit(student: Student, rng: Draw) -> None:
    """an adj that does not fit raises an error"""
    temps, right = rng.normal(2, 3), rng.normal(2, 3)
    assert_close(student.adjust(temps, right), temps + right)
    assert_refuses(student.adjust, temps, rng.normal(2), what="temps of shape (2, 3) with adj of shape (2,)")
    assert_refuses(student.adjust, temps, rng.normal(4, 3), what="temps of shape (2, 3) with adj of shape (4, 3)")


def test_stays_on_the_device(student: Student, rng: Draw) -> None:
    """the sum is on the device of temps, also with a plain number"""
    temps, adj = rng.normal(4, 3), rng.normal(4, 3)
    answer = student.adjust(temps, adj)
    assert_close(answer, temps + adj)
    assert_true(
        isinstance(answer, torch.Tensor), "no tensor came back", actual=kind_of(answer), expected=Wanted("a tensor")
    )
    assert_follows_device(student.adjust, temps, adj)
    assert_follows_device(student.adjust, temps, 2)
