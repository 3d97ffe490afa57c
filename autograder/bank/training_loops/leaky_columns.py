"""Which columns give the answer away: they are the answer, come after it, or name the row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.checks import CheckFailed, Wanted, assert_equal
from autograder.checks.kinds import article, kind_of
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer

QUESTION = Question(
    id="leaky_columns",
    points=2,
    names=("leaky_columns",),
    title="Columns that leak",
    minutes=15,
    difficulty="medium",
    hints=(
        "Imagine the day on which the prediction is needed. Which columns are not filled in yet, or say the answer in "
        "other words?",
        "List the columns of the three tables that leak. The answer for a table is those of them that it has.",
        "`leaks = {'salary', 'salary_currency', ...}`; `return leaks & set(df.columns) - {target}`.",
    ),
)

TABLES: dict[str, dict[str, list[Any]]] = {
    "salary_in_usd": {
        "work_year": [2020, 2021, 2022], "experience_level": ["EN", "SE", "MI"], "job_title": ["A", "B", "A"],
        "salary": [40000, 90000, 70000], "salary_currency": ["EUR", "USD", "GBP"], "remote_ratio": [0, 100, 50],
        "company_size": ["S", "L", "M"], "salary_in_usd": [43200, 90000, 87500],
    },
    "repaid": {
        "income": [2100, 3400, 1900], "age": [31, 52, 44], "amount": [500, 9000, 1200], "months": [6, 48, 12],
        "reminders_sent": [0, 3, 0], "last_payment_day": [12, 3, 28], "repaid": [1, 0, 1],
    },
    "price": {
        "listing_id": [7001, 7002, 7003], "rooms": [2, 4, 3], "area": [48, 110, 75], "year_built": [1974, 2001, 1932],
        "price_per_m2": [4000, 3100, 3600], "floor": [3, 0, 1], "price": [192000, 341000, 270000],
    },
}  # fmt: skip


def run(leaky_columns: Callable[..., Any], columns: Any, target: Any) -> Any:
    """Calls with a table made over there; tells what came back, and whether the table still has its columns."""
    from importlib import import_module

    pd = import_module("pandas")  # only over there: the students' package brings none
    table = pd.DataFrame(columns)
    answer = leaky_columns(table, target)
    if isinstance(answer, (pd.Index, pd.Series, np.ndarray)):
        answer = answer.tolist()
    return answer, list(table.columns) == list(columns)


def assert_leaky(student: Student, reference: Student, columns: dict[str, list[Any]], target: str) -> None:
    """Fail unless exactly the columns that leak are named, and the table is left alone."""
    answer, left_alone = transfer(student, run)(student.leaky_columns, columns, target)
    wanted, _ = transfer(reference, run)(reference.leaky_columns, columns, target)
    if not isinstance(answer, (set, list, tuple)):
        words = f"{article(kind_of(answer))} came back where a set of names was wanted"
        raise CheckFailed(words, kind_of(answer), Wanted("a set of names"))
    assert_equal(sorted(set(map(str, answer))), sorted(wanted), f"the columns that leak {target} are different")
    seen = "as it was" if left_alone else "other columns"
    assert_equal(seen, "as it was", "the table that was given was changed")


@visible
@pytest.mark.points(1)
def test_three_tables(student: Student, reference: Student) -> None:
    """exactly the columns that leak, in each of the three tables; the table stays as it is"""
    for target, columns in TABLES.items():
        assert_leaky(student, reference, columns, target)


@visible
@pytest.mark.points(0.5)
def test_columns_that_are_not_there(student: Student, reference: Student) -> None:
    """only columns that the table has"""
    less = {name: values for name, values in TABLES["salary_in_usd"].items() if name != "salary_currency"}
    assert_leaky(student, reference, less, "salary_in_usd")


@pytest.mark.points(0.5)
def test_parts_of_the_tables(student: Student, reference: Student, rng: Draw) -> None:
    """other rows, columns in another order, some of them missing"""
    for target, columns in TABLES.items():
        chosen = [name for name in rng.sample(list(columns), len(columns)) if name != target]
        kept = [*chosen[: len(chosen) - 1], target]
        order = rng.permutation(3).tolist()
        assert_leaky(student, reference, {name: [columns[name][i] for i in order] for name in kept}, target)
