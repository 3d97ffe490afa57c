"""Freezing the first layers of a network, weights and biases, and nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch

from autograder.bank.question import Question, visible
from autograder.checks import assert_equal
from autograder.checks.model_devices import assert_model_follows_device
from autograder.draw import Draw
from autograder.session.proxy import Remote, Student, define, flags

QUESTION = Question(
    id="freeze",
    points=4,
    names=("freeze",),
    title="Freezing the first layers",
    hints=(
        "An activation has a place in the Sequential too. So count modules of one kind, not places.",
        "Collect the `nn.Linear` modules in the order of `named_modules()`, and take the first n of them.",
        "For each of them, `for p in layer.parameters(): p.requires_grad_(False)`; at the end add up "
        "`p.numel()` of the parameters of the model that still ask for a gradient.",
    ),
    follows_device=True,
)

NAMED = """
class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(3, 5)
        first = nn.Sequential(nn.Linear(5, 4), nn.ReLU())
        self.body = nn.Sequential(first, nn.Dropout(0.2), nn.Linear(4, 6, bias=False))
        self.head = nn.Linear(6, 2)
    def forward(self, x):
        return self.head(self.body(torch.relu(self.embed(x))))
"""

WORK = """
def work(x, freeze, n):
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2)).to(x.device)
    freeze(model, n)
    return [*model.parameters(), model(x)]
"""


def assert_frozen(model: Remote, count: object, trainable: dict[str, bool], wanted: int) -> None:
    """Fail unless exactly the right parameters are frozen and the right number came back."""
    assert_equal(flags(model), trainable, "other parameters ask for a gradient (True) than should")
    assert_equal(count, wanted, "the number of trainable parameters is different")


@visible
@pytest.mark.points(1.5)
def test_two_of_three_layers(student: Student) -> None:
    """with n = 2, the first two linear layers of a 4-4-4-1 network are frozen; 5 of 45 parameters train"""
    nn = student.torch.nn
    model = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 1))
    names = ("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias")
    assert_frozen(model, student.freeze(model, 2), dict(zip(names, [False] * 4 + [True] * 2, strict=True)), 5)


@pytest.mark.points(1)
def test_long_stacks(student: Student, rng: Draw) -> None:
    """it is right for twelve layers, with and without activations and Dropout in between, and for n = 0"""
    nn = student.torch.nn
    sizes = [rng.integer(2, 6) for _ in range(13)]
    pairs = list(pairwise(sizes))
    for between, n in (((), 2), ((nn.ReLU,), 1), ((nn.Tanh, nn.Dropout), rng.integer(3, 9)), ((nn.ReLU,), 0)):
        model = nn.Sequential(
            *(module for pair in pairs for module in (nn.Linear(*pair), *(make() for make in between)))
        )
        step = 1 + len(between)
        trainable = {f"{i * step}.{part}": i >= n for i in range(12) for part in ("weight", "bias")}
        assert_frozen(model, student.freeze(model, n), trainable, sum(a * b + b for a, b in pairs[n:]))


@pytest.mark.points(1)
def test_nested_layers(student: Student, rng: Draw) -> None:
    """layers inside of other modules count too, in the order of named_modules()"""
    nn = student.torch.nn
    a, b, c = rng.sample((2, 3, 4, 5, 6), 3)
    block = nn.Sequential(nn.Linear(a, b), nn.Sigmoid(), nn.Linear(b, c))
    model = nn.Sequential(block, nn.ReLU(), nn.Sequential(nn.Dropout(0.1), nn.Linear(c, a)), nn.Linear(a, 1))
    trainable = {"0.0.weight": False, "0.0.bias": False, "0.2.weight": True, "0.2.bias": True}
    trainable |= {"2.1.weight": True, "2.1.bias": True, "3.weight": True, "3.bias": True}
    assert_frozen(model, student.freeze(model, 1), trainable, b * c + c + c * a + a + a + 1)
    named = define(student, "Named", NAMED)()
    trainable = {"embed.weight": False, "embed.bias": False, "body.0.0.weight": False, "body.0.0.bias": False}
    trainable |= {"body.2.weight": False, "head.weight": True, "head.bias": True}
    assert_frozen(named, student.freeze(named, 3), trainable, 14)


@pytest.mark.points(0.5)
def test_model_stays_on_its_device(student: Student, rng: Draw) -> None:
    """freezing leaves the model on the device where it is"""
    x: torch.Tensor = rng.normal(5, 3)
    assert_model_follows_device(student, WORK, x, student.freeze, 1)
