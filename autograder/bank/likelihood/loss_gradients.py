"""Why cross-entropy and not the squared error: their slopes where the model is confidently wrong."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_true, assert_unchanged
from autograder.checks.numbers import as_flag
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, fetch, keep

QUESTION = Question(
    id="loss_gradients",
    points=2,
    names=("loss_gradients", "mse_is_differentiable", "mse_is_convex"),
    title="Two losses and their slopes",
    minutes=15,
    difficulty="hard",
    hints=(
        "Both are chains: from z to p = sigmoid(z), from p to the loss. What is the derivative of the sigmoid?",
        "Squared error: 2 · (p − y) times p · (1 − p). Cross-entropy: the same factor p · (1 − p) cancels, "
        "and p − y is left. Convex means: the slope never falls where z grows.",
        "`p = torch.sigmoid(z)`, then `2 * (p - y) * p * (1 - p)` and `p - y`.",
    ),
)


def pair(answer: Any) -> list[Any]:
    """The two tensors of an answer."""
    if not isinstance(answer, (list, tuple)) or len(answer) != 2:
        raise CheckFailed("two things were wanted, (mse, ce)", answer, Wanted("a pair (mse, ce)"))
    return list(answer)


def assert_slopes(student: Student, reference: Student, z: torch.Tensor, y: torch.Tensor) -> None:
    """Fail unless both slopes are right for every sample."""
    names = ("squared error", "cross-entropy")
    got = dict(zip(names, pair(student.loss_gradients(z, y)), strict=True))
    wanted = dict(zip(names, pair(reference.loss_gradients(z, y)), strict=True))
    assert_close(got, wanted, rtol=5e-4, atol=2e-6, check_dtype=False)


def said(student: Student, name: str) -> Any:
    """What a name without arguments says: a function, as in the notebook, or a plain True or False."""
    answer = fetch(getattr(student, name))
    if isinstance(answer, Remote):
        answer = getattr(student, name)()
    return as_flag(answer)


@visible
@pytest.mark.points(0.75)
def test_surely_wrong(student: Student, reference: Student) -> None:
    """the slopes are right where the model is confidently wrong, unsure, and confidently right"""
    z, y = torch.tensor([-4.0, 0.0, 4.0, 3.0]), torch.tensor([1.0, 1.0, 1.0, 0.0])
    assert_slopes(student, reference, z, y)


@visible
@pytest.mark.points(0.5)
def test_two_facts(student: Student, reference: Student) -> None:
    """the two statements about the squared error of a sigmoid are judged rightly"""
    names = ("mse_is_differentiable", "mse_is_convex")
    answers = {name: said(student, name) for name in names}
    wanted = {name: bool(getattr(reference, name)()) for name in names}
    usable = all(isinstance(answer, bool) for answer in answers.values())
    assert_true(usable, "not both are True or False", actual=answers, expected=Wanted("True or False for each"))
    assert_true(answers == wanted, "a statement is judged otherwise", actual=answers, expected=wanted)


@pytest.mark.points(0.75)
def test_other_scores(student: Student, reference: Student, rng: Draw) -> None:
    """other scores, as many as there are; they stay as they are"""
    z = rng.normal(5, scale=2.0)
    held = keep(student, z.clone())
    student.loss_gradients(held, rng.integers(0, 1, 5).float())
    assert_unchanged(z, fetch(held), "the scores that were given")
    for rows in (6, 1):
        assert_slopes(student, reference, rng.normal(rows, scale=2.0), rng.integers(0, 1, rows).float())
