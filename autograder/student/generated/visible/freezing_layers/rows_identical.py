"""Visible checks of ``rows_identical``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import nn

from autograder.checks import CheckFailed, Wanted, assert_equal
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, transfer


def train(model: nn.Module, x: torch.Tensor, y: torch.Tensor, steps: int) -> None:
    """Train in place by plain steps, each on all data."""
    for _ in range(steps):
        model.zero_grad()
        ((model(x) - y) ** 2).mean().backward()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p.sub_(0.05 * p.grad)


def net(student: Student, *weights: torch.Tensor) -> Remote:
    """A tanh network over there with these weights and with biases 0.1."""
    nn = student.torch.nn
    layers: list[Remote] = []
    state: dict[str, torch.Tensor] = {}
    for weight in weights:
        n_out, n_in = weight.shape
        state |= {f"{len(layers)}.weight": weight, f"{len(layers)}.bias": torch.full((n_out,), 0.1)}
        layers += [nn.Linear(n_in, n_out), nn.Tanh()]
    model: Remote = nn.Sequential(*layers[:-1])
    model.load_state_dict(state)
    return model


def other_biases(student: Student, weight: torch.Tensor, bias: torch.Tensor) -> Remote:
    """One linear layer over there; its rows of weights are asked about, whatever its biases are."""
    model: Remote = student.torch.nn.Sequential(student.torch.nn.Linear(weight.shape[1], weight.shape[0]))
    model.load_state_dict({"0.weight": weight, "0.bias": bias})
    return model


def other_kinds(student: Student) -> Remote:
    """Layers over there that are not linear, and whose weights are all alike."""
    nn = student.torch.nn
    model: Remote = nn.Sequential(nn.Conv1d(2, 3, 2), nn.BatchNorm1d(3), nn.Flatten(), nn.LayerNorm(6))
    model.load_state_dict({"0.weight": torch.full((3, 2, 2), 0.25), "0.bias": torch.zeros(3)}, False)
    return model


def trained_from_constants(student: Student, rng: Draw, sizes: tuple[int, ...], steps: int) -> Remote:
    """A network over there whose weights all began as one number in each layer, after some training."""
    pairs = [(n_out, n_in) for n_in, n_out in pairwise(sizes)]
    model = net(student, *(torch.full(pair, rng.number(0.2, 0.9)) for pair in pairs))
    transfer(student, train)(model, rng.normal(12, sizes[0]), rng.normal(12, sizes[-1]), steps)
    return model


def assert_answers(answers: list[Any], wanted: list[bool]) -> None:
    """Fail unless the answers are those wanted; they are told in a sentence."""
    try:
        assert_equal(answers, wanted)
    except CheckFailed:
        words = [f"{_answer(answer)} for network {number}" for number, answer in enumerate(answers, 1)]
        right = [f"{answer} for network {number}" for number, answer in enumerate(wanted, 1)]
        raise CheckFailed("the answers are different", ", ".join(words), Wanted(", ".join(right))) from None


def _answer(answer: Any) -> str:
    if isinstance(answer, (bool, np.bool_)) or (isinstance(answer, torch.Tensor) and answer.numel() == 1):
        return str(bool(answer))
    return "None" if answer is None else "something else"


def test_three_small_networks(student: Student, rng: Draw) -> None:
    """true after a constant start and 40 steps, false for random rows, false where two layers are alike"""
    w = rng.normal(3, 3)
    models = [
        trained_from_constants(student, rng, (2, 3, 1), 40),
        net(student, rng.normal(3, 2), rng.normal(1, 3)),
        net(student, w, w),
    ]
    wanted = [True, False, False]
    assert_answers([student.rows_identical(model) for model in models], wanted)


def test_all_rows_and_all_their_numbers(student: Student, rng: Draw) -> None:
    """false where only some rows or some columns are alike, or rows are near; true where only rounding differs"""
    a, b, c = (rng.normal(1, 4) for _ in range(3))
    up, down = (torch.nextafter(a, torch.full_like(a, end)) for end in (math.inf, -math.inf))
    near = a + 0.01 * torch.tensor([[0.0], [1.0], [-1.0], [2.0]])
    models = [
        net(student, torch.cat([a, a, b, c])),
        net(student, torch.cat([a, b, c, a])),
        net(student, torch.cat([a, a.roll(1, dims=1), a.roll(2, dims=1)])),
        net(student, near),
        net(student, torch.cat([a, b, b])),
        net(student, a - 0.5 * torch.tensor([[0.0], [1.0], [2.0]])),  # no number is above that of the first row
        net(student, a + 0.5 * torch.tensor([[0.0], [1.0], [2.0]])),  # nor below
        net(student, torch.cat([torch.cat([row[:, :3], a[:, 3:]], dim=1) for row in (a, b, c)])),  # one column alike
        net(student, torch.cat([a, a, a])),
        net(student, torch.cat([a, up, down])),
    ]
    answers = [student.rows_identical(model) for model in models]
    assert_answers(answers, [False] * 8 + [True, True])


def test_one_layer_is_enough(student: Student, rng: Draw) -> None:
    """one layer of copies, of two units or more, is found wherever it is; other kinds of layers do not count"""
    row, w = rng.normal(1, 5), rng.normal(4, 4)
    nn = student.torch.nn
    models = [
        net(student, w, w, rng.normal(1, 4)),
        net(student, rng.normal(5, 4), row.repeat(3, 1), rng.normal(1, 3)),
        nn.Sequential(trained_from_constants(student, rng, (4, 6, 2), 30), nn.ReLU(), net(student, rng.normal(3, 2))),
        other_biases(student, rng.normal(1, 3).repeat(4, 1), rng.normal(4)),
        net(student, rng.normal(1, 4)),
        net(student, rng.normal(4, 1).repeat(1, 3), rng.normal(2, 4)),
        net(student, rng.normal(3, 4), rng.normal(1, 3).repeat(2, 1)),
        nn.Sequential(other_kinds(student), net(student, w)),
    ]
    wanted = [False, True, True, True, False, False, True, False]
    assert_answers([student.rows_identical(model) for model in models], wanted)
