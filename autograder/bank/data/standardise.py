"""Standardising columns by what the train rows say, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_unchanged
from autograder.checks.kinds import article, kind_of
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

QUESTION = Question(
    id="standardise",
    points=2,
    names=("standardise",),
    title="Standardise by the train rows",
    minutes=10,
    difficulty="medium",
    hints=(
        "Which rows may you look at before you meet the test? Take every number that you need from them.",
        "Mean and standard deviation of each column of `train`; then subtract and divide in both tables. A deviation "
        "of 0 becomes 1 before you divide.",
        "`mean, std = train.mean(dim=0), train.std(dim=0)`; `std = torch.where(std == 0, 1.0, std)`; "
        "`return (train - mean) / std, (test - mean) / std`.",
    ),
)


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
    # A column that was constant was divided by 1 either way; the others tell which of the two was taken.
    varies = ~(wanted_train == 0).all(dim=0)
    other = torch.where(varies, ((n_train - 1) / n_train) ** 0.5, 1.0)
    if isinstance(train, torch.Tensor) and train.shape == wanted_train.shape:
        scaled = wanted_train * other
        if torch.allclose(train[:, varies].double(), scaled[:, varies].double(), rtol=1e-4, atol=1e-5):
            wanted_train, wanted_test = scaled, wanted_test * other
    assert_close((train, test), (wanted_train, wanted_test), "train and test", rtol=1e-4, atol=1e-5)


@visible
@pytest.mark.points(0.5)
def test_train_statistics(student: Student, reference: Student, rng: Draw) -> None:
    """both tables lose the mean of the train rows and are divided by their standard deviation, column by column"""
    train, test = tables(rng, 3, 6, 4)
    assert_standardised(student.standardise(train, test), reference.standardise(train, test), 6)


@visible
@pytest.mark.points(0.5)
def test_constant_column(student: Student, reference: Student, rng: Draw) -> None:
    """a column that is constant among the train rows is divided by 1"""
    train, test = tables(rng, 3, 5, 4)
    train[:, 1] = 3.0
    assert_standardised(student.standardise(train, test), reference.standardise(train, test), 5)


@visible
@pytest.mark.points(0.5)
def test_input_untouched(student: Student, reference: Student, rng: Draw) -> None:
    """the tables that were given stay as they are"""
    train, test = tables(rng, 2, 5, 3)
    kept = keep(student, train), keep(student, test)
    answer, expected = student.standardise(*kept), reference.standardise(train, test)
    assert_unchanged((train, test), (fetch(kept[0]), fetch(kept[1])), "a table that was given")
    assert_standardised(answer, expected, 5)


@pytest.mark.points(0.5)
def test_other_tables(student: Student, reference: Student, rng: Draw) -> None:
    """other sizes, constant columns, and a test table of a single row"""
    n_train, columns = rng.integer(7, 12), rng.integer(4, 6)
    train, test = tables(rng, columns, n_train, rng.integer(3, 6))
    train[:, rng.integer(0, columns - 1)] = rng.number(2, 5, 0.25)
    for rows in (test, test[:1]):
        assert_standardised(student.standardise(train, rows), reference.standardise(train, rows), n_train)
