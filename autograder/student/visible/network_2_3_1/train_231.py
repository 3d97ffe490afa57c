"""Visible checks of ``train_231``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_losses_close, assert_true
from autograder.draw import Draw
from autograder.session.proxy import Remote, Student, keep, parameters

State = dict[str, torch.Tensor]


def draw_start(rng: Draw) -> State:
    """Initial weights of Sequential(Linear, ReLU, Linear, Sigmoid), 2-3-1; units are on near the origin."""
    W1, _ = rng.linear(2, 3)
    W2, b2 = rng.linear(3, 1)
    return {"0.weight": W1, "0.bias": rng.uniform(0.2, 0.7, 3), "2.weight": W2, "2.bias": b2}


def draw_points(rng: Draw, rows: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Points and targets of shape (rows, 1), of both classes, that a line does not quite separate."""
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


def assert_trained(model: Remote, start: State) -> None:
    """Fail if the model over there still has the weights it had before training."""
    after = parameters(model)
    moved = any(not torch.equal(after[name].cpu(), start[name]) for name in start)
    assert_true(moved, "the model that was given has not changed", actual="unchanged", expected="trained")


def test_replays_twelve_epochs(student: Student, reference: Student, rng: Draw) -> None:
    """each epoch's loss is that of full-batch gradient descent with BCELoss, noted before the step"""
    start, (X, y) = draw_start(rng), draw_points(rng, 11)
    lr = rng.number(0.6, 0.9)
    wanted = reference.train_231(build(reference, start, X), X, y, epochs=12, lr=lr)
    model = build(student, start, X)
    losses = student.train_231(model, X, y, epochs=12, lr=lr)
    assert_trained(model, start)
    assert_losses_close(losses, wanted)
