"""A start by name: Kaiming for ReLU networks, Xavier for others, biases at zero."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import pytest
import torch
from torch import nn

from autograder.checks import Wanted, assert_true
from autograder.checks.left_behind import assert_autograd_stays_on
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, buffers, flags, parameters, transfer

QUESTION = Question(
    id="init_model",
    points=3,
    names=("init_model",),
    title="Initialising a model",
    minutes=12,
    difficulty="medium",
    hints=(
        "Which modules of the model have something to start? `model.modules()` finds them at any depth.",
        "`nn.init` has functions that fill a tensor in place: one by Kaiming, one by Xavier, one with zeros.",
        "For each `nn.Linear`: `nn.init.kaiming_normal_(layer.weight, nonlinearity='relu')` or "
        "`nn.init.xavier_normal_(layer.weight)`, then `nn.init.zeros_(layer.bias)` if there is a bias.",
    ),
)


class Nested(nn.Module):
    """Linear layers inside others, under names of their own."""

    def __init__(self, a: int) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Sequential(nn.Linear(a, 4 * a), nn.ReLU()), nn.LayerNorm(4 * a))
        self.norm = nn.BatchNorm1d(4 * a)
        self.head = nn.Linear(4 * a, a, bias=False)

    def forward(self, x: torch.Tensor) -> Any:
        return self.head(self.norm(self.body(x)))


def narrow_wide_narrow(student: Student, a: int) -> Remote:
    """An a–4a–a network over there."""
    nn = student.torch.nn
    model: Remote = nn.Sequential(nn.Linear(a, 4 * a), nn.ReLU(), nn.Linear(4 * a, a))
    return model


def assert_spread(values: dict[str, torch.Tensor], wanted: dict[str, float], scheme: str) -> None:
    """Fail unless each weight has mean 0 and the wanted standard deviation, give or take 5 %.

    Random numbers are never twice the same, so the failure tells sizes in coarse steps of √2, and of what is far
    from right only whether it hangs on the layer's size at all.
    """
    seen: dict[str, Any] = {}
    fine = True
    sizes = [float(values[name].double().std()) for name in wanted]
    one_size = max(sizes) < 1.15 * min(sizes)
    for name, std in wanted.items():
        weight = values[name].double()
        ratio = float(weight.std()) / std
        steps = round(2 * math.log2(ratio)) / 2 if 0 < ratio < math.inf else math.inf
        size = f"{2**steps:.2g} × the wanted spread"
        if steps == math.inf:
            size = "no spread at all" if ratio == 0 else "not finite"
        elif abs(steps) >= 2:
            size = "far too large" if steps > 0 else "far too small"
            size += ", the same everywhere" if one_size else ", not the same everywhere"
        mean = float(weight.mean() / weight.square().mean().sqrt().clamp_min(1e-30))
        centre = "around 0" if abs(mean) < 0.25 else "not around 0"
        seen[name] = f"{size}, {centre}" if ratio else size
        # 5 % is what the text allows. Both layers have 10,000 weights, so chance moves their spread by 0.7 % and their
        # mean by 1 % of it: seven and ten times less than is allowed.
        fine = fine and abs(ratio - 1) <= 0.05 and abs(mean) <= 0.1
    wanted_words = {name: f"standard deviation {std:.4f} ± 5 %, around 0" for name, std in wanted.items()}
    assert_true(fine, f"the weights have another spread than {scheme!r} asks for", actual=seen, expected=wanted_words)


def assert_zero(values: dict[str, torch.Tensor], names: list[str]) -> None:
    """Fail unless the named biases are exactly 0; whether they are one number or many tells mistakes apart."""
    gone = [name for name in names if name not in values]
    words = "a layer has no bias any more"
    assert_true(not gone, words, actual=", ".join(gone), expected=Wanted("a bias of zeros"))
    away = [name for name in names if bool((values[name] != 0).any())]
    one = all(bool((values[name] == values[name][0]).all()) for name in away)
    seen = f"{', '.join(away)}: {'one number everywhere' if one else 'different numbers'}"
    assert_true(not away, "the biases are not 0", actual=seen, expected=Wanted("0 everywhere"))


def assert_no_copies(weights: list[torch.Tensor]) -> None:
    """Fail if a layer holds the numbers of another one, or one row again and again."""
    words = "numbers are repeated, where every weight should be a draw of its own"
    again = any(torch.equal(one, other) for one, other in combinations(weights, 2))
    assert_true(not again, words, actual="layers with the same numbers", expected=Wanted("other numbers in each layer"))
    rows = any(torch.equal(weight[0], weight[1]) for weight in weights)
    assert_true(not rows, words, actual="a layer of equal rows", expected=Wanted("other numbers in each row"))


@visible
@pytest.mark.points(1)
def test_spread_of_the_weights(student: Student) -> None:
    """the weights have the standard deviation of the scheme, ± 5 %"""
    for scheme, wanted in (("kaiming", (0.2, 0.1)), ("xavier", (0.0894, 0.0894))):
        model = narrow_wide_narrow(student, 50)
        student.init_model(model, scheme)
        assert_spread(parameters(model), dict(zip(("0.weight", "2.weight"), wanted, strict=True)), scheme)


@visible
@pytest.mark.points(0.5)
def test_biases_are_zero(student: Student) -> None:
    """every bias is exactly 0"""
    for scheme in ("xavier", "kaiming"):
        model = narrow_wide_narrow(student, 9)
        student.init_model(model, scheme)
        assert_zero(parameters(model), ["0.bias", "2.bias"])


@pytest.mark.points(1)
def test_signal_survives_ten_layers(student: Student, rng: Draw) -> None:
    """after ten layers of 128 with ReLU the signal has a standard deviation from 0.1 to 3; no number is repeated"""
    nn = student.torch.nn
    model = nn.Sequential(*(layer for _ in range(10) for layer in (nn.Linear(128, 128), nn.ReLU())))
    student.init_model(model, "kaiming")
    signal = float(model(rng.normal(64, 128)).detach().double().std())
    ends = "dies out" if signal < 0.1 else "blows up"
    assert_true(
        0.1 <= signal <= 3,
        f"the signal {ends} on its way through ten layers: its standard deviation is {signal:.1g}",
        actual=f"it {ends}" if signal else "0",
        expected="0.1 to 3",
    )
    assert_no_copies(list(parameters(model).values())[::2])
    assert_autograd_stays_on(student, student.init_model, nn.Linear(3, 2), "kaiming")


@visible
@pytest.mark.points(0.5)
def test_nested_layers(student: Student, rng: Draw) -> None:
    """nested layers and layers without a bias are started too, and only linear layers are touched"""
    a = rng.choice((40, 50, 60))
    scheme = rng.choice(("kaiming", "xavier"))
    wide = {"kaiming": (2 / a, 2 / (4 * a)), "xavier": (2 / (5 * a), 2 / (5 * a))}[scheme]
    model = transfer(student, Nested)(a)
    norms = {f"{name}.{part}": rng.normal(4 * a) + 2 for name in ("body.1", "norm") for part in ("weight", "bias")}
    model.load_state_dict(norms, False)
    model.norm.weight.requires_grad_(False)
    before = flags(model)
    student.init_model(model, scheme)
    values, after = parameters(model), flags(model)
    assert_true(
        list(after) == list(before), "the model has other parameters than before", actual=", ".join(after),
        expected=Wanted("the same parameters, with new values"),
    )  # fmt: skip
    turned = [name for name in before if after[name] != before[name]]
    words = "what was trainable is frozen now, or the other way round"
    assert_true(not turned, words, actual=", ".join(turned), expected=Wanted("the same flags as before"))
    assert_spread(values, {"body.0.0.weight": math.sqrt(wide[0]), "head.weight": math.sqrt(wide[1])}, scheme)
    assert_zero(values, ["body.0.0.bias"])
    touched = [name for name, value in norms.items() if not torch.equal(values[name].cpu(), value)]
    words = "a layer that is not linear was changed"
    assert_true(not touched, words, actual=", ".join(touched), expected=Wanted("only the linear layers are started"))
    new = set(buffers(model)) - {f"norm.{name}" for name in ("running_mean", "running_var", "num_batches_tracked")}
    assert_true(not new, "the model has buffers that it did not have", actual="new buffers")
