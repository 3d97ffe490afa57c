"""Visible checks of ``LogisticRegression``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.numbers import as_tensor
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
    placed: Remote = model.to(keep(side, w))
    if sorted(value.numel() for value in own.values()) == [1, len(w)]:
        load(placed, own, {name: b if value.numel() == 1 else w for name, value in own.items()})
    else:
        fill_by_answers(placed, own, w, b)
    return placed


def load(model: Remote, own: dict[str, torch.Tensor], values: dict[str, torch.Tensor]) -> None:
    """Give the model's parameters these values, in their own shapes."""
    model.load_state_dict({name: values[name].reshape(value.shape) for name, value in own.items()}, False)


def fill_by_answers(model: Remote, own: dict[str, torch.Tensor], w: torch.Tensor, b: torch.Tensor) -> None:
    """Fill parameters that are laid out otherwise, all in one tensor say: which number is which, the scores tell.

    The numbers 1, 2, 3, ... stand in the parameters; the score of a row of zeros is then the bias' number, and that of
    a row with a single 1 is more by the number of that feature's weight.
    """
    sizes = [value.numel() for value in own.values()]
    places = torch.arange(1.0, sum(sizes) + 1)
    load(model, own, dict(zip(own, places.split(sizes), strict=True)))
    scores = model(torch.cat([torch.zeros(1, len(w)), torch.eye(len(w))]))
    found = as_tensor(scores).reshape(-1) if isinstance(scores, torch.Tensor) else places
    order = torch.cat([found[:1], found[1:] - found[0]]).round().long() - 1
    if sorted(order.tolist()) != list(range(len(places))):
        return  # what it gives is no score: the tests say so
    filled = torch.empty(len(places))
    filled[order] = torch.cat([b, w])
    load(model, own, dict(zip(own, filled.split(sizes), strict=True)))


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
