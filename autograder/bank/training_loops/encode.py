"""From columns of text to numbers: an order where there is one, a column for each category where there is none."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_equal, assert_true
from autograder.checks.kinds import article, kind_of
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, define

QUESTION = Question(
    id="encode",
    points=3,
    names=("encode",),
    title="Encode a table",
    minutes=20,
    difficulty="hard",
    hints=(
        "Which columns have an order that you know, and which have none?",
        "A dict says the order: EN 0, MI 1, SE 2, EX 3. For the others, take the categories of the train "
        "rows, sorted, and "
        "make a column of zeros and ones for each.",
        "`titles = sorted(train['job_title'].dropna().unique())`; a column `(df['job_title'] == title).astype(float)` "
        "for each title; the same for `employment_type`; sizes by `.map({'S': 0, 'M': 1, 'L': 2}).fillna(1)`.",
    ),
)

# Tables made over there; None is a missing value. The answer is told as it came.
RUN = """
import pandas as pd

def run(encode, train, test):
    return encode(pd.DataFrame(train), pd.DataFrame(test))
"""
# The two tables as parts of one, so that the rows of the second are not numbered from 0; and after another pair.
RUN_PARTS = """
import pandas as pd

def run(encode, train, test):
    encode(pd.DataFrame(test), pd.DataFrame(train))
    whole = pd.concat([pd.DataFrame(train), pd.DataFrame(test)], ignore_index=True)
    n = len(pd.DataFrame(train))
    return encode(whole.iloc[:n], whole.iloc[n:])
"""

TITLES = ("Data Analyst", "Data Engineer", "Data Scientist", "ML Engineer", "Head of Data", "Research Scientist")
Table = dict[str, list[Any]]


def table(rng: Draw, titles: list[Any], types: list[Any], sizes: list[Any], levels: list[str]) -> Table:
    """One column for each, and numbers."""
    n = len(titles)
    return {
        "work_year": rng.integers(2020, 2022, n).tolist(),
        "experience_level": levels,
        "employment_type": types,
        "job_title": titles,
        "remote_ratio": (50 * rng.integers(0, 2, n)).tolist(),
        "company_size": sizes,
    }


def assert_encoded(student: Student, reference: Student, train: Table, test: Table, source: str = RUN) -> None:
    """Fail unless both tables are encoded as the text says."""
    answer = define(student, "run", source)(student.encode, train, test)
    wanted = define(reference, "run", source)(reference.encode, train, test)
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        words = f"{article(kind_of(answer))} came back where two tensors were wanted"
        raise CheckFailed(words, kind_of(answer), Wanted("two tensors: train, test"))
    for part in answer:
        words = f"{article(kind_of(part))} came back where a tensor was wanted"
        assert_true(isinstance(part, torch.Tensor), words, actual=kind_of(part), expected=Wanted("a tensor"))
    # All in one comparison: which rows and columns are there tells mistakes apart as well as the numbers do.
    shapes = [tuple(getattr(part, "shape", ())) for part in answer]
    if shapes != [tuple(part.shape) for part in wanted]:
        told = [tuple(part.shape) for part in wanted]
        raise CheckFailed(
            "the shapes are different", shapes, told, whole=([shapes, list(answer)], [told, list(wanted)])
        )
    assert_close(list(answer), list(wanted), "the encoded tables")


@visible
@pytest.mark.points(1)
def test_orders_and_columns(student: Student, reference: Student, rng: Draw) -> None:
    """levels and sizes by their order, a column for each employment type and job title, in the stated order"""
    train = table(
        rng, ["Data Scientist", "ML Engineer", "Data Analyst", "ML Engineer"], ["FT", "PT", "FT", "CT"],
        ["S", "L", "M", "L"], ["EX", "EN", "SE", "MI"],
    )  # fmt: skip
    test = table(rng, ["Data Analyst", "Data Scientist"], ["CT", "FT"], ["L", "S"], ["MI", "EX"])
    assert_encoded(student, reference, train, test)


@visible
@pytest.mark.points(1)
def test_unseen_and_missing(student: Student, reference: Student, rng: Draw) -> None:
    """a category that train does not have gives zeros; a missing one gives zeros, a missing size gives 1"""
    train = table(
        rng, ["Data Scientist", None, "Data Analyst", "Data Scientist"], ["PT", "FT", "FT", "FT"],
        ["S", "L", None, "L"], ["SE", "EN", "SE", "EX"],
    )  # fmt: skip
    test = table(
        rng, ["Head of Data", "Data Scientist", None], ["FT", "CT", "PT"], [None, "S", "L"], ["EX", "MI", "EN"]
    )
    assert_encoded(student, reference, train, test)


@pytest.mark.points(1)
def test_other_tables(student: Student, reference: Student, rng: Draw) -> None:
    """other tables, their columns in another order, their rows with other numbers, one pair after another"""
    titles = rng.sample(TITLES, 5)
    n, m = rng.integer(7, 9), 5
    train_titles: list[Any] = [titles[i % 3] for i in rng.permutation(n).tolist()]
    train_titles[1] = None
    kinds = [("FT", "PT", "FL")[i % 3] for i in rng.permutation(n).tolist()]
    sizes = ["S", "L", None, "M", "L", "S", "M", "L", "S"][:n]
    levels = ["EX", "EN", "SE", "MI", "SE", "EN", "EX", "MI", "EX"][:n]
    train = table(rng, train_titles, kinds, sizes, levels)
    test = table(rng, [titles[3], titles[1], None, titles[4], titles[0]], ["CT", "FT", "PT", "FL", "FT"],
                 ["L", None, "M", "S", "L"], ["MI", "EX", "EN", "SE", "EN"])  # fmt: skip
    assert_equal(len(test["work_year"]), m, "five test rows")
    order = rng.sample(list(train), 6)
    for source in (RUN_PARTS, RUN):
        assert_encoded(student, reference, {k: train[k] for k in order}, {k: test[k] for k in order}, source)
