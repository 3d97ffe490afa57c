"""Two products of matrices: element by element, and rows times columns."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close, assert_follows_device, assert_unchanged
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

QUESTION = Question(
    id="products",
    points=3,
    names=("products",),
    title="Two products of matrices",
    minutes=8,
    difficulty="easy",
    hints=(
        "Two signs, two products. Which one multiplies the numbers that stand in the same place?",
        "`*` multiplies element by element and `@` is the matrix product, in which rows meet columns. Compare the "
        "two shapes before you use `*`.",
        "`hadamard = A * B if A.shape == B.shape else None`; the other is `A @ B`. Return both in this order.",
    ),
    follows_device=True,
)


@visible
@pytest.mark.points(1)
def test_square(student: Student, reference: Student, rng: Draw) -> None:
    """two square matrices have both products"""
    example = torch.tensor([[1, 0], [0, 1]]), torch.tensor([[2, 1], [1, 2]])
    for pair in (example, (rng.normal(3, 3), rng.normal(3, 3))):
        assert_close(student.products(*pair), reference.products(*pair))


@visible
@pytest.mark.points(0.75)
def test_other_shapes(student: Student, reference: Student, rng: Draw) -> None:
    """(2, 3) times (3, 2) and (2, 3) times (3, 4) have a matrix product; the Hadamard product is None"""
    example = torch.tensor([[0, 1, 1], [1, 0, 1]]), torch.tensor([[1, 1], [1, 1], [-1, 1]])
    for pair in (example, (rng.normal(2, 3), rng.normal(3, 4))):
        assert_close(student.products(*pair), reference.products(*pair))


@visible
@pytest.mark.points(0.5)
def test_no_broadcasting(student: Student, reference: Student, rng: Draw) -> None:
    """the Hadamard product is None also where broadcasting could make the shapes equal"""
    pairs = [(rng.normal(3, 1), rng.normal(1, 4)), (rng.normal(2, 4), rng.normal(4, 4)[:, :1])]
    pairs += [(rng.normal(4, 4), rng.normal(4, 1))]  # one is square, and both have four rows
    for pair in pairs:
        assert_close(student.products(*pair), reference.products(*pair))


@visible
@pytest.mark.points(0.25)
def test_stays_on_the_device(student: Student, rng: Draw) -> None:
    """both products are on the device of the matrices"""
    A, B = rng.normal(3, 3), rng.normal(3, 3)
    assert_close(student.products(A, B), (A * B, A @ B))
    assert_follows_device(student.products, A, B)


@pytest.mark.points(0.5)
def test_any_sizes(student: Student, reference: Student, rng: Draw) -> None:
    """any other sizes, in float64 too; the matrices stay as they were"""
    n, k, m = rng.sample([2, 4, 5, 6, 7], 3)
    wide = rng.normal(n, n, dtype=torch.float64), rng.normal(n, n, dtype=torch.float64)
    for pair in ((rng.normal(n, n), rng.normal(n, n)), (rng.normal(n, k), rng.normal(k, m)), wide):
        assert_close(student.products(*pair), reference.products(*pair))
    held = [keep(student, matrix.clone()) for matrix in wide]
    student.products(*held)
    assert_unchanged(list(wide), [fetch(matrix) for matrix in held], "a matrix that was given")
