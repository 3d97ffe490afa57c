"""A GPU's stand-in behaves as a GPU does towards code that forgets the device."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.authoring.verify.stand_in import OnStandIn
from autograder.protocol.wire import Failure, Name

ANSWERS = """
import torch
from torch import nn
def mixes(x): return x + torch.ones(3)
def follows(x): return x + torch.ones(3, device=x.device)
def scalar(x): return x + torch.tensor(2.0)
def numpy(x): return x.numpy()
def back(x): return x.cpu().numpy().sum()
def left_in(x): return x.cuda() * torch.ones(3).cuda()
def chosen(x): return x * torch.ones(3, device="cuda" if torch.cuda.is_available() else "cpu")
def trained(x):
    model = nn.Linear(3, 1).to(x)
    optimizer = torch.optim.Adam(model.parameters())
    for _ in range(2):
        optimizer.zero_grad()
        model(x).sum().backward()
        optimizer.step()
    return [str(p.grad.device) for p in model.parameters()]
def forgets_the_model(x): return nn.Linear(3, 1)(x)
def saved(x):
    import io
    file = io.BytesIO()
    torch.save({"x": x}, file)
    file.seek(0)
    return str(torch.load(file)["x"].device)
def built(x): return torch.tensor([1.0, 2.0, 3.0], device=x.device)
def indexes(x): return torch.eye(3)[x.long()]
def by_table(x): return torch.eye(3, device=x.device)[x.long().cpu()]
"""


def ask(name: str, place: str | None = None) -> Any:
    space: dict[str, Any] = {}
    exec(ANSWERS, space)
    request = {
        "op": "call", "target": Name(name), "args": [torch.tensor([0.0, 1.0, 2.0])], "kwargs": {}, "keep": False,
        "seed": 1, "forbid": [], "place": place,
    }  # fmt: skip
    return OnStandIn(space).ask(request)


@pytest.mark.parametrize("name", ["mixes", "numpy", "forgets_the_model", "indexes"])
def test_code_that_forgets_the_device_stops(name: str) -> None:
    answer = ask(name)
    assert isinstance(answer, Failure)
    assert answer.kind == "raised"


@pytest.mark.parametrize("name", ["follows", "scalar", "back", "left_in", "chosen", "by_table"])
def test_code_that_follows_it_works(name: str) -> None:
    assert not isinstance(ask(name), Failure)


def test_gradients_and_files_are_where_their_tensors_were() -> None:
    assert ask("trained") == ["cuda:0", "cuda:0"]
    assert ask("saved") == "cuda:0"


def test_what_is_asked_on_meta_is_answered_there() -> None:
    for name in ("follows", "built"):
        ((device, shape, _),) = ask(name, place="meta")
        assert (device, tuple(shape)) == ("meta", (3,))
