"""Visible checks of ``predict_only``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn

from autograder.checks import (
    CheckFailed,
    Wanted,
    assert_close,
    assert_equal,
    assert_follows_device,
    assert_true,
    assert_unchanged,
)
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, buffers, define, fetch, flags, transfer


class Keeper(nn.Module):
    """The model keeps its answer, as some models do to look at it later."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: Any = None

    def forward(self, x: torch.Tensor) -> Any:
        self.kept = torch.exp(x)
        return self.kept


def owner(predict_only: Callable[..., Any], model: Any, x: torch.Tensor) -> str:
    """Whose memory is the answer? It is overwritten, and the model's own copy looked at.

    Where both are one and the model's has a graph, autograd tells `detach` (it notices the change) from `data` (it
    does not).
    """
    x = x.clone().requires_grad_()
    with torch.enable_grad():
        answer = predict_only(model, x)
    before = model.kept.detach().clone()
    if isinstance(answer, np.ndarray):
        answer[...] = 7.0
    elif answer.is_inference():
        with torch.inference_mode():
            answer.fill_(7.0)
    else:
        with torch.no_grad():
            answer.fill_(7.0)
    if torch.equal(model.kept.detach(), before):
        return "its own"
    if not model.kept.requires_grad:
        return "the model's, which has no graph"
    try:
        model.kept.sum().backward()
    except RuntimeError:
        return "the model's, and autograd notices"
    return "the model's, and autograd does not notice"


# The answer, and whether autograd is still on after it; what was switched off is on again for the next test.
WATCHED = """
def watched(predict_only, model, x):
    with torch.enable_grad():
        answer = predict_only(model, x)
        return answer, torch.is_grad_enabled()
"""


def two_layers(student: Student, rng: Draw) -> tuple[Remote, dict[str, torch.Tensor]]:
    """A 3-4-2 network over there, with its numbers."""
    nn = student.torch.nn
    model: Remote = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))
    (w1, b1), (w2, b2) = rng.linear(3, 4), rng.linear(4, 2)
    state = {"0.weight": w1, "0.bias": b1, "2.weight": w2, "2.bias": b2}
    model.load_state_dict(state)
    return model, state


def assert_predicts(student: Student, model: Remote, state: dict[str, torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """Fail unless the values are the model's own; the answer."""
    hidden = torch.tanh(x @ state["0.weight"].T + state["0.bias"])
    answer, on = define(student, "watched", WATCHED)(student.predict_only, model, x)
    assert_close(answer, hidden @ state["2.weight"].T + state["2.bias"])
    assert_true(on, "autograd is switched off after your function", actual="off", expected=Wanted("on"))
    predicted: torch.Tensor = answer
    return predicted


def test_values_without_a_graph(student: Student, rng: Draw) -> None:
    """the answer has the values that the model gives, and no graph"""
    model, state = two_layers(student, rng)
    answer = assert_predicts(student, model, state, rng.normal(5, 3))
    held = isinstance(answer, torch.Tensor) and answer.requires_grad
    assert_true(not held, "the answer still requires a gradient", actual="a graph", expected=Wanted("no graph"))


def test_mode_and_model_stay(student: Student, rng: Draw) -> None:
    """afterwards the model is in the mode it was in, can still be trained, and autograd is on"""
    model, state = two_layers(student, rng)
    for mode in (True, False):
        model.train(mode)
        assert_predicts(student, model, state, rng.normal(4, 3))
        told = {True: "train mode", False: "eval mode"}
        found = [told[fetch(module.training)] for module in (model, model[1])]
        if found != [told[mode]] * 2:
            raise CheckFailed("the model's mode changed", [told[mode], found], Wanted("the mode it was in"))
        trainable = list(flags(model).values())
        assert_equal(trainable, [True] * 4, "some parameters no longer require a gradient")
    # In eval mode, a fresh BatchNorm gives x back, but for the 1e-5 beside its variance of 1; and it learns nothing.
    norm, x = student.torch.nn.BatchNorm1d(3).eval(), rng.normal(4, 3)
    answer, _ = define(student, "watched", WATCHED)(student.predict_only, norm, x)
    assert_close(answer, x, "the answer of a model in eval mode", rtol=1e-4, atol=1e-4)
    wanted = {"running_mean": torch.zeros(3), "running_var": torch.ones(3), "num_batches_tracked": torch.tensor(0)}
    assert_unchanged(wanted, buffers(norm), "a running statistic of a model in eval mode")


def test_own_memory(student: Student, rng: Draw) -> None:
    """what is changed in the answer is not changed in anything that the model keeps"""
    model, x = transfer(student, Keeper)(), rng.uniform(-1, 1, 3, 2)
    assert_close(define(student, "watched", WATCHED)(student.predict_only, model, x)[0], torch.exp(x))
    whose = transfer(student, owner)(student.predict_only, model, x)
    assert_true(whose == "its own", "the answer shares its memory", actual=whose, expected=Wanted("memory of its own"))


def test_stays_on_the_device(student: Student, rng: Draw) -> None:
    """the answer is on the device of the model's answer"""
    layer, x = student.torch.nn.Tanh(), rng.normal(4, 2)
    watched = define(student, "watched", WATCHED)
    assert_close(watched(student.predict_only, layer, x)[0], torch.tanh(x))
    assert_follows_device(watched, student.predict_only, layer, x)
