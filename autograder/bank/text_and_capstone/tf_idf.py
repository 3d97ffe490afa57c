"""Counts weighed by how rare a word is, in rows of length 1."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close, assert_follows_device, assert_unchanged
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

QUESTION = Question(
    id="tf_idf",
    points=3,
    names=("tf_idf",),
    title="TF-IDF",
    minutes=15,
    difficulty="medium",
    hints=(
        "df is one number for each column: in how many rows is the count above 0?",
        "idf = ln((1 + N) / (1 + df)) + 1 for each column; multiply the counts by it; then divide each row by its "
        "length, the root of its sum of squares, but not where that is 0.",
        "`df = (counts > 0).sum(0)`, `weighed = counts * (torch.log((1 + N) / (1 + df)) + 1)`, "
        "`weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)`.",
    ),
    follows_device=True,
)

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


@visible
@pytest.mark.points(1)
def test_three_documents(student: Student, reference: Student) -> None:
    """the example of the notebook comes out right"""
    counts = torch.tensor(CATS)
    assert_close(student.tf_idf(counts), reference.tf_idf(counts))


@visible
@pytest.mark.points(1)
def test_other_counts(student: Student, reference: Student, rng: Draw) -> None:
    """each count is multiplied by its word's ln((1 + N) / (1 + df)) + 1, and each row has the length 1"""
    (counts,) = rng.apart("tf_idf", lambda: (counts_of(rng, 5, 7),), among=FORMULAS)
    assert_close(student.tf_idf(counts), reference.tf_idf(counts))


@visible
@pytest.mark.points(0.5)
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


@visible
@pytest.mark.points(0.5)
def test_works_on_any_device(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is where the counts are, on a GPU too"""
    counts = counts_of(rng, 4, 5)
    assert_close(student.tf_idf(counts), reference.tf_idf(counts))
    assert_follows_device(student.tf_idf, counts)
