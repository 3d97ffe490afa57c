"""The training loop of the 2-3-1 network, replayed from the same start."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_equal, assert_losses_close, assert_true
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, assign, fetch, keep, parameters

QUESTION = Question(
    id="train_231",
    points=4,
    names=("train_231",),
    title="Training the network",
    minutes=20,
    difficulty="hard",
    hints=(
        "Five things happen in every epoch. Which of them must come before `backward()`?",
        "One optimiser for the model you were given, one `nn.BCELoss()`. In each epoch: clear the "
        "gradients, compute the loss of all rows, note it as a float, backward, step.",
        "`opt = torch.optim.SGD(model.parameters(), lr=lr)`; in the loop `opt.zero_grad()`, `loss = "
        "nn.BCELoss()(model(X), y)`, `losses.append(loss.item())`, `loss.backward()`, `opt.step()`.",
    ),
    follows_device=True,
)

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


def assert_no_other_step(
    losses: Any, wanted: list[float], start: State, X: torch.Tensor, y: torch.Tensor, lr: float
) -> None:
    """Fail where the run leaves the replay after its first step, but not because gradients were added up."""
    got = numbers(losses)
    if len(got) != len(wanted) or not same(got[0], wanted[0]) or all(map(same, got, wanted)):
        return
    names = ("0.weight", "0.bias", "2.weight", "2.bias")
    weights = [start[name].detach().cpu().clone().requires_grad_() for name in names]
    added: list[float] = []
    for _ in range(6):
        W1, b1, W2, b2 = weights
        p = ((X @ W1.T + b1).relu() @ W2.T + b2).sigmoid()
        loss = torch.nn.functional.binary_cross_entropy(p, y)
        torch.autograd.backward(loss)
        added.append(float(loss.detach()))
        with torch.no_grad():
            for weight in weights:
                weight -= lr * weight.grad if weight.grad is not None else 0.0
    if not all(map(same, got[:6], added)):
        words = "the first loss is right, but the steps are not those of gradient descent with this lr"
        replay = Wanted("one step of plain gradient descent in every epoch")
        raise CheckFailed(words, ANOTHER_PATH, replay)


@visible
@pytest.mark.points(1.5)
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


@pytest.mark.points(0.75)
def test_defaults(student: Student, reference: Student, rng: Draw) -> None:
    """without further arguments it runs 500 epochs at lr 0.01 and returns 500 floats"""
    start, (X, y) = draw_start(rng), draw_points(rng, 35)
    theirs = build(reference, start, X)
    wanted = reference.train_231(theirs, X, y)
    model = build(student, start, X)
    before = updates(model)
    losses = student.train_231(model, X, y)
    assert_trained(model, start, losses)
    listed, kind = isinstance(losses, (list, tuple)), type(losses).__name__
    assert_true(listed, "no list of losses came back", actual=kind, expected=Wanted("a list"))
    assert_equal(len(losses), 500, "the number of losses is different")
    if not agree(model, theirs):
        assert_same_path(losses, wanted, updates(model) - before)
        assert_no_other_step(losses, wanted, start, X, y, 0.01)
    assert_losses_close(losses, wanted)
    # Once more, on one row, with a gradient left over: nothing of what was before plays a part.
    for side in (model, theirs):
        assign(side[0].weight, "grad", torch.ones(3, 2))
    again = student.train_231(model, X[:1], y[:1], epochs=3, lr=0.1)
    assert_losses_close(again, reference.train_231(theirs, X[:1], y[:1], epochs=3, lr=0.1))


@pytest.mark.points(0.75)
def test_order_of_rows_does_not_matter(student: Student, reference: Student, rng: Draw) -> None:
    """the losses stay the same when the rows come in another order"""
    start, (X, y) = draw_start(rng), draw_points(rng, 39)
    order = rng.permutation(39)
    lr = rng.number(0.6, 0.9)
    theirs = build(reference, start, X)
    wanted = reference.train_231(theirs, X, y, epochs=15, lr=lr)
    model = build(student, start, X)
    before = updates(model)
    losses = student.train_231(model, X[order], y[order], epochs=15, lr=lr)
    assert_trained(model, start, losses)
    if not agree(model, theirs):
        assert_same_path(losses, wanted, updates(model) - before)
        assert_no_other_step(losses, wanted, start, X, y, lr)
    assert_losses_close(losses, wanted)


@pytest.mark.points(0.75)
def test_trains_the_model_it_was_given(student: Student, reference: Student, rng: Draw) -> None:
    """afterwards the model itself has the trained weights, and a second call goes on from there"""
    start, (X, y) = draw_start(rng), draw_points(rng, 36)
    lr = rng.number(0.6, 0.9)
    theirs, ours = build(reference, start, X), build(student, start, X)
    for run in ("the first call", "the second call"):
        begin, before = parameters(theirs), updates(ours)
        replay = reference.train_231(theirs, X, y, epochs=8, lr=lr)
        losses = student.train_231(ours, X, y, epochs=8, lr=lr)
        assert_trained(ours, start, losses)
        changes = updates(ours) - before
        wanted, got = parameters(theirs), parameters(ours)
        try:
            for name, value in got.items():
                assert_close(value, wanted[name], f"{name} after {run}", rtol=1e-4, atol=1e-5)
        except CheckFailed:
            assert_same_path(losses, replay, changes)
            assert_no_other_step(losses, replay, begin, X, y, lr)
            raise


@pytest.mark.points(0.25)
def test_goes_on_to_the_last_epoch(student: Student, reference: Student, rng: Draw) -> None:
    """every epoch has its loss, also where nothing is left to learn"""
    start, (X, y) = draw_start(rng), draw_points(rng, 36)
    start["0.bias"] = torch.full((3,), -50.0)  # every hidden unit is dead, and the last bias is where it belongs
    start["2.bias"] = torch.logit(y.mean()).reshape(1)
    wanted = reference.train_231(build(reference, start, X), X, y, epochs=20, lr=0.5)
    losses = student.train_231(build(student, start, X), X, y, epochs=20, lr=0.5)
    assert_losses_close(losses, wanted)
