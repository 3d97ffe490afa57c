"""The prediction of a line: one number, one sample, a batch."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close, assert_follows_device
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="predict",
    points=1,
    names=("predict",),
    title="The prediction of a line",
    minutes=5,
    difficulty="easy",
    hints=(
        "How many predictions should come out of one sample with four features, and of a batch of five?",
        "Multiply each feature by its weight, add up along the last dimension, add b. "
        "`@` does it for a sample and for a batch, but refuses two numbers without dimensions.",
        "`(X * w)` holds the products. Along which dimension must they be added up, so that one rule does for"
        " a number, a sample and a batch? Then comes b.",
    ),
    follows_device=True,
)


@visible
@pytest.mark.points(0.25)
def test_one_number(student: Student, reference: Student) -> None:
    """for a single number the prediction is w · x + b"""
    args = torch.tensor(1.0), torch.tensor(2.0), torch.tensor(-1.0)
    assert_close(student.predict(*args), reference.predict(*args), "the prediction")
    args = torch.tensor(-1.5), torch.tensor(4.0), torch.tensor(0.25)
    assert_close(student.predict(*args), reference.predict(*args), "the prediction")


@visible
@pytest.mark.points(0.5)
def test_sample_and_batch(student: Student, reference: Student, rng: Draw) -> None:
    """one sample of shape (d,) gives one number, a batch (N, d) gives shape (N,)"""
    for shape in ((5, 3), (3,)):
        args = rng.normal(*shape), rng.normal(3), rng.normal()
        assert_close(student.predict(*args), reference.predict(*args), f"X of shape {shape}")


@pytest.mark.points(0.25)
def test_follows_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """any sizes, a batch of one row too, and the answer is where X, w and b are"""
    for rows, features in ((4, 4), (1, 6), (7, 1)):
        args = rng.normal(rows, features), rng.normal(features), rng.normal()
        assert_close(student.predict(*args), reference.predict(*args), "the predictions")
    assert_follows_device(student.predict, rng.normal(4, 3), rng.normal(3), rng.normal())
