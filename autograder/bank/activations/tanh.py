"""The hyperbolic tangent, also where exp is too large for a float."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close, assert_follows_device, assert_unchanged
from autograder.checks.finite import assert_finite
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

QUESTION = Question(
    id="tanh",
    points=2,
    names=("tanh",),
    title="The hyperbolic tangent",
    minutes=8,
    difficulty="easy",
    hints=(
        "Python divides before it subtracts. And what is infinity divided by infinity?",
        "Write it with an exp that can only be small: exp(−2·|x|) lies between 0 and 1. The sign of x comes back at "
        "the end.",
        "`e = torch.exp(-2 * …)` with a number that is never negative, so that e lies between 0 and 1; then "
        "(1 − e) / (1 + e) has the right size. Which sign does it need?",
    ),
    follows_device=True,
)


@visible
@pytest.mark.points(0.75)
def test_values(student: Student, reference: Student, rng: Draw) -> None:
    """tanh(1) is 0.7616, and each number of a table is answered in its place"""
    for x in (torch.tensor(1.0), torch.tensor([-2.0, 0.0, 0.5]), rng.normal(3, 4, scale=2)):
        assert_close(student.tanh(x), reference.tanh(x))


@visible
@pytest.mark.points(0.75)
def test_large_numbers(student: Student, reference: Student, rng: Draw) -> None:
    """for ±1000 the answer is 1 or −1, and never NaN"""
    x = torch.cat([torch.tensor([1000.0, -1000.0]), rng.uniform(90, 200, 2), rng.uniform(-200, -90, 2)])
    answer = student.tanh(x)
    assert_finite(answer)
    assert_close(answer, reference.tanh(x))


@visible
@pytest.mark.points(0.25)
def test_stays_on_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is a tensor on the device of x"""
    x = rng.normal(4)
    assert_close(student.tanh(x), reference.tanh(x))
    assert_follows_device(student.tanh, x)


@pytest.mark.points(0.25)
def test_other_dtypes(student: Student, reference: Student, rng: Draw) -> None:
    """float64 stays float64, in any shape, a single number stays where it is, and x is left as it was"""
    x = rng.normal(2, 3, 2, scale=2, dtype=torch.float64)
    for numbers in (x, x[0, 0, 0], rng.normal(1, 5, scale=3)):
        assert_close(student.tanh(numbers), reference.tanh(numbers))
    assert_follows_device(student.tanh, x[0, 0, 0])
    far = 100 * x
    held = keep(student, far.clone())
    student.tanh(held)
    assert_unchanged(far, fetch(held), "x")
