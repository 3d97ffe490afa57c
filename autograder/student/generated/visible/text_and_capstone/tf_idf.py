"""Visible checks of ``tf_idf``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close, assert_follows_device, assert_unchanged
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

FORMULAS = (
    "plain_idf",
    "no_plus_one",
    "unsmoothed",
    "df_is_total_count",
    "no_l2",
    "log10",
    "log2",
    "presence",
    "no_idf",
)

CATS = [[1.0, 1.0, 1.0, 0.0], [2.0, 0.0, 0.0, 1.0], [0.0, 1.0, 2.0, 0.0]]


def counts_of(rng: Draw, rows: int, columns: int) -> torch.Tensor:
    """Counts from 0 to 3: every row and every column has something, and most have zeros too."""
    counts = rng.integers(0, 5, rows, columns) - 2
    counts = counts.clamp(min=0).float()
    counts[torch.arange(columns) % rows, torch.arange(columns)] = 2.0
    counts[:, 0] = torch.arange(rows) % 3 + 1.0  # a word that is in every document
    counts[0, 1:3] = torch.tensor([0.0, 3.0])
    counts[1, 1:3] = torch.tensor([3.0, 0.0])
    return counts


def test_three_documents(student: Student, reference: Student) -> None:
    """the example of the notebook comes out right"""
    counts = torch.tensor(CATS)
    assert_close(student.tf_idf(counts), reference.tf_idf(counts))


def test_other_counts(student: Student, reference: Student, rng: Draw) -> None:
    """each count is multiplied by its word's ln((1 + N) / (1 + df)) + 1, and each row has the length 1"""
    (counts,) = rng.apart("tf_idf", lambda: (counts_of(rng, 5, 7),), among=FORMULAS)
    assert_close(student.tf_idf(counts), reference.tf_idf(counts))


def test_empty_rows_and_columns(student: Student, reference: Student, rng: Draw) -> None:
    """a row of zeros stays one, and a column of zeros too: nothing is NaN; the counts stay as they were"""
    counts = counts_of(rng, 4, 6)
    counts[rng.integer(0, 3)] = 0
    counts[:, rng.integer(3, 5)] = 0
    held = keep(student, counts.clone())
    answer = student.tf_idf(held)
    assert_unchanged(counts, fetch(held), "your function changed its argument: counts")
    assert_close(answer, reference.tf_idf(counts))
    alone = torch.tensor([[0.0, 1.0, 0.0]])  # the only word of the only document: its length is 1 already
    assert_close(student.tf_idf(alone), reference.tf_idf(alone))


def test_works_on_any_device(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is where the counts are, on a GPU too"""
    counts = counts_of(rng, 4, 5)
    assert_close(student.tf_idf(counts), reference.tf_idf(counts))
    assert_follows_device(student.tf_idf, counts)
