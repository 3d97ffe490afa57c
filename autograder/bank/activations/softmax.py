"""Softmax: scores to shares that add up to 1."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close, assert_follows_device
from autograder.checks.finite import assert_finite
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="softmax",
    points=3,
    names=("softmax",),
    title="Softmax",
    minutes=10,
    difficulty="medium",
    hints=(
        "Which numbers must add up to 1, and what could you subtract from all of them without changing their shares?",
        "Subtract the largest score along `dim`, take exp, and divide by the sum along `dim`. Keep the dimension in "
        "both (`keepdim=True`), so that the shapes fit.",
        "`e = torch.exp(x - x.amax(dim=…, keepdim=True))`, and then e divided by its own sum along the same "
        "`dim`; what must that sum keep?",
    ),
    follows_device=True,
)


@visible
@pytest.mark.points(0.5)
def test_three_scores(student: Student, reference: Student, rng: Draw) -> None:
    """the scores 1.2, 3.5 and 0.8 give 0.0859, 0.8566 and 0.0576"""
    for x in (torch.tensor([1.2, 3.5, 0.8]), rng.normal(5, scale=2)):
        assert_close(student.softmax(x), reference.softmax(x))


@visible
@pytest.mark.points(0.75)
def test_rows(student: Student, reference: Student, rng: Draw) -> None:
    """without `dim`, each row of a table is answered for itself, and a single row is no exception"""
    for x in (torch.tensor([[1.2, 3.5, 0.8]]), rng.normal(4, 3, scale=2), rng.normal(3, 3)):
        assert_close(student.softmax(x), reference.softmax(x))


@visible
@pytest.mark.points(0.5)
def test_both_dimensions(student: Student, reference: Student, rng: Draw) -> None:
    """with dim=0 each column adds up to 1, with dim=1 each row"""
    x = rng.normal(3, 4, scale=2)
    for dim in (0, 1):
        assert_close(student.softmax(x, dim=dim), reference.softmax(x, dim=dim), f"dim={dim}")


@visible
@pytest.mark.points(0.75)
def test_large_scores(student: Student, reference: Student, rng: Draw) -> None:
    """1000 and 1001 give 0.2689 and 0.7311, also beside a row of −1000 and −1002"""
    step = rng.number(1, 3)
    for x in (torch.tensor([1000.0, 1001.0]), torch.tensor([[1000.0, 1000.0 + step], [-1000.0, -1002.0]])):
        answer = student.softmax(x)
        assert_finite(answer)
        # float32 knows a number near 1000 to 6e-5, and so its exp to 6e-5 of itself.
        assert_close(answer, reference.softmax(x), rtol=1e-3, atol=1e-6)


@visible
@pytest.mark.points(0.25)
def test_stays_on_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is a tensor on the device of x"""
    x = rng.normal(4, 3)
    assert_close(student.softmax(x), reference.softmax(x))
    assert_follows_device(student.softmax, x)


@pytest.mark.points(0.25)
def test_three_dimensions(student: Student, reference: Student, rng: Draw) -> None:
    """blocks of three dimensions, each of them, in float64; one score far above the others; a single class"""
    x = rng.normal(2, 3, 4, dtype=torch.float64)
    for dim in (0, 1, 2, -2):
        assert_close(student.softmax(x, dim=dim), reference.softmax(x, dim=dim))
    for scores in (1000 * torch.eye(4), rng.normal(3, 1)):
        answer = student.softmax(scores)
        assert_finite(answer)
        assert_close(answer, reference.softmax(scores))
