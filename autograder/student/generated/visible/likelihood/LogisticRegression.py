"""Visible checks of ``LogisticRegression``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, keep, parameters

Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]  # weights, bias, points


def draw_batch(rng: Draw, rows: int, features: int) -> Batch:
    """Weights and points with scores of both signs, some of them between 0 and 0.5."""
    while True:
        w, b, x = rng.normal(features), rng.normal(1), rng.normal(rows, features)
        z = x @ w + b
        both = bool((z > 0.7).any() and (z < -0.3).any() and ((z > 0.1) & (z < 0.4)).any())
        if both and bool((z.abs() > 0.02).all() and z.abs().max() < 6):
            return w, b, x


def with_weights(side: Student, w: torch.Tensor, b: torch.Tensor) -> Remote:
    """A new LogisticRegression over there with these weights, where the inputs are put."""
    model = side.LogisticRegression(len(w))
    if not isinstance(model, Remote):
        raise CheckFailed("LogisticRegression(n_features) is no module", model, Wanted("an nn.Module"))
    own = parameters(model)
    total, wanted = sum(value.numel() for value in own.values()), len(w) + 1
    if total != wanted:
        raise CheckFailed(f"{total} parameters were found", total, wanted)
    state = {name: (b if value.numel() == 1 else w).reshape(value.shape) for name, value in own.items()}
    model.load_state_dict(state, False)
    placed: Remote = model.to(keep(side, w))
    return placed


def assert_labels(answer: Any, wanted: torch.Tensor) -> None:
    """Fail unless the answer holds the wanted zeros and ones, as numbers or flags."""
    assert_close(answer, wanted, "the labels", check_dtype=False)


def test_forward_gives_scores(student: Student, reference: Student, rng: Draw) -> None:
    """for 3 features there are 4 parameters, and the model gives scores of shape (N, 1)"""
    w, b, x = draw_batch(rng, 7, 3)
    model, truth = with_weights(student, w, b), with_weights(reference, w, b)
    assert_close(model(x), truth(x), "the scores")


def test_probabilities(student: Student, reference: Student, rng: Draw) -> None:
    """proba gives the sigmoid of the scores, shape (N, 1)"""
    w, b, x = draw_batch(rng, 6, 3)
    model, truth = with_weights(student, w, b), with_weights(reference, w, b)
    assert_close(model.proba(x), truth.proba(x), "the probabilities")


def test_labels(student: Student, reference: Student, rng: Draw) -> None:
    """predict gives 1 where the probability is above 0.5, else 0, as for 0.5 itself; shape (N, 1)"""
    w, b, x = draw_batch(rng, 8, 3)
    model, truth = with_weights(student, w, b), with_weights(reference, w, b)
    assert_labels(model.predict(x), truth.predict(x))
    unsure = with_weights(student, 0 * w, 0 * b)
    assert_labels(unsure.predict(x[:2]), torch.zeros(2, 1, dtype=torch.int64))
