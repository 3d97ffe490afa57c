"""What a linear layer computes: x Wᵀ + b, with W stored as (outputs, inputs)."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close, assert_follows_device
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="linear",
    points=3,
    names=("linear",),
    title="A linear layer by hand",
    minutes=8,
    difficulty="easy",
    hints=(
        "Write down the shapes: x is (N, in), W is (out, in), the answer is (N, out). Which side of W meets x?",
        "Each output is the dot product of x with one row of W, plus that output's own bias. "
        "Transposing W lets one matrix product make all of them.",
        "`x @ W.T` has shape (N, out) for a batch and (out,) for one sample; then add `b`.",
    ),
    follows_device=True,
)


@visible
@pytest.mark.points(1)
def test_batch(student: Student, reference: Student, rng: Draw) -> None:
    """a batch of five samples with four inputs gives three outputs for each"""
    x, W, b = rng.normal(5, 4), rng.normal(3, 4), rng.normal(3)
    assert_close(student.linear(x, W, b), reference.linear(x, W, b))


@visible
@pytest.mark.points(0.5)
def test_rows_of_W_belong_to_outputs(student: Student, reference: Student, rng: Draw) -> None:
    """row i of W and entry i of b belong to output i, also where all sizes are equal"""
    x, W, b = rng.normal(3, 3), rng.normal(3, 3), rng.normal(3)
    assert_close(student.linear(x, W, b), reference.linear(x, W, b))


@pytest.mark.points(1)
def test_one_sample(student: Student, reference: Student, rng: Draw) -> None:
    """one sample of shape (in,) gives (out,), and a batch of one stays a batch"""
    x, W, b = rng.normal(6), rng.normal(2, 6), rng.normal(2)
    assert_close(student.linear(x, W, b), reference.linear(x, W, b))
    x, W, b = rng.normal(1, 4), rng.normal(1, 4), rng.normal(1)
    assert_close(student.linear(x, W, b), reference.linear(x, W, b))


@pytest.mark.points(0.5)
def test_follows_device(student: Student, rng: Draw) -> None:
    """the answer is on the device of x, W and b"""
    x = rng.normal(4, 4)
    even = x + x.T  # so that it is right whichever way W and the answer are taken
    assert_close(student.linear(even, 2 * torch.eye(4), torch.zeros(4)), 2 * even)
    # Square, so that this is about the device alone: a W taken for (inputs, outputs) runs here too.
    assert_follows_device(student.linear, x, rng.normal(4, 4), rng.normal(4))
