"""Visible checks of ``lr_find``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from autograder.checks import Wanted, assert_losses_close, assert_true, assert_unchanged
from autograder.checks.numbers import as_number
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, buffers, define, parameters, transfer


def setup(layers: Any, X: torch.Tensor, y: torch.Tensor, batch: int, momentum: float) -> Any:
    """A small net with a BatchNorm, its loader, and an optimizer with two groups that has made one step already."""
    modules: list[nn.Module] = []
    for weight, bias in layers:
        layer = nn.Linear(weight.shape[1], weight.shape[0])
        layer.load_state_dict({"weight": weight, "bias": bias})
        modules.append(layer)
    model = nn.Sequential(modules[0], nn.BatchNorm1d(len(layers[0][1])), nn.Tanh(), modules[1])
    first: dict[str, Any] = {"params": [*model[0].parameters()], "lr": 0.015}
    others: dict[str, Any] = {"params": [*model[1].parameters(), *model[3].parameters()]}
    optimizer = torch.optim.SGD([first, others], lr=0.03, momentum=momentum)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(X, y), batch_size=batch)
    F.mse_loss(model(X), y).backward()
    optimizer.step()
    optimizer.zero_grad()
    return [model, loader, optimizer]


# What an optimizer remembers: the rate of each group, and the velocity of each parameter.
LOOK = """
def look(optimizer):
    rates = [float(group["lr"]) for group in optimizer.param_groups]
    params = [p for group in optimizer.param_groups for p in group["params"]]
    speeds = [optimizer.state.get(p, {}).get("momentum_buffer") for p in params]
    return {"rates": rates, "velocities": [None if v is None else v.detach().clone() for v in speeds]}
"""

Parts = tuple[Remote, Remote, Remote]


def set_up(side: Student, drawn: tuple[Any, ...], momentum: float) -> Parts:
    """A model, its loader and its optimizer over there."""
    model, loader, optimizer = transfer(side, setup)(*drawn, momentum)
    return model, loader, optimizer


def drawn_by(rng: Draw, rows: int, batch: int) -> tuple[Any, ...]:
    """Layers, rows and batch size."""
    x = rng.normal(rows, 3)
    y = (x @ rng.normal(3, 2)).tanh() + 0.3 * rng.normal(rows, 2)
    return [rng.linear(3, 5), rng.linear(5, 2)], x, y, batch


def growing(low: float, times: float, count: int) -> list[float]:
    """Rates from ``low`` on, each ``times`` the one before."""
    return [low * times**k for k in range(count)]


def test_losses(student: Student, reference: Student, rng: Draw) -> None:
    """there is one loss for each rate: that of the next training batch, before its step"""
    drawn, rates = drawn_by(rng, 18, 5), growing(0.004, 1.6, 10)  # four batches, so the loader is begun again
    losses = []
    for side in (student, reference):
        model, loader, optimizer = set_up(side, drawn, 0.8)
        losses.append(side.lr_find(model, loader, rates, optimizer))
    assert_losses_close(losses[0], losses[1])


def test_model_is_as_before(student: Student, rng: Draw) -> None:
    """afterwards every parameter and buffer of the model is what it was"""
    model, loader, optimizer = set_up(student, drawn_by(rng, 12, 4), 0.8)
    before = parameters(model), buffers(model)
    student.lr_find(model, loader, growing(0.01, 2.0, 5), optimizer)
    assert_unchanged(before[0], parameters(model), "a parameter")
    assert_unchanged(before[1], buffers(model), "a buffer of the BatchNorm layer")


def test_optimizer_is_as_before(student: Student, rng: Draw) -> None:
    """afterwards the optimizer has its old learning rates and velocities, group by group"""
    model, loader, optimizer = set_up(student, drawn_by(rng, 12, 4), 0.8)
    look = define(student, "look", LOOK)
    before = look(optimizer)
    student.lr_find(model, loader, growing(0.01, 2.0, 5), optimizer)
    after = look(optimizer)
    kept = {
        "learning rates": after["rates"] == before["rates"],
        "velocities": all(v is not None for v in after["velocities"])
        and all(torch.equal(one, other) for one, other in zip(after["velocities"], before["velocities"], strict=True)),
    }
    words = "the optimizer is not as before: " + " and ".join(what for what, same in kept.items() if not same)
    assert_true(all(kept.values()), words, actual=kept, expected=dict.fromkeys(kept, True))


def curve(rng: Draw, begin: int, rise: int, ending: list[float]) -> tuple[list[float], list[float], int, int]:
    """Rates and losses that are level, fall, rise and end in ``ending``; where the fall begins and where it ends."""
    fall = rng.integer(9, 11)
    top, low = rng.number(1.5, 4), rng.number(0.1, 0.4)
    level = [top - 0.002 * top * k for k in range(begin)]
    steps = [0.5 - 0.5 * torch.cos(torch.tensor(torch.pi * k / fall)).item() for k in range(fall + 1)]
    falling = [level[-1] - (level[-1] - low) * part for part in steps]
    rising = [low * 3.0**k for k in range(1, rise + 1)]
    losses = [*level[:-1], *falling, *rising, *ending]
    return [1e-5 * 10 ** (k / 4) for k in range(len(losses))], losses, begin - 1, begin - 1 + fall


def place_of(rate: Any, rates: list[float], begin: int, end: int) -> str:
    """Where on the curve a rate lies, in words."""
    number = as_number(rate, "the rate")
    if math.isclose(number, rates[-1], rel_tol=1e-3):
        return "it is the largest rate of all"
    if number < rates[0] * 0.999 or number > rates[-1] * 1.001:
        return "it is none of the rates"
    if number < rates[begin + 1] * 0.999:
        return "the loss does not fall there yet"
    if number > rates[end] * 1.001:
        return "the loss rises there"
    return "the loss is at its lowest there" if number > rates[end - 1] * 1.001 else "in the falling part"


def test_picks_from_the_falling_part(student: Student, rng: Draw) -> None:
    """pick_lr gives a rate where the loss falls: after the level part, and below the rate with the lowest loss"""
    inf, nan = float("inf"), float("nan")
    seen = []
    # The fall is early or late, so that no place in the list is right for all.
    for begin, rise, ending in ((3, 13, []), (rng.integer(12, 13), 3, [1e6, inf]), (5, 4, [1e9, inf, nan, nan])):
        rates, losses, begins, ends = curve(rng, begin, rise, ending)
        seen.append(place_of(student.pick_lr(rates, losses), rates, begins, ends))
    wrong = [place for place in seen if place != "in the falling part"]
    words = "the rate is not in the falling part" + (f": {wrong[0]}" if wrong else "")
    assert_true(not wrong, words, actual=seen, expected=Wanted("a rate from the falling part"))
