"""Two learning rates in one optimiser: small steps for the body, larger ones for the head."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import nn

from autograder.checks import CheckFailed, Wanted, assert_true
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, call, flags, transfer

QUESTION = Question(
    id="param_groups",
    points=2,
    names=("param_groups",),
    title="Two learning rates",
    minutes=8,
    difficulty="medium",
    hints=(
        "Every parameter must be in exactly one group. Which ones belong to the last linear layer?",
        "First find the head. Its parameters make one group, all other parameters of the model the second.",
        "`ids = {id(p) for p in head.parameters()}`; the body is "
        "`[p for p in model.parameters() if id(p) not in ids]`; return "
        "`[{'params': body, 'lr': lr_body}, {'params': list(head.parameters()), 'lr': lr_head}]`.",
    ),
)


def rates_of(model: nn.Module, groups: Any) -> dict[str, list[float]] | str:
    """The rates of each parameter, or in words why no optimiser can be made of the groups."""
    names = {id(p): name for name, p in model.named_parameters()}
    found: dict[str, list[float]] = {name: [] for name in names.values()}
    if isinstance(groups, torch.optim.Optimizer):
        return "an optimiser"
    if isinstance(groups, dict) or not hasattr(groups, "__iter__"):
        return "something else than a list of dicts"
    groups = list(groups)
    if not all(isinstance(group, dict) for group in groups):
        return "something else than a list of dicts"
    if not all("params" in group for group in groups):
        return "a group without 'params'"
    if not all("lr" in group for group in groups):
        return "a group without 'lr'"
    if any(isinstance(group["params"], (set, frozenset)) for group in groups):
        return "a set of parameters, which an optimiser refuses: it has no order"
    groups = [{**group, "params": p if isinstance(p := group["params"], torch.Tensor) else list(p)} for group in groups]
    for group in groups:
        params = group["params"]
        for p in [params] if isinstance(params, torch.Tensor) else params:
            if id(p) not in names:
                raise ValueError("a group holds something that is not a parameter of the model")
            found[names[id(p)]].append(float(group["lr"]))
    return found


class Named(nn.Module):
    """A body and a head under names of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Sequential(nn.Linear(3, 5), nn.LayerNorm(5)), nn.ReLU(), nn.Linear(5, 4))
        self.scale = nn.Parameter(torch.ones(4))
        self.head = nn.Linear(4, 2)
        self.head_norm = nn.LayerNorm(2)  # a name that begins like the head's

    def forward(self, x: torch.Tensor) -> Any:
        return self.head_norm(self.head(self.scale * self.body(x)))


def assert_groups(student: Student, model: Remote, rates: tuple[float, float], wanted: dict[str, str]) -> None:
    """Fail unless every parameter is in one group, with the rate of its part ("body" or "head")."""
    before = flags(model)
    groups = call(student.param_groups, model, *rates, keep=True)
    turned = [name for name, asks in flags(model).items() if asks != before[name]]
    words = "the groups were asked for, but some parameters were frozen or unfrozen"
    assert_true(not turned, words, actual=", ".join(turned), expected=Wanted("the flags as they were"))
    found: dict[str, list[float]] | str = transfer(student, rates_of)(model, groups)
    if isinstance(found, str):
        wanted_form = Wanted("a list of dicts with 'params' and 'lr', ready for an optimiser")
        raise CheckFailed("no optimiser can be made of what came back", found, wanted_form)
    part_of = dict(zip(rates, ("body", "head"), strict=True))
    missing = sorted({f"a {name.rpartition('.')[2]}" for name, got in found.items() if not got})
    double = any(len(got) > 1 for got in found.values())
    other = sorted(
        f"the {wanted[name]}'s {name.rpartition('.')[2]} with the {part_of.get(got[0], 'wrong')} rate"
        for name, got in found.items()
        if len(got) == 1 and part_of.get(got[0]) != wanted[name]
    )
    seen = [f"{', '.join(missing)} in no group"] if missing else []
    seen += ["a parameter in more than one group"] if double else []
    if not seen and len({got[0] for got in found.values()}) == 1:
        other = ["body and head with the same rate"]
    seen += [", ".join(dict.fromkeys(other))] if other else []
    assert_true(
        not seen, "the groups are different", actual="; ".join(seen),
        expected=Wanted("every parameter in one group, with the rate of its part"),
    )  # fmt: skip


@visible
@pytest.mark.points(1)
def test_groups_of_a_sequential(student: Student, rng: Draw) -> None:
    """every parameter is in exactly one group; the last layer has lr_head, all others lr_body"""
    nn = student.torch.nn
    model = nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 2))
    parts = {
        "0.weight": "body",
        "0.bias": "body",
        "2.weight": "body",
        "2.bias": "body",
        "4.weight": "head",
        "4.bias": "head",
    }
    assert_groups(student, model, (0.001, rng.number(0.02, 0.3)), parts)


@visible
@pytest.mark.points(1)
def test_groups_of_a_named_head(student: Student, rng: Draw) -> None:
    """parameters of nested and of other modules are in the body's group too, also frozen ones"""
    model = transfer(student, Named)()
    model.body[0].requires_grad_(False)
    body = (
        "scale",
        "body.0.0.weight",
        "body.0.0.bias",
        "body.0.1.weight",
        "body.0.1.bias",
        "body.2.weight",
        "body.2.bias",
        "head_norm.weight",
        "head_norm.bias",
    )
    parts = dict.fromkeys(body, "body") | {"head.weight": "head", "head.bias": "head"}
    assert_groups(student, model, (rng.number(0.001, 0.009, 0.001), rng.number(0.02, 0.3)), parts)
