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


OLD = "def f(x):\n    return torch.add(x, 1)"
NEW = "def f(x):\n    return x + 1"
BLANK = "def f(x):\n    raise NotImplementedError()"


@pytest.mark.parametrize(
    "sources",
    [
        [OLD, NEW],
        [f"{OLD}\n{NEW}"],
        [NEW, BLANK],
        [OLD, f"%%time\n{NEW}"],
        ["def f(x: torch.Tensor) -> torch.Tensor:\n    y: torch.Tensor = x + 1\n    return y"],
        ["def f(x):\n    return sum(n * nn for n, nn in zip(x, x[1:]))"],
        ["def f(x):\n    for n, nn in zip(x, x[1:]):\n        n * nn"],
        ["def old(x):\n    return torch.add(x, 1)", NEW],
    ],
)
def test_only_the_definition_in_force_counts(sources: list[str]) -> None:
    assert breach(sources, ["f"], ["torch"]) is None


@pytest.mark.parametrize(
    "sources",
    [
        [NEW, OLD],
        [OLD, BLANK],
        [f"%%timeit\n{OLD}"],
        [f"!pip install x\n{OLD}"],
        ["def help(x):\n    return torch.add(x, 1)", "def f(x):\n    return help(x)"],
        ["f = lambda x: torch.add(x, 1)"],
        ["async def f(x):\n    return torch.add(x, 1)"],
        ["def f(x):\n    global nn\n    nn = nn\n    return nn.ReLU()(x)"],
        [f"%%writefile mine.py\n{OLD}", "from mine import f"],
    ],
)
def test_what_is_in_force_and_what_it_calls_is_looked_at(sources: list[str]) -> None:
    assert breach(sources, ["f"], ["torch"])
