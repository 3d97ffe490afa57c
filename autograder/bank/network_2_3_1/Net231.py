"""The 2-3-1 network as a module: two inputs, three ReLU units, one probability."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import nn

from autograder.checks import (
    CheckFailed,
    Wanted,
    assert_close,
    assert_equal,
    assert_true,
)
from autograder.checks.devices import assert_model_follows_device
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, call, fetch, gradients, keep, parameters, transfer

QUESTION = Question(
    id="Net231",
    points=3,
    names=("Net231",),
    title="The 2-3-1 network as a module",
    minutes=12,
    difficulty="easy",
    hints=(
        "Read the name from left to right: 2 inputs, 3 hidden units, 1 output. Which two layers lie between them?",
        "Start `__init__` with `super().__init__()`, then give the module two `nn.Linear` layers as "
        "attributes. In `forward`: linear, ReLU, linear, sigmoid.",
        "`self.hidden = nn.Linear(2, …)` and `self.output = nn.Linear(…, 1)`. In forward: hidden, ReLU, "
        "output, and at the very end the function that makes a probability.",
    ),
    follows_device=True,
)

Weights = dict[str, torch.Tensor]


def kept_tensors(model: nn.Module, x: torch.Tensor) -> Any:
    """Names of the tensors that a forward pass leaves on the module; such a module cannot be copied any more."""

    def tensors() -> Any:
        return {
            name
            for module in model.modules()
            for name, value in vars(module).items()
            if isinstance(value, torch.Tensor) and value.grad_fn is not None
        }

    before = tensors()
    model(x)
    return sorted(tensors() - before)


def moved(x: torch.Tensor, model: Any) -> Any:
    """What the network gives on the device of the input."""
    return model.to(x.device)(x)


def draw_weights(rng: Draw, rows: int) -> tuple[Weights, torch.Tensor]:
    """Weights and points for which every unit is on and off, and the score is clearly of both signs."""
    while True:
        weights = {"W1": rng.normal(3, 2), "b1": rng.normal(3), "W2": rng.normal(1, 3), "b2": rng.normal(1)}
        x = rng.normal(rows, 2, scale=1.5)
        before = x @ weights["W1"].T + weights["b1"]
        score = before.relu() @ weights["W2"].T + weights["b2"]
        plain = before @ weights["W2"].T + weights["b2"]
        both = bool((before > 0.2).any(0).all() and (before < -0.2).any(0).all())
        clear = bool(score.min() < -0.5 and score.max() > 0.5 and (score - plain).abs().max() > 0.5)
        if both and clear:
            return weights, x


def assert_13(model: Remote) -> Weights:
    """The parameters of a model over there, once they are known to be 13, of the sizes of 2-3-1."""
    own = parameters(model)
    sizes = sorted(value.numel() for value in own.values())
    total = sum(sizes)
    if total != 13:
        failed = CheckFailed("the number of parameters is different", total, 13)
        units = total // 4
        layers = {6: 1, 3: 2, 1: 1}  # how many of each size 2-3-1 has
        if sizes == sorted([2 * units, units, units, 1]):
            failed.whole = ("another number of hidden units", 13)  # the same mistake, whichever number it is
        elif total and 6 in sizes and all(sizes.count(size) <= layers.get(size, 0) for size in sizes):
            failed.whole = ("a bias is missing", 13)
        elif total:
            failed.whole = ("other layers", 13)
        raise failed
    assert_equal(sizes, [1, 3, 3, 6], "the sizes of the parameters are different")
    return own


def with_weights(side: Student, weights: Weights, x: torch.Tensor) -> Remote:
    """A new Net231 over there with these weights, whatever its layers are called, where ``x`` is."""
    model = side.Net231()
    own = assert_13(model)
    three = [name for name, value in own.items() if value.numel() == 3]
    bias = next((name for name in three if own[name].dim() == 1), three[0])  # else the one that comes first
    state: Weights = {}
    for name, value in own.items():
        key = {6: "W1", 1: "b2"}.get(value.numel(), "b1" if name == bias else "W2")
        wanted = weights[key]
        turned = wanted.dim() == 2 and wanted.shape != value.shape and wanted.T.shape == value.shape
        state[name] = wanted.T.contiguous() if turned else wanted.reshape(value.shape)
    model.load_state_dict(state, False)
    placed: Remote = model.to(keep(side, x))
    return placed


def assert_keeps_nothing(student: Student, x: torch.Tensor) -> None:
    """Fail where a forward pass leaves a tensor with its graph on the module."""
    kept: list[str] = transfer(student, kept_tensors)(student.Net231(), x)
    words = "forward keeps tensors on the module, with the whole graph of the last batch"
    assert_true(not kept, words, actual="a tensor is kept", expected=Wanted("nothing is kept between two calls"))


@visible
@pytest.mark.points(1)
def test_has_13_parameters(student: Student) -> None:
    """the network has 13 parameters: 6 + 3 for the hidden layer, 3 + 1 for the output"""
    own = assert_13(student.Net231())
    largest = next(tuple(value.shape) for value in own.values() if value.numel() == 6)
    table = Wanted("(3, 2), three units with two weights each")  # (2, 3) is the same table, lying on its side
    assert_true(largest in ((3, 2), (2, 3)), "the 6 weights have another shape", actual=largest, expected=table)


@visible
@pytest.mark.points(1)
def test_output_with_known_weights(student: Student, reference: Student, rng: Draw) -> None:
    """with given weights the output is sigmoid(W2 · relu(W1 · x + b1) + b2), of shape (N, 1), and nothing is kept"""
    weights, x = draw_weights(rng, rows=7)
    wanted = with_weights(reference, weights, x)(x)
    assert_close(with_weights(student, weights, x)(x), wanted, "the output")
    assert_keeps_nothing(student, x)


@pytest.mark.points(0.25)
def test_can_be_trained(student: Student, rng: Draw) -> None:
    """a backward pass from the output gives every one of the 13 parameters a gradient"""
    weights, x = draw_weights(rng, rows=8)
    model = with_weights(student, weights, x)
    output = call(model, x, keep=True)
    tracked = bool(fetch(output.requires_grad))
    words = "the output knows nothing of the parameters: nothing could be trained"
    assert_true(tracked, words, actual="requires_grad is False", expected=Wanted("an output with a graph"))
    squares = call(output.square, keep=True)  # a plain sum would be blind to outputs that always sum up to 1
    call(squares.sum, keep=True).backward()
    missing = [name for name, value in gradients(model).items() if value is None or not bool(value.any())]
    words = "some parameters have no gradient after the backward pass"
    assert_true(not missing, words, actual=missing, expected=Wanted("a gradient for every parameter"))


@pytest.mark.points(0.5)
def test_one_row_no_rows_and_many(student: Student, reference: Student, rng: Draw) -> None:
    """a single point of shape (2,) gives (1,), an empty batch gives (0, 1), and a row's answer is its own"""
    weights, x = draw_weights(rng, rows=9)
    ours, theirs = with_weights(student, weights, x), with_weights(reference, weights, x)
    assert_close(ours(x), theirs(x), "a batch of 9")
    assert_close(ours(x[4:5]), theirs(x[4:5]), "a batch of one")
    assert_close(ours(x[2]), theirs(x[2]), "one point without a batch")
    empty = ours(x[:0])
    kind = type(empty).__name__
    assert_true(
        isinstance(empty, torch.Tensor), "the empty batch gave no tensor", actual=kind, expected=Wanted("a tensor")
    )
    assert_equal(tuple(empty.shape), (0, 1), "the shape of the output of an empty batch is different")


@pytest.mark.points(0.25)
def test_follows_the_device(student: Student, rng: Draw) -> None:
    """the network computes where its weights and its input are"""
    weights, x = draw_weights(rng, rows=5)
    model = with_weights(student, weights, x)
    assert_model_follows_device(student, moved, x, model)
