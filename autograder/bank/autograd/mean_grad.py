"""A gradient in closed form: of mean(3(x + 2)²), by the chain rule."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="mean_grad",
    points=3,
    names=("mean_grad",),
    title="A gradient with a pencil",
    minutes=10,
    difficulty="medium",
    hints=(
        "Take one of the n numbers, x. In which term of the mean does it occur, and what stands before the sum?",
        "The outer square gives 2·(x + 2), the 3 stays, the inner bracket has the slope 1, and the mean divides by the "
        "count of all numbers.",
        "6·(x + 2) for each number, divided by `X.numel()`.",
    ),
)


@visible
@pytest.mark.points(0.5)
def test_ones(student: Student, reference: Student) -> None:
    """for a 2×2 table of ones each entry is 4.5"""
    ones = torch.ones(2, 2)
    assert_close(student.mean_grad(ones), reference.mean_grad(ones))


@visible
@pytest.mark.points(1.5)
def test_tables(student: Student, reference: Student, rng: Draw) -> None:
    """other tables of other sizes"""
    for shape in ((3, 4), (5, 2)):
        X = rng.uniform(0.5, 4, *shape)
        assert_close(student.mean_grad(X), reference.mean_grad(X))


@visible
@pytest.mark.points(0.5)
def test_vectors_and_blocks(student: Student, reference: Student, rng: Draw) -> None:
    """one dimension and three, in float64 too"""
    for X in (rng.uniform(-4, 4, 7), rng.uniform(-4, 4, 2, 3, 4, dtype=torch.float64)):
        assert_close(student.mean_grad(X), reference.mean_grad(X))


@pytest.mark.points(0.5)
def test_any_size(student: Student, reference: Student, rng: Draw) -> None:
    """any other size, and one number alone"""
    rows, columns = rng.sample([2, 3, 5, 6, 7], 2)
    for X in (rng.normal(rows, columns, scale=3), rng.normal(1, 1)):
        assert_close(student.mean_grad(X), reference.mean_grad(X))
