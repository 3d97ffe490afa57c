"""Visible checks of ``standardise``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch
from autograder.draw import Draw
from autograder.session.proxy import Student, fetch, keep

from autograder.checks import CheckFailed, Wanted, assert_close, assert_unchanged
from autograder.checks.kinds import article, kind_of


def tables(rng: Draw, columns: int, n_train: int, n_test: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Columns of different places and spreads; the test rows lie elsewhere than the train rows."""
    place, spread = rng.normal(columns, scale=4.0), rng.uniform(0.75, 3.0, columns)
    train = rng.normal(n_train, columns) * spread + place
    return train, rng.normal(n_test, columns) * 1.5 + place + 2.0


def pair(answer: Any) -> tuple[Any, Any]:
    """The two tables that came back."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        words = f"{article(kind_of(answer))} came back where two tables were wanted"
        raise CheckFailed(words, kind_of(answer), Wanted("two tables: train, test"))
    return answer[0], answer[1]


def assert_standardised(answer: Any, expected: Any, n_train: int) -> None:
    """Fail unless both tables are right, the deviation taken with n or with n - 1 in its denominator."""
    wanted_train, wanted_test = pair(expected)
    train, test = pair(answer)
    # A column that was constant was divided by 1 either way.
    other = torch.where((wanted_train == 0).all(dim=0), 1.0, ((n_train - 1) / n_train) ** 0.5)
    try:
        assert_close((train, test), (wanted_train * other, wanted_test * other), "train and test", rtol=1e-4, atol=1e-5)
    except CheckFailed:
        assert_close((train, test), (wanted_train, wanted_test), "train and test", rtol=1e-4, atol=1e-5)


def test_train_statistics(student: Student, reference: Student, rng: Draw) -> None:
    """both tables lose the mean of the train rows and are divided by their standard deviation, column by column"""
    train, test = tables(rng, 3, 6, 4)
    assert_standardised(student.standardise(train, test), reference.standardise(train, test), 6)


def test_constant_column(student: Student, reference: Student, rng: Draw) -> None:
    """a column that is constant among the train rows is divided by 1"""
    train, test = tables(rng, 3, 5, 4)
    train[:, 1] = 3.0
    assert_standardised(student.standardise(train, test), reference.standardise(train, test), 5)


def test_input_untouched(student: Student, reference: Student, rng: Draw) -> None:
    """the tables that were given stay as they are"""
    train, test = tables(rng, 2, 5, 3)
    kept = keep(student, train), keep(student, test)
    answer, expected = student.standardise(*kept), reference.standardise(train, test)
    assert_unchanged((train, test), (fetch(kept[0]), fetch(kept[1])), "a table that was given")
    assert_standardised(answer, expected, 5)
