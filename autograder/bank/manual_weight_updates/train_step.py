"""One training step: the loss, fresh gradients, and the update, as an optimiser would do it."""

from __future__ import annotations

import contextlib
import itertools
from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks import (
    CheckFailed,
    Wanted,
    assert_close,
    assert_equal,
    assert_leaves_state,
    assert_moved_by_gradient,
    assert_type,
    assert_unchanged,
)
from autograder.checks.models import NESTED_WEIGHTS, nested_network, network
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import (
    Remote,
    Student,
    StudentFailed,
    define,
    flags,
    gradient,
    gradients,
    keep,
    parameters,
)

QUESTION = Question(
    id="train_step",
    points=3,
    names=("train_step",),
    title="One training step",
    minutes=12,
    difficulty="medium",
    hints=(
        "Five things happen in every step. Which one makes sure that only this step's gradient counts?",
        "In this order: clear the gradients, compute the loss, `backward()`, move the parameters, "
        "return the loss as a number.",
        "`zero_grads(model.parameters())`, `loss = loss_fn(model(x), y)`, `loss.backward()`, "
        "`sgd_step(model.parameters(), lr)`, `return loss.item()`.",
    ),
    follows_device=True,
)

Batch = tuple[torch.Tensor, torch.Tensor]

# For a linear model the gradient of this loss depends on the batch alone, not on where the parameters are: so a
# step shows which calls' gradients are in it.
MEAN_PRODUCT = """
def mean_product(prediction, target):
    return (prediction * target).sum(dim=1).mean()
"""

MEAN_ABSOLUTE = """
def mean_absolute(prediction, target):
    return (prediction - target).abs().mean()
"""


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


def times_each(before: torch.Tensor, after: torch.Tensor, slopes: list[torch.Tensor], lr: float) -> list[float] | str:
    """How many times −lr · gradient of each call is in a move; words where it is not made of them."""
    if after.shape != before.shape:
        return f"the shape became {tuple(after.shape)}"
    move = (after.double() - before.double()).flatten()
    steps = torch.stack([-lr * slope.double().flatten() for slope in slopes], dim=1)
    if not bool(move.isfinite().all()):
        return "not finite"
    times = torch.linalg.lstsq(steps, move).solution
    # For the words alone; rounding leaves up to 4e-5, as in ``assert_moved_by_gradient``.
    if float((move - steps @ times).norm()) > 0.05 * float(move.norm()):
        return "not along these gradients"
    return [round(time, 2) + 0.0 for time in times.tolist()]


def in_words(moves: dict[str, Any]) -> str:
    """What moved each call's parameters, for a student: "call 2 by gradient 1 + gradient 2"."""
    told: dict[str, list[str]] = {}
    for label, times in moves.items():
        call, _, name = label.partition(", ")
        if not name:
            continue
        parts = [
            f"{'' if t == 1 else f'{t:g} × '}gradient {k}" for k, t in enumerate(times, start=1) if t
        ] if isinstance(times, list) else [f"another way ({times})"]  # fmt: skip
        told.setdefault(call, []).append(" + ".join(parts) or "nothing")
    return ", ".join(f"{call} by {' and '.join(dict.fromkeys(parts))}" for call, parts in told.items())


def answers_for(student: Student, model: Remote, x: torch.Tensor, y: torch.Tensor, lr: float, calls: int) -> list[Any]:
    """What so many calls answer; where a gradient that is None stops one, say whether `backward()` came before."""
    loss = student.torch.nn.MSELoss()
    try:
        return [student.train_step(model, x, y, loss, lr) for _ in range(calls)]
    except StudentFailed as failed:
        if not failed.at_none:
            raise
        problem = failed
    seen = keep(student, x.clone().requires_grad_())  # `backward()` gives it a gradient too
    with contextlib.suppress(StudentFailed):
        student.train_step(model, seen, y, loss, lr)
    came = "before `backward()`" if gradient(seen) is None else "after `backward()`"
    if "'zero_'" in problem.failure.message:
        came = "where gradients were cleared"
    words = "an error was raised where the gradient of a parameter is None"
    raise CheckFailed(words, f"stopped {came}", Wanted("no error")) from problem


@visible
@pytest.mark.points(1.5)
def test_three_calls(student: Student, reference: Student, rng: Draw) -> None:
    """each of three calls moves every parameter by −lr · gradient, with nothing left from the call before"""
    layers, lr = [rng.linear(3, 4)], rng.number(0.05, 0.09)
    model, twin = network(student, layers), network(reference, layers)
    losses = [define(side, "mean_product", MEAN_PRODUCT) for side in (student, reference)]
    stations, slopes = [parameters(model)], []
    for x, y in [(rng.normal(6, 3), rng.normal(6, 4)) for _ in range(3)]:
        student.train_step(model, x, y, losses[0], lr)
        reference.train_step(twin, x, y, losses[1], lr)
        stations.append(parameters(model))
        slopes.append({name: slope for name, slope in gradients(twin).items() if slope is not None})
    moves: dict[str, Any] = {}
    for number, name in itertools.product(range(3), stations[0]):
        before, after = stations[number][name], stations[number + 1][name]
        moves[f"call {number + 1}, {name}"] = times_each(before, after, [slope[name] for slope in slopes], lr)
    if all(times == [0.0, 0.0, 0.0] for times in moves.values()):
        left = any(slope is not None and bool(slope.any()) for slope in gradients(model).values())
        moves["afterwards"] = "gradients are there" if left else "no gradient is there"
    own = [
        {name: start - lr * slope[name] for name, start in station.items()}
        for station, slope in zip(stations[:3], slopes, strict=True)
    ]
    try:
        assert_close(stations[1:], own)
    except CheckFailed:
        words = "each call should move every parameter by −lr times its own gradient"
        wanted = Wanted("call 1 by gradient 1, call 2 by gradient 2, call 3 by gradient 3")
        raise CheckFailed(words, in_words(moves), wanted, whole=(moves, [])) from None


def assert_same_numbers(actual: list[Any], expected: list[float]) -> None:
    """Fail unless the losses are floats, and the expected ones."""
    for loss in actual:
        if isinstance(loss, torch.Tensor):
            raise CheckFailed("the loss is a tensor, a plain float was wanted", "a tensor", Wanted("a float"))
        assert_type(loss, float, np.floating, what="the loss")
    assert_close([float(loss) for loss in actual], expected, "the loss", rtol=1e-5, atol=1e-6)


@visible
@pytest.mark.points(0.5)
def test_returns_loss_before_update(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is a plain number: the loss before the parameters moved"""
    layers = [rng.linear(4, 3)]
    x, y, lr = rng.normal(6, 4), rng.normal(6, 3), 0.2
    model, twin = network(student, layers), network(reference, layers)
    actual = answers_for(student, model, x, y, lr, calls=2)
    expected = [reference.train_step(twin, x, y, reference.torch.nn.MSELoss(), lr) for _ in range(2)]
    assert_same_numbers(actual, expected)


@pytest.mark.points(0.5)
def test_other_models_losses_and_batches(student: Student, reference: Student, rng: Draw) -> None:
    """it works with any model, any loss function and a new batch each time"""
    layers = [rng.linear(5, 6), rng.linear(6, 4), rng.linear(4, 3)]
    lr = rng.number(0.05, 0.2)
    batches = [(rng.normal(size, 5), rng.integers(0, 2, size)) for size in (7, 4, 8)]
    losses = [student.torch.nn.CrossEntropyLoss(), reference.torch.nn.CrossEntropyLoss()]
    sides = student, network(student, layers, "Sigmoid"), reference, network(reference, layers, "Sigmoid")
    assert_steps_alike(*sides, batches, losses, lr)
    line = [rng.linear(4, 1)]
    losses = [define(side, "mean_absolute", MEAN_ABSOLUTE) for side in (student, reference)]
    sides = student, network(student, line), reference, network(reference, line)
    assert_steps_alike(*sides, [(rng.normal(3, 4), rng.normal(3, 1)) for _ in range(3)], losses, lr)


@pytest.mark.points(0.5)
def test_frozen_parameters_and_old_gradients(student: Student, reference: Student, rng: Draw) -> None:
    """in any model, frozen and unused parameters and the mode stay, the others move, and no old gradient counts"""
    layers = [rng.linear(3, 5), rng.linear(5, 4), rng.linear(4, 2)]
    x, y = rng.normal(6, 3), rng.normal(6, 2)
    frozen, lr, old = rng.choice(NESTED_WEIGHTS), rng.number(0.05, 0.2), rng.number(0.5, 1.5)
    model, twin = (nested_network(side, layers, frozen, old) for side in (student, reference))
    before, asked = parameters(model), flags(model)
    answers_for(student, model, x, y, lr, calls=1)
    reference.train_step(twin, x, y, reference.torch.nn.MSELoss(), lr)
    after = parameters(model)
    slopes = {name: slope for name, slope in gradients(twin).items() if slope is not None}
    still = [name for name in before if name not in slopes]
    assert_moved_by_gradient({name: before[name] for name in slopes}, after, slopes, lr)
    words = "a frozen or unused parameter"
    assert_unchanged({name: before[name] for name in still}, {name: after[name] for name in still}, words)
    assert_equal(flags(model), asked, "requires_grad of a parameter changed")
    fresh = nested_network(student, layers, frozen, old)
    assert_leaves_state(student, student.train_step, fresh, x, y, student.torch.nn.MSELoss(), lr)
    assert_leaves_state(student, student.train_step, fresh, x, y, student.torch.nn.MSELoss(), lr, in_eval_mode=True)
