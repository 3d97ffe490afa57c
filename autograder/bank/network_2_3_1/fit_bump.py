"""A bump that no line can find: enough hidden units, and the best of several starts."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from autograder.bank.question import Question, visible
from autograder.checks import assert_equal, assert_true
from autograder.checks.closeness import as_tensor, kind_of
from autograder.draw import Draw
from autograder.session.proxy import Remote, Student

QUESTION = Question(
    id="fit_bump",
    points=2,
    names=("fit_bump",),
    title="A bump and several starts",
    hints=(
        "A bump goes up and down again. How many S-curves do you need at least to build it, and is the "
        "least enough to find it?",
        "Build a 1-h-1 network with sigmoid or tanh units, train it with Adam (lr 0.1, 600 epochs), and "
        "measure its accuracy with the threshold 0.5. Do that from several starts; keep the best model, "
        "and stop early when all rows are right.",
        "`for _ in range(5):` build `nn.Sequential(nn.Linear(1, 8), nn.Sigmoid(), nn.Linear(8, 1), "
        "nn.Sigmoid())`, train, `acc = ((model(X) > 0.5).float() == y).float().mean()`; if `acc > "
        "best_acc`: remember model and acc.",
    ),
    seconds=30.0,
)

ENOUGH = 0.95


def bump(X: torch.Tensor, centre: int) -> torch.Tensor:
    """1 for the seven positions from centre − 3 to centre + 3, shape (N, 1)."""
    return ((X - centre).abs() < 3.5).float()


def positions() -> torch.Tensor:
    """The forty positions −20, −19, …, 19 as a column."""
    return torch.arange(-20, 20).float().reshape(-1, 1)


def outputs(student: Student, X: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """What the student's fitted model answers for X, once it is known to be probabilities."""
    model = student.fit_bump(X, y)
    assert_true(
        isinstance(model, Remote),
        f"{kind_of(model)} came back where a model was wanted",
        actual=kind_of(model),
    )
    answer = model(X)
    usable = isinstance(answer, (torch.Tensor, np.ndarray))
    assert_true(usable, f"the model answers with a {kind_of(answer)}, a tensor was wanted", actual=kind_of(answer))
    got = as_tensor(answer)
    assert_equal(tuple(got.shape), tuple(y.shape), "the shape of the model's output is different")
    assert_true(bool(torch.isfinite(got).all()), "the model's output is NaN", actual="NaN")
    inside = bool((got >= 0).all() and (got <= 1).all())
    assert_true(inside, "the model's output is no probability: it lies outside 0 to 1", actual="outside 0 to 1")
    return got.double()


def accuracy(probs: torch.Tensor, y: torch.Tensor) -> float:
    """The share of rows on the right side of 0.5."""
    return float(((probs > 0.5) == (y > 0.5)).double().mean())


@visible
@pytest.mark.points(0.5)
def test_finds_the_bump_in_the_middle(student: Student) -> None:
    """the model is right for 95 % of the 40 points of which the middle 7 are positive"""
    X = positions()
    reached = accuracy(outputs(student, X, bump(X, 0)), bump(X, 0))
    what = f"{reached:.1%} of the points are right, 95 % are wanted (always answering 0 gives 82.5 %)"
    assert_true(reached >= ENOUGH, what, actual="the bump is not found")


@pytest.mark.points(1)
def test_finds_bumps_to_the_side(student: Student, rng: Draw) -> None:
    """the same for three bumps of 7 points to the left and to the right of the middle"""
    shift = rng.number(-0.3, 0.3, 0.1)
    missed = 0
    for centre in rng.sample([5, -5, rng.choice([4, -4])], 3):
        order = rng.permutation(40)
        x, y = positions()[order], bump(positions(), centre)[order]
        missed += accuracy(outputs(student, x + shift, y), y) < ENOUGH
    what = f"{missed} of 3 bumps were not found: the model is right for fewer than 95 % of the points"
    assert_true(missed == 0, what, actual="bumps are missed")


@pytest.mark.points(0.5)
def test_stays_finite(student: Student, rng: Draw) -> None:
    """with positions in the hundreds the model's output is still a probability, not NaN"""
    X = positions() * rng.integer(30, 40)
    outputs(student, X, bump(positions(), rng.integer(-4, 4)))
