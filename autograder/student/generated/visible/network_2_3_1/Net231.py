"""Visible checks of ``Net231``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from autograder.checks import CheckFailed, Wanted, assert_close, assert_equal, assert_true
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, keep, parameters, transfer

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


def test_has_13_parameters(student: Student) -> None:
    """the network has 13 parameters: 6 + 3 for the hidden layer, 3 + 1 for the output"""
    own = assert_13(student.Net231())
    largest = next(tuple(value.shape) for value in own.values() if value.numel() == 6)
    table = Wanted("(3, 2), three units with two weights each")  # (2, 3) is the same table, lying on its side
    assert_true(largest in ((3, 2), (2, 3)), "the 6 weights have another shape", actual=largest, expected=table)


def test_output_with_known_weights(student: Student, reference: Student, rng: Draw) -> None:
    """with given weights the output is sigmoid(W2 · relu(W1 · x + b1) + b2), of shape (N, 1), and nothing is kept"""
    weights, x = draw_weights(rng, rows=7)
    wanted = with_weights(reference, weights, x)(x)
    assert_close(with_weights(student, weights, x)(x), wanted, "the output")
    assert_keeps_nothing(student, x)
