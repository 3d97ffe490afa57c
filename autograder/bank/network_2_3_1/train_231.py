"""The training loop of the 2-3-1 network, replayed from the same start."""

from __future__ import annotations

import pytest
import torch

from autograder.bank.question import Question, visible
from autograder.checks import assert_close, assert_equal, assert_losses_close, assert_true
from autograder.draw import Draw
from autograder.session.proxy import Remote, Student, keep, parameters

QUESTION = Question(
    id="train_231",
    points=4,
    names=("train_231",),
    title="Training the network",
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


@visible
@pytest.mark.points(1.5)
def test_replays_twelve_epochs(student: Student, reference: Student, rng: Draw) -> None:
    """each epoch's loss is that of full-batch gradient descent with BCELoss, noted before the step"""
    start, (X, y) = draw_start(rng), draw_points(rng, 11)
    lr = rng.number(0.6, 0.9)
    wanted = reference.train_231(build(reference, start, X), X, y, epochs=12, lr=lr)
    model = build(student, start, X)
    losses = student.train_231(model, X, y, epochs=12, lr=lr)
    assert_trained(model, start)
    assert_losses_close(losses, wanted)


@pytest.mark.points(1)
def test_defaults(student: Student, reference: Student, rng: Draw) -> None:
    """without further arguments it runs 500 epochs at lr 0.01 and returns 500 floats"""
    start, (X, y) = draw_start(rng), draw_points(rng, 9)
    wanted = reference.train_231(build(reference, start, X), X, y)
    model = build(student, start, X)
    losses = student.train_231(model, X, y)
    assert_trained(model, start)
    assert_true(isinstance(losses, (list, tuple)), "no list of losses came back", actual=type(losses).__name__)
    assert_equal(len(losses), 500, "the number of losses is different")
    assert_losses_close(losses, wanted)


@pytest.mark.points(0.75)
def test_order_of_rows_does_not_matter(student: Student, reference: Student, rng: Draw) -> None:
    """the losses stay the same when the rows come in another order"""
    start, (X, y) = draw_start(rng), draw_points(rng, 13)
    order = rng.permutation(13)
    lr = rng.number(0.6, 0.9)
    wanted = reference.train_231(build(reference, start, X), X, y, epochs=15, lr=lr)
    losses = student.train_231(build(student, start, X), X[order], y[order], epochs=15, lr=lr)
    assert_losses_close(losses, wanted)


@pytest.mark.points(0.75)
def test_trains_the_model_it_was_given(student: Student, reference: Student, rng: Draw) -> None:
    """afterwards the model itself has the trained weights, and a second call goes on from there"""
    start, (X, y) = draw_start(rng), draw_points(rng, 10)
    lr = rng.number(0.6, 0.9)
    theirs, ours = build(reference, start, X), build(student, start, X)
    for run in ("the first call", "the second call"):
        reference.train_231(theirs, X, y, epochs=8, lr=lr)
        student.train_231(ours, X, y, epochs=8, lr=lr)
        assert_trained(ours, start)
        wanted = parameters(theirs)
        for name, value in parameters(ours).items():
            assert_close(value, wanted[name], f"{name} after {run}", rtol=1e-4, atol=1e-5)
