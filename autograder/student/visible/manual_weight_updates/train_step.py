"""Visible checks of ``train_step``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from autograder.checks import assert_close, assert_moved_by_gradient, assert_type
from autograder.checks.models import network
from autograder.draw import Draw
from autograder.session.proxy import Remote, Student, gradients, parameters

Batch = tuple[torch.Tensor, torch.Tensor]


def assert_steps_alike(
    student: Student,
    model: Remote,
    reference: Student,
    twin: Remote,
    batches: list[Batch],
    losses: list[Remote],
    lr: float,
) -> None:
    """Fail unless each call moved the model by −lr times that call's gradient.

    ``model`` and ``twin`` are the same network, ``losses`` the loss function, on the student's side and
    the reference's. All calls are judged together: what tells mistakes apart is how the calls differ.
    """
    before: dict[str, torch.Tensor] = {}
    after: dict[str, torch.Tensor] = {}
    slopes: dict[str, torch.Tensor] = {}
    now = parameters(model)
    for number, (x, y) in enumerate(batches, start=1):
        student.train_step(model, x, y, losses[0], lr)
        reference.train_step(twin, x, y, losses[1], lr)
        found = gradients(twin)
        then = parameters(model)
        for name, slope in found.items():
            if slope is not None:
                label = f"call {number}, {name}"
                before[label], after[label], slopes[label] = now[name], then[name], slope
        now = then
    assert_moved_by_gradient(before, after, slopes, lr)


def test_three_calls(student: Student, reference: Student, rng: Draw) -> None:
    """each of three calls moves every parameter by −lr · gradient, with nothing left from the call before"""
    layers = [rng.linear(3, 2)]
    x, y, lr = rng.normal(6, 3), rng.normal(6, 2), rng.number(0.05, 0.09)
    losses = [student.torch.nn.MSELoss(), reference.torch.nn.MSELoss()]
    sides = student, network(student, layers), reference, network(reference, layers)
    assert_steps_alike(*sides, [(x, y)] * 3, losses, lr)


def assert_same_numbers(actual: list[Any], expected: list[float]) -> None:
    """Fail unless the losses are floats, and the expected ones."""
    for loss in actual:
        assert_type(loss, float, np.floating, what="the loss")
    assert_close([float(loss) for loss in actual], expected, "the loss", rtol=1e-5, atol=1e-6)


def test_returns_loss_before_update(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is a plain number: the loss before the parameters moved"""
    layers = [rng.linear(4, 3)]
    x, y, lr = rng.normal(6, 4), rng.normal(6, 3), 0.2
    model, twin = network(student, layers), network(reference, layers)
    actual = [student.train_step(model, x, y, student.torch.nn.MSELoss(), lr) for _ in range(2)]
    expected = [reference.train_step(twin, x, y, reference.torch.nn.MSELoss(), lr) for _ in range(2)]
    assert_same_numbers(actual, expected)
