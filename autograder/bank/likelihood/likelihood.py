"""How probable a sequence of coin flips is."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import assert_close
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="likelihood",
    points=2,
    names=("likelihood",),
    title="The likelihood of some flips",
    minutes=5,
    difficulty="easy",
    hints=(
        "How probable is one head, and how probable is one tail? And both, one after the other?",
        "Every head brings a factor θ, every tail a factor 1 − θ. Multiply them all.",
        "`torch.where(flips == 1, …, …)` gives each flip its probability; then one method multiplies all of "
        "them. A loop does as well.",
    ),
)


def assert_likelihoods(student: Student, reference: Student, cases: list[tuple[float, torch.Tensor]]) -> None:
    """Fail unless every answer is one number, and the right one."""
    answers: list[Any] = [student.likelihood(theta, flips) for theta, flips in cases]
    got = [as_number(answer, "the likelihood") for answer in answers]
    wanted = [float(reference.likelihood(theta, flips)) for theta, flips in cases]
    assert_close(got, wanted, "the likelihood", rtol=1e-4, atol=1e-9)


def flips_with(rng: Draw, heads: int, tails: int) -> torch.Tensor:
    """So many heads and tails, in random order."""
    return torch.tensor([1] * heads + [0] * tails)[rng.permutation(heads + tails)]


@visible
@pytest.mark.points(0.75)
def test_the_notebooks_flips(student: Student, reference: Student) -> None:
    """the notebook's example comes out right"""
    assert_likelihoods(student, reference, [(0.2, torch.tensor([1, 1, 0]))])


@visible
@pytest.mark.points(0.5)
def test_heads_only_and_any_order(student: Student, reference: Student) -> None:
    """three heads, two tails, and the same flips in another order"""
    sequences = [[1, 1, 1], [0, 0], [1, 0, 0, 1], [0, 1, 1, 0]]
    assert_likelihoods(student, reference, [(0.3, torch.tensor(flips)) for flips in sequences])


@pytest.mark.points(0.75)
def test_other_flips(student: Student, reference: Student, rng: Draw) -> None:
    """other probabilities and numbers of flips"""
    cases = [
        (rng.number(0.55, 0.8), flips_with(rng, 5, 3)),
        (rng.number(0.2, 0.4), flips_with(rng, 2, 4)),
        (rng.number(0.1, 0.3), flips_with(rng, 1, 0)),
    ]
    assert_likelihoods(student, reference, cases)
