"""Visible checks of ``encode``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_true
from autograder.checks.kinds import article, kind_of
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, define

# Tables made over there; None is a missing value. The answer is told as it came.
RUN = """
import pandas as pd

def run(encode, train, test):
    return encode(pd.DataFrame(train), pd.DataFrame(test))
"""

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


def test_orders_and_columns(student: Student, reference: Student, rng: Draw) -> None:
    """levels and sizes by their order, a column for each employment type and job title, in the stated order"""
    train = table(
        rng, ["Data Scientist", "ML Engineer", "Data Analyst", "ML Engineer"], ["FT", "PT", "FT", "CT"],
        ["S", "L", "M", "L"], ["EX", "EN", "SE", "MI"],
    )  # fmt: skip
    test = table(rng, ["Data Analyst", "Data Scientist"], ["CT", "FT"], ["L", "S"], ["MI", "EX"])
    assert_encoded(student, reference, train, test)


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
