"""Visible checks of ``freeze``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import nn

from autograder.checks import Wanted, assert_equal, assert_true
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, define, fetch, flags, transfer


class Named(nn.Module):
    """Layers under names of their own, one of them made of others, and a parameter that is no layer's."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Linear(3, 5)
        self.norm = nn.LayerNorm(5)
        self.scale = nn.Parameter(torch.ones(2))
        first = nn.Sequential(nn.Linear(5, 4), nn.ReLU())
        self.body = nn.Sequential(first, nn.Dropout(0.2), nn.Linear(4, 6, bias=False))
        self.head = nn.Linear(6, 2)

    def forward(self, x: torch.Tensor) -> Any:
        return self.scale * self.head(self.body(torch.relu(self.norm(self.embed(x)))))


# Whether a module or a parameter has an attribute that means a flag, and is none: `frozen`, `require_grad`.
LOOK_AT = """
def look_at(model):
    things = [*model.modules(), *model.parameters()]
    names = {name.lower() for thing in things for name in vars(thing)} - {"training"}
    return any(word in name for name in names for word in ("grad", "train", "freez", "froz"))
"""


def modes(freeze: Callable[..., Any]) -> Any:
    """Whether freezing leaves every layer's mode as it was: that is about Dropout and norms, not about gradients."""
    kept = True
    for training in (True, False):
        model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5), nn.Linear(4, 3), nn.LayerNorm(3), nn.Linear(3, 1))
        model.train(training)
        freeze(model, 2)
        kept = kept and all(module.training == training for module in model.modules())
    return kept


Case = tuple[Remote, object, dict[str, bool], int]


def assert_frozen(student: Student, *cases: Case) -> None:
    """Fail unless in each case the right parameters are frozen, the right number came back, and the mode stayed.

    Args:
        cases: model, what came back for it, which parameters should be trainable, and how many numbers these are.
    """
    look_at = define(student, "look_at", LOOK_AT)
    seen = [(flags(model), bool(look_at(model)), bool(fetch(model.training))) for model, *_ in cases]
    found = [
        _frozen(trains) + ("; there is a new attribute, which no one reads" if invented else "")
        for trains, invented, _ in seen
    ]
    assert_true(
        [trains for trains, *_ in seen] == [trainable for *_, trainable, _ in cases],
        "other parameters are frozen than should be",
        actual=" | ".join(found),
        expected=Wanted(" | ".join(_frozen(trainable) for *_, trainable, _ in cases)),
    )
    for _, count, _, wanted in cases:
        whole = not isinstance(count, (float, np.floating))
        whole = whole and not (isinstance(count, torch.Tensor) and count.is_floating_point())
        words = "the number of trainable parameters is not a whole number"
        assert_true(whole, words, actual=count, expected=Wanted(f"the int {wanted}"))
        assert_equal(count, wanted, "the number of trainable parameters is different")
    training = all(mode for *_, mode in seen)
    words = "the model is no longer in train mode"
    assert_true(training, words, actual="eval mode", expected=Wanted("the mode it was in"))


def _frozen(trainable: dict[str, bool]) -> str:
    names = [name for name, trains in trainable.items() if not trains]
    return f"frozen: {', '.join(names) if names else 'nothing'}"


def test_modes_stay(student: Student) -> None:
    """freezing changes no layer's train or eval mode"""
    kept: bool = transfer(student, modes)(student.freeze)
    words = "a layer was put into another mode: eval() changes how Dropout and norms behave, and freezes nothing"
    assert_true(kept, words, actual="another mode", expected=Wanted("every layer in the mode it was in"))


def test_two_of_three_layers(student: Student) -> None:
    """in a 4-4-4-1 network one linear layer is frozen with n = 1, two are with n = 2; 25 and 5 parameters train"""
    nn = student.torch.nn
    names = ("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias")
    cases: list[Case] = []
    for n, left in ((1, 25), (2, 5)):
        model = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 1))
        trainable = dict(zip(names, [False] * (2 * n) + [True] * (6 - 2 * n), strict=True))
        cases.append((model, student.freeze(model, n), trainable, left))
    assert_frozen(student, *cases)


def test_long_stacks(student: Student, rng: Draw) -> None:
    """it is right for twelve layers, with and without other modules in between, for n = 0, and for one layer alone"""
    nn = student.torch.nn
    sizes = [rng.integer(2, 6) for _ in range(13)]
    pairs = list(pairwise(sizes))
    for between, n in (((), 2), ((nn.ReLU,), 1), ((nn.Tanh, nn.Dropout), rng.integer(3, 9)), ((nn.ReLU,), 0)):
        model = nn.Sequential(
            *(module for pair in pairs for module in (nn.Linear(*pair), *(make() for make in between)))
        )
        step = 1 + len(between)
        trainable = {f"{i * step}.{part}": i >= n for i in range(12) for part in ("weight", "bias")}
        left = sum(a * b + b for a, b in pairs[n:])
        assert_frozen(student, (model, student.freeze(model, n), trainable, left))
    for n, left in ((0, 8), (1, 0)):
        model = nn.Linear(3, 2)
        assert_frozen(student, (model, student.freeze(model, n), dict.fromkeys(("weight", "bias"), n == 0), left))


def test_nested_layers(student: Student, rng: Draw) -> None:
    """layers inside of other modules count too, in the order of named_modules(); only linear layers are frozen"""
    nn = student.torch.nn
    a, b, c = rng.sample((2, 3, 4, 5, 6), 3)
    block = nn.Sequential(nn.Linear(a, b), nn.Sigmoid(), nn.Linear(b, c))
    last = nn.Sequential(nn.Dropout(0.1), nn.Linear(c, a))
    model = nn.Sequential(nn.Flatten(), block, nn.ReLU(), last, nn.Linear(a, 1))
    trainable = {"1.0.weight": False, "1.0.bias": False, "1.2.weight": True, "1.2.bias": True}
    trainable |= {"3.1.weight": True, "3.1.bias": True, "4.weight": True, "4.bias": True}
    nested: Case = (model, student.freeze(model, 1), trainable, b * c + c + c * a + a + a + 1)
    named = transfer(student, Named)()
    trainable = {"scale": True, "embed.weight": False, "embed.bias": False, "norm.weight": True, "norm.bias": True}
    trainable |= {"body.0.0.weight": False, "body.0.0.bias": False}
    trainable |= {"body.2.weight": False, "head.weight": True, "head.bias": True}
    assert_frozen(student, nested, (named, student.freeze(named, 3), trainable, 2 + 10 + 14))
