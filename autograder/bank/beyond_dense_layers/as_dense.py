"""A convolution as a dense layer whose weights are shared."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close, assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="as_dense",
    points=2,
    names=("as_dense", "weight_counts"),
    title="Sharing weights",
    minutes=15,
    difficulty="medium",
    hints=(
        "Every output of the convolution is a weighted sum of all inputs, most of them with the weight 0. Which inputs "
        "does the first output look at, and which the second?",
        "Start with zeros of shape (n − k + 1, n). In row i the kernel stands in the columns i to i + k − 1. "
        "A dense layer may choose all numbers of this table; the convolution only those of the kernel.",
        "`W = torch.zeros(n - k + 1, n)`, and in a loop over the rows `W[i, i : i + k] = kernel`.",
    ),
)


@visible
@pytest.mark.points(0.75)
def test_matrix(student: Student, reference: Student) -> None:
    """as_dense: the matrix of the notebook's example is right"""
    args = torch.tensor([1.0, -2.0, 3.0]), 5
    assert_close(student.as_dense(*args), reference.as_dense(*args), "the matrix", check_dtype=False)


@visible
@pytest.mark.points(0.5)
def test_counts(student: Student, reference: Student) -> None:
    """weight_counts: the weights of the dense layer and of the kernel are counted rightly"""
    for case in ((5, 3), (100, 7)):
        assert_equal(student.weight_counts(*case), reference.weight_counts(*case), "a count is different")


@pytest.mark.points(0.75)
def test_other_kernels(student: Student, reference: Student, rng: Draw) -> None:
    """other kernels and lengths, a kernel of one number and one as long as the input"""
    for k, n in ((4, rng.integer(6, 9)), (1, 3), (5, 5)):
        args = rng.normal(k), n
        assert_close(student.as_dense(*args), reference.as_dense(*args), "the matrix", check_dtype=False)
        assert_equal(student.weight_counts(n, k), reference.weight_counts(n, k), "a count is different")
