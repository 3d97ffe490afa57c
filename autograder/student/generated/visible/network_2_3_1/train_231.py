"""Visible checks of ``train_231``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import math
from typing import Any

import torch

from autograder.checks import Wanted, assert_losses_close, assert_true
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, fetch, keep, parameters

State = dict[str, torch.Tensor]

ANOTHER_PATH = "the first loss is right, then another path"


def draw_start(rng: Draw) -> State:
    """Initial weights of Sequential(Linear, ReLU, Linear, Sigmoid), 2-3-1; units are on near the origin."""
    W1, _ = rng.linear(2, 3)
    W2, b2 = rng.linear(3, 1)
    return {"0.weight": W1, "0.bias": rng.uniform(0.2, 0.7, 3), "2.weight": W2, "2.bias": b2}


def draw_points(rng: Draw, rows: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Points and targets of shape (rows, 1), of both classes, that a line does not quite separate.

    The tests draw more than 32, so that mini-batches of the usual sizes show.
    """
    X = rng.normal(rows, 2)
    y = (X[:, :1] + 0.5 * X[:, 1:] > 0.2).float()
    y[rows // 2] = 1 - y[rows // 2]
    y[0], y[1] = 1.0, 0.0
    return X, y


def build(side: Student, start: State, X: torch.Tensor) -> Remote:
    """The network over there with these weights, on the device where inputs are put."""
    nn = side.torch.nn
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())
    model.load_state_dict(start)
    placed: Remote = model.to(keep(side, X))
    return placed


def numbers(losses: Any) -> list[float]:
    """The losses as floats; empty where something else came back."""
    usable = isinstance(losses, (list, tuple)) and all(isinstance(loss, (int, float)) for loss in losses)
    return [float(loss) for loss in losses] if usable else []


def same(one: float, other: float) -> bool:
    """Whether two losses are those of the same weights."""
    return math.isclose(one, other, rel_tol=1e-4, abs_tol=1e-6)


def assert_trained(model: Remote, start: State, losses: Any) -> None:
    """Fail if the model over there still has the weights it had before training."""
    after = parameters(model)
    moved = any(not torch.equal(after[name].cpu(), start[name]) for name in start)
    got = numbers(losses)
    still = len(got) > 1 and max(got) == min(got)
    words = "the model that was given has not changed" + (", and every loss is the same: no step was made" * still)
    actual = "unchanged, no step was made" if still else "unchanged"
    assert_true(moved, words, actual=actual, expected=Wanted("a trained model"))


def updates(model: Remote) -> int:
    """How often the first weight has been changed in place so far."""
    return int(fetch(model[0].weight._version))


def agree(one: Remote, other: Remote) -> bool:
    """Whether two networks have the same weights: then the steps were right, whatever was noted of them."""
    ours, theirs = parameters(one), parameters(other)
    return all(torch.allclose(ours[name].cpu(), theirs[name].cpu(), rtol=1e-4, atol=1e-5) for name in theirs)


def assert_same_path(losses: Any, wanted: list[float], changes: int) -> None:
    """Fail where the run took several steps an epoch, or left the replay with its first step."""
    got = numbers(losses)
    if len(got) != len(wanted) or all(map(same, got, wanted)):
        return
    replay = Wanted("one step of plain gradient descent in every epoch")
    often = 3 if same(got[0], wanted[0]) else 2  # one step of AdamW changes the weights twice
    several = changes >= often * len(wanted)
    words = f"the weights were changed {changes} times in {len(wanted)} epochs"
    assert_true(not several, words, actual="several steps in every epoch", expected=replay)
    left = same(got[0], wanted[0]) and not same(got[1], wanted[1])
    words = "the first loss is right, but the first step is not that of gradient descent with this lr"
    assert_true(not left, words, actual=ANOTHER_PATH, expected=replay)


def test_replays_twelve_epochs(student: Student, reference: Student, rng: Draw) -> None:
    """each epoch's loss is that of full-batch gradient descent with BCELoss, noted before the step"""
    start, (X, y) = draw_start(rng), draw_points(rng, 37)
    lr = rng.number(0.6, 0.9)
    theirs = build(reference, start, X)
    wanted = reference.train_231(theirs, X, y, epochs=12, lr=lr)
    model = build(student, start, X)
    before = updates(model)
    losses = student.train_231(model, X, y, epochs=12, lr=lr)
    assert_trained(model, start, losses)
    if not agree(model, theirs):
        assert_same_path(losses, wanted, updates(model) - before)
    assert_losses_close(losses, wanted)
