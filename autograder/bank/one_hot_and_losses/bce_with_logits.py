"""Binary cross-entropy from raw scores."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks import (
    CheckFailed,
    Wanted,
    assert_close,
    assert_follows_device,
    assert_refuses,
    assert_true,
    assert_unchanged,
)
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, StudentFailed, fetch, keep

QUESTION = Question(
    id="bce_with_logits",
    points=3,
    names=("bce_with_logits",),
    title="Binary cross-entropy from scores",
    minutes=15,
    difficulty="hard",
    hints=(
        "Write the loss of one score with σ, and simplify −ln σ(z) before you put any number in.",
        "Per element the loss is max(z, 0) − z·y + ln(1 + exp(−|z|)); there the exp can only be small. "
        "Refuse different shapes first, and take the mean at the end.",
        "`if z.shape != y.shape: raise ValueError(...)`, then "
        "`(z.clamp(min=0) - z * y + torch.log1p(torch.exp(-z.abs()))).mean()`.",
    ),
    follows_device=True,
)

ON_MODERATE_SCORES = (
    "sigmoid_twice",
    "sum",
    "probs_expected",
    "only_positives",
    "sign_flipped",
    "swapped_targets",
)


def zeros_and_ones(ones: torch.Tensor) -> torch.Tensor:
    """Targets that are 1 in half of the places, in the order that ``ones`` (a permutation) gives."""
    return (ones % 2).float()


def loss_of(student: Student, z: torch.Tensor, y: torch.Tensor) -> Any:
    """The answer; where PyTorch's loss for probabilities refused the scores, that is told as such."""
    try:
        return student.bce_with_logits(z, y)
    except StudentFailed as failed:
        if failed.failure.kind == "raised" and "between 0 and 1" in failed.failure.message:
            words = "PyTorch refused the scores: they are no probabilities between 0 and 1"
            raise CheckFailed(words, math.nan, Wanted("a number")) from failed
        raise


def assert_wrong_forecasts(student: Student, reference: Student, z: torch.Tensor) -> None:
    """Fail unless wrong forecasts cost what they should; a finite loss that is off is told as such."""
    wrong = (z < 0).float()
    answer, wanted = loss_of(student, z, wrong), reference.bce_with_logits(z, wrong)
    try:
        assert_close(answer, wanted)
    except CheckFailed as failed:
        if is_loss(answer) and 2 < float(answer) < math.inf:
            failed.whole = "a finite loss that is off", Wanted("the right loss")
        raise


def is_loss(answer: Any) -> bool:
    """Whether the answer is one real number in a tensor, with a value to look at."""
    if not isinstance(answer, torch.Tensor) or answer.is_meta:
        return False
    return answer.shape == () and answer.is_floating_point()


def assert_answers(student: Student, z: torch.Tensor, y: torch.Tensor) -> None:
    """Fail unless equal shapes get numbers that are others for other scores, and for other targets."""
    answers = [loss_of(student, *pair) for pair in ((z, y), (z + 0.3, y), (z, 1 - y))]
    loss = all(isinstance(answer, (torch.Tensor, np.ndarray, np.generic, float)) for answer in answers)
    loss = loss and not any(torch.equal(*map(torch.as_tensor, (answers[0], other))) for other in answers[1:])
    words, wanted = "scores and targets of one shape get no loss", Wanted("a loss that depends on both")
    assert_true(loss, words, actual=answers, expected=wanted)


@visible
@pytest.mark.points(0.5)
def test_small_scores(student: Student, reference: Student, rng: Draw) -> None:
    """scores that happen to lie between 0 and 1 are scores all the same"""
    pair = rng.apart(
        "bce_with_logits",
        lambda: (rng.uniform(0.1, 0.9, 5), zeros_and_ones(rng.permutation(5))),
        among=ON_MODERATE_SCORES,
    )
    assert_close(loss_of(student, *pair), reference.bce_with_logits(*pair))


@visible
@pytest.mark.points(0.25)
def test_three_photos(student: Student, reference: Student) -> None:
    """the example of the notebook comes out right"""
    z, y = torch.tensor([0.0, 0.0, 1.0]), torch.tensor([0.0, 0.0, 1.0])
    assert_close(loss_of(student, z, y), reference.bce_with_logits(z, y))


@visible
@pytest.mark.points(0.5)
def test_mean_over_all_scores(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is the mean of −ln σ(z) where y is 1 and of −ln(1 − σ(z)) where y is 0"""
    pair = rng.apart(
        "bce_with_logits",
        lambda: (rng.normal(6, scale=2.0), zeros_and_ones(rng.permutation(6))),
        among=ON_MODERATE_SCORES,
    )
    assert_close(loss_of(student, *pair), reference.bce_with_logits(*pair))


@visible
@pytest.mark.points(0.5)
def test_refuses_a_column_and_a_row(student: Student, rng: Draw) -> None:
    """scores of shape (N, 1) with targets of shape (N,) raise an error"""
    z, y = rng.normal(4, 1), zeros_and_ones(rng.permutation(4))
    assert_answers(student, rng.uniform(0.1, 0.6, 4, 1), y[:, None])
    assert_refuses(student.bce_with_logits, z, y, what="scores (4, 1) with targets (4,)")


@visible
@pytest.mark.points(0.75)
def test_confident_scores(student: Student, reference: Student, rng: Draw) -> None:
    """scores of ±100 give the right finite number, whether the forecast is right or wrong"""
    signs = torch.tensor([1.0, -1.0, -1.0, 1.0])
    sizes = torch.tensor([40.0, 40.0, 60.0, 60.0]) + rng.uniform(0, 3, 4)
    assert_wrong_forecasts(student, reference, signs * sizes)  # no exp of these overflows
    z = signs * (100 + rng.uniform(0, 3, 4))
    assert_wrong_forecasts(student, reference, z)
    right = (z > 0).float()
    assert_close(loss_of(student, z, right), reference.bce_with_logits(z, right))


@pytest.mark.points(0.25)
def test_columns_and_tables(student: Student, reference: Student, rng: Draw) -> None:
    """scores and targets of any equal shape do, and (N,) with (N, 1) is refused as well; neither is changed"""
    z, y = rng.normal(3, 4, scale=2.0), zeros_and_ones(rng.permutation(12)).reshape(3, 4)
    assert_close(loss_of(student, z, y), reference.bce_with_logits(z, y))
    held = [keep(student, value.clone()) for value in (z, y)]
    student.bce_with_logits(*held)
    assert_unchanged([z, y], [fetch(value) for value in held], "something that was given")
    assert_close(loss_of(student, z[:, :1], y[:, :1]), reference.bce_with_logits(z[:, :1], y[:, :1]))
    flat, column = z[0], y[0, :, None]
    assert_refuses(student.bce_with_logits, flat, column, what="scores (4,) with targets (4, 1)")


@visible
@pytest.mark.points(0.25)
def test_stays_on_the_device_of_the_scores(student: Student, rng: Draw) -> None:
    """the loss is a tensor on the device of the scores"""
    z, y = rng.normal(4), zeros_and_ones(rng.permutation(4))
    assert_answers(student, rng.uniform(0.1, 0.6, 4), y)
    assert_follows_device(student.bce_with_logits, z, y)
