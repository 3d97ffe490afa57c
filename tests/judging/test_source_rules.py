"""Names that an answer may not use, as its source shows them."""

from __future__ import annotations

import pytest

from autograder.judging.source_rules import MAX_SOURCE, breach


def f(body: str, before: str = "") -> str:
    return f"{before}\ndef f(x):\n    {body}\n"


@pytest.mark.parametrize(
    ("source", "forbids"),
    [
        (f("return torch.add(x, 1)"), "torch"),
        (f("return nn.Linear(2, 3)"), "torch"),
        (f("return F.relu(x)"), "torch"),
        (f("import torch\n    return 1"), "torch"),
        (f("import torch.nn as n\n    return 1"), "torch"),
        (f("from torch import nn\n    return 1"), "torch"),
        (f("from torch.nn import functional\n    return 1"), "torch"),
        (f("return optim.SGD(x)"), "torch.optim"),
        (f("from torch import optim\n    return 1"), "torch.optim"),
        (f("return F.one_hot(x)"), "torch.nn.functional.one_hot"),
        (f("return torch.nn.functional.one_hot(x)"), "torch.nn.functional.one_hot"),
        (f("from torch.nn.functional import one_hot\n    return 1"), "torch.nn.functional.one_hot"),
        ("class f:\n    def g(self):\n        return torch.ones(2)", "torch"),
        ("def f(x):\n    def g():\n        return torch\n    return g", "torch"),
    ],
)
def test_uses_are_found(source: str, forbids: str) -> None:
    assert breach([source], ["f"], [forbids]) == f"{forbids} may not be used here"


@pytest.mark.parametrize(
    ("source", "forbids"),
    [
        (f("return x + 1", "import torch"), "torch"),
        (f("return x + 1", "helper = torch.add"), "torch"),
        (f("torch = 3\n    return 1"), "torch"),
        (f("return 'torch.add'  # torch"), "torch"),
        (f("return x.torch"), "torch"),
        (f("return one_hot(x)"), "torch.nn.functional.one_hot"),
        (f("return torch.relu(x)"), "torch.nn.functional.one_hot"),
        ("def g(x):\n    return torch.add(x, 1)", "torch"),
        ("def f(:", "torch"),
        ("\0", "torch"),
        ("(" * 5000, "torch"),
        ("%matplotlib inline", "torch"),
        (f("return 1"), ""),
    ],
)
def test_other_code_is_free(source: str, forbids: str) -> None:
    assert breach([source], ["f"], [forbids] if forbids else []) is None


def test_every_cell_is_looked_at() -> None:
    assert breach(["def (", f("return 1"), f("return torch")], ["f"], ["torch"])


def test_what_is_too_long_to_be_read_is_no_way_round() -> None:
    long = f("return torch.add(x, 1)", "#" * MAX_SOURCE)
    told = breach([long], ["f"], ["torch"])
    assert told is not None
    assert "too many to be read" in told
    assert breach([long.replace("f(x)", "g(x)")], ["f"], ["torch"]) is None


def test_other_letters_for_the_same_name() -> None:
    """Python takes a wide ｆ for an f."""
    assert breach([f("return torch.add(x, 1)").replace("def f", "def ｆ")], ["f"], ["torch"])
