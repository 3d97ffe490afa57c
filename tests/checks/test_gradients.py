"""The update ratio k tells the usual mistakes of a weight update from each other."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from autograder.checks import CheckFailed, assert_moved_by_gradient, assert_unchanged
from autograder.checks.gradients import update_ratio

LR = 0.06


@pytest.fixture
def step() -> tuple[dict[str, torch.Tensor], dict[str, torch.Tensor]]:
    """Weights and gradients of a 16-8-4-2 net on one batch."""
    torch.manual_seed(1)
    net = nn.Sequential(nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 2))
    nn.functional.mse_loss(net(torch.randn(5, 16)), torch.randn(5, 2)).backward()
    return (
        {name: p.detach().clone() for name, p in net.named_parameters()},
        {name: p.grad.clone() for name, p in net.named_parameters()},
    )


Step = tuple[dict[str, torch.Tensor], dict[str, torch.Tensor]]

MISTAKES = {
    "right": (lambda n, w, g: w - LR * g, lambda n: 1.0),
    "ascent": (lambda n, w, g: w + LR * g, lambda n: -1.0),
    "rebinding": (lambda n, w, g: w.clone(), lambda n: 0.0),
    "forgotten biases": (lambda n, w, g: w if "bias" in n else w - LR * g, lambda n: 0.0 if "bias" in n else 1.0),
    "no learning rate": (lambda n, w, g: w - g, lambda n: 16.67),
    "last layer only": (lambda n, w, g: w - LR * g if n[0] == "4" else w, lambda n: 1.0 if n[0] == "4" else 0.0),
    "twice": (lambda n, w, g: w - 2 * LR * g, lambda n: 2.0),
}


@pytest.mark.parametrize(("update", "k"), MISTAKES.values(), ids=MISTAKES.keys())
def test_fingerprints_of_the_curriculum(update, k, step: Step) -> None:
    before, gradients = step
    for name, start in before.items():
        ratio, residual = update_ratio(start, update(name, start, gradients[name]), gradients[name], LR)
        assert ratio == pytest.approx(k(name), abs=0.01)
        assert residual < 0.05


@pytest.mark.parametrize(
    "update",
    [lambda w, g: w - LR * g.sign(), lambda w, g: w * (1 - LR * g), lambda w, g: w - LR * torch.randn_like(g)],
    ids=["sign", "multiplied", "random"],
)
def test_a_step_that_is_not_along_the_gradient_has_a_residual(update, step: Step) -> None:
    before, gradients = step
    _, residual = update_ratio(
        before["0.weight"], update(before["0.weight"], gradients["0.weight"]), gradients["0.weight"], LR
    )
    assert residual > 0.3


def test_the_right_step_passes_and_others_tell_their_ratio(step: Step) -> None:
    before, gradients = step
    assert_moved_by_gradient(before, {n: w - LR * gradients[n] for n, w in before.items()}, gradients, LR)
    for name, (update, k) in MISTAKES.items():
        if name == "right":
            continue
        with pytest.raises(CheckFailed) as caught:
            assert_moved_by_gradient(before, {n: update(n, w, gradients[n]) for n, w in before.items()}, gradients, LR)
        assert caught.value.actual == pytest.approx({n: k(n) for n in before}, abs=0.01), name


def test_nan_and_other_shapes_never_pass(step: Step) -> None:
    before, gradients = step
    for spoil in (lambda w: torch.full_like(w, math.nan), lambda w: w.flatten()[:1], lambda w: w.unsqueeze(0)):
        with pytest.raises(CheckFailed):
            assert_moved_by_gradient(before, {n: spoil(w) for n, w in before.items()}, gradients, LR)


def test_missing_zero_grad_gives_a_ratio_of_almost_two(step: Step) -> None:
    before, gradients = step
    first = {n: w - LR * gradients[n] for n, w in before.items()}
    added = {n: 1.96 * g for n, g in gradients.items()}
    ratio, _ = update_ratio(first["0.weight"], first["0.weight"] - LR * added["0.weight"], gradients["0.weight"], LR)
    assert ratio == pytest.approx(1.96, abs=0.01)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (torch.ones(2), torch.ones(2), True),
        (torch.tensor([math.nan, math.inf]), torch.tensor([math.nan, math.inf]), True),
        ({"a": [torch.ones(1)]}, {"a": [torch.ones(1)]}, True),
        (torch.ones(2), torch.ones(2).double(), False),
        (torch.ones(2), torch.ones(1, 2), False),
        (torch.ones(2), torch.ones(2) + 1e-7, False),
        (torch.tensor([math.nan]), torch.zeros(1), False),
        (torch.tensor([math.inf]), torch.tensor([torch.finfo().max]), False),
        ({"a": torch.ones(1)}, {"b": torch.ones(1)}, False),
    ],
)
def test_unchanged_means_bit_for_bit(before, after, same: bool) -> None:
    if same:
        assert_unchanged(before, after, "the input")
    else:
        with pytest.raises(CheckFailed, match="changed"):
            assert_unchanged(before, after, "the input")
