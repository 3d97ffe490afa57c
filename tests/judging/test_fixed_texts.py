"""The texts that may be shown are those that Python and torch really raise, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from autograder.judging.failures import Kind
from autograder.judging.fixed_texts import fixed_texts, is_fixed_text
from autograder.judging.messages import Finding, explain
from autograder.judging.run_test import Fingerprint
from autograder.protocol.wire import Failure
from autograder.results import Outcome

SPACE = """
import math, torch, torch.nn.functional as F
from torch import nn
w = torch.ones(3, requires_grad=True)
x = torch.ones(2, 3)
class Empty(nn.Module):
    def __init__(self, part):
        self.part = part
def endless():
    return endless()
"""
RAISES = [
    "bool(torch.ones(2) > 0)", "bool(torch.ones(0))", "x.sum().backward()", "(w * 2).backward()",
    "(s := (w * w).sum(), s.backward(), s.backward())", "w.add_(1)", "w[0:1].add_(1)", "w.numpy()",
    "torch.ones(2, dtype=torch.long).requires_grad_()", "torch.tensor([1, 2], requires_grad=True)",
    "torch.ones(2, dtype=torch.long).add_(1.5)", "torch.ones(2, dtype=torch.long).mean()",
    "nn.Linear(3, 2)(x.double())", "x.double() @ x.T", "nn.Linear(3, 2)(x.long())", "F.cross_entropy(x, torch.ones(2))",
    "F.nll_loss(x, torch.ones(2))", "F.binary_cross_entropy(w, torch.ones(3).double()).backward()",
    "F.binary_cross_entropy(w, torch.ones(3).long())",
    "F.one_hot(torch.ones(2), 3)", "F.one_hot(torch.tensor([3]), 3)", "F.one_hot(torch.tensor([-1]), 3)",
    "F.binary_cross_entropy(2 * x, x)", "torch.optim.SGD([w * 2], lr=0.1)", "torch.optim.SGD([], lr=0.1)",
    "torch.optim.SGD([{'params': [w]}, {'params': [w]}], lr=0.1)", "math.log(0)", "[p for p in None]", "None()",
    "None[0]", "len(None)", "0.1 * None", "None - 0.1", "(1)()", "(1.5)()", "list(1)", "list(1.5)", "w()",
    "len(p for p in [])", "(p for p in [])[0]", "torch.optim.SGD(dict(nn.Linear(1, 1).named_parameters()), lr=0.1)",
    "torch.optim.SGD(['w'], lr=0.1)", "w.grad.zero_()", "None.backward()", "None.shape", "(1.5).backward()",
    "(1.5).item()", "(1.5).detach()", "(1).item()", "[].shape", "[].backward()", "().backward()", "().shape",
    "Empty(nn.ReLU())", "Empty(nn.Parameter(w))", "[][0]", "x[torch.ones(2)]", "1 // 0", "1 % 0", "1 / 0", "1.5 / 0",
    "1.5 // 0", "endless()",
]  # fmt: skip


def what_is_raised() -> set[tuple[str, str]]:
    found = set()
    for source in RAISES:
        space: dict[str, object] = {}
        exec(SPACE, space)
        with pytest.raises(Exception) as problem:  # noqa: PT011  each its own
            eval(compile(source, "<cell>", "eval"), space)
        found.add((type(problem.value).__name__, str(problem.value).strip()))
    return found


PINNED = f"torch=={torch.__version__.partition('+')[0]}\n"


@pytest.mark.skipif(PINNED not in Path("constraints.txt").read_text("utf-8"), reason="other versions have other words")
@pytest.mark.filterwarnings("ignore")
def test_every_text_of_the_list_is_raised_by_the_library_itself() -> None:
    assert set(fixed_texts()) - what_is_raised() == set()


def said_of(type_name: str, message: str) -> str:
    failure = Failure("raised", type_name, message, "", 1, "", "f")
    found = Fingerprint(1, Kind.RAISED, message, message, None, failure=failure)
    return explain(Outcome.ERROR, [Finding("large nets", found, None)], None, "")


def test_a_fixed_text_is_shown_where_hidden_inputs_were_at_hand() -> None:
    said = said_of("RuntimeError", "Boolean value of Tensor with more than one value is ambiguous")
    assert said.endswith(
        "Your code stopped with RuntimeError: Boolean value of Tensor with more than one value is ambiguous."
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ValueError", "Boolean value of Tensor with more than one value is ambiguous"),
        ("RuntimeError", "Boolean value of Tensor with more than one value is ambiguous 4815"),
        ("RuntimeError", "4815162342"),
        ("TypeError", ""),
    ],
)
def test_nothing_else_is_shown(name: str, message: str) -> None:
    assert not is_fixed_text(name, message)
    said = said_of(name, message)
    assert said.endswith(f"Your code stopped with {name}.")
