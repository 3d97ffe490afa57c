"""One epoch: a step for each batch, and the mean loss of all rows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from autograder.checks import CheckFailed, Wanted, assert_close, assert_true
from autograder.checks.devices import assert_model_follows_device
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, define, transfer

QUESTION = Question(
    id="train_epoch",
    points=4,
    names=("train_epoch",),
    title="One epoch of training",
    minutes=20,
    difficulty="medium",
    hints=(
        "Each batch makes one step. What must be true of the model and of the gradients before the step?",
        "First `model.train()`. Then for each batch: loss, clear, backward, step. Add up loss times rows, and "
        "divide by "
        "all rows at the end.",
        "`total += loss.item() * len(x); rows += len(x)` in the loop, `return total / rows` after it.",
    ),
    follows_device=True,
)


class Watch(nn.Module):
    """Gives on what it gets, and remembers in which mode."""

    def __init__(self) -> None:
        super().__init__()
        self.modes: set[bool] = set()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.modes.add(self.training)
        return x


def run(train_epoch: Callable[..., Any], layers: Any, x: torch.Tensor, y: torch.Tensor, batch: int, lr: float) -> Any:
    """Train a model that starts in eval mode: what came back, the parameters, the mode in between, why none moved."""
    watch, modules = Watch(), []
    for weight, bias in layers:
        layer = nn.Linear(weight.shape[1], weight.shape[0], device=weight.device, dtype=weight.dtype)
        layer.load_state_dict({"weight": weight, "bias": bias})
        modules += [layer, nn.Tanh()]
    model = nn.Sequential(*modules[:-1], watch).eval()
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=batch)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    steps: list[int] = []
    opt.register_step_pre_hook(lambda *_: steps.append(1))
    before = [p.detach().clone() for p in model.parameters()]
    answer = train_epoch(model, loader, F.mse_loss, opt)
    after = [p.detach().clone() for p in model.parameters()]
    moved = not all(map(torch.equal, before, after))
    return answer, after, sorted(watch.modes), "" if moved else "steps without gradients" if steps else "no step"


def one_sided(train_epoch: Callable[..., Any], x: torch.Tensor, y: torch.Tensor) -> Any:
    """Train a layer inside a model inside a model, by a loss whose arguments cannot change places, as in ``run``."""
    watch, layer = Watch(), nn.Linear(x.shape[1], 1)
    for p in layer.parameters():
        nn.init.zeros_(p)
    model = nn.Sequential(nn.Sequential(layer, watch)).eval()
    opt = torch.optim.SGD(model.parameters(), lr=0.5)
    batches = [(x[:4], y[:4]), (x[4:], y[4:])]
    answer = train_epoch(model, batches, F.binary_cross_entropy_with_logits, opt)
    return float(answer), [p.detach().clone() for p in model.parameters()], sorted(watch.modes)


def work(x: torch.Tensor, y: torch.Tensor, train_epoch: Callable[..., Any]) -> Any:
    """Train a model for one epoch of two batches; its parameters afterwards."""
    model = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)).to(x.device)
    loader = [(x[:4], y[:4]), (x[4:], y[4:])]
    train_epoch(model, loader, F.mse_loss, torch.optim.SGD(model.parameters(), lr=0.1))
    return list(model.parameters())


# Whether any parameter moved: who does nothing leaves the model where it is.
SHOWS = """
def shows(x, y, train_epoch):
    model = nn.Linear(3, 1).to(x.device)
    before = [p.detach().cpu().clone() for p in model.parameters()]
    train_epoch(model, [(x, y)], F.mse_loss, torch.optim.SGD(model.parameters(), lr=0.1))
    return not all(torch.equal(old, p.detach().cpu()) for old, p in zip(before, model.parameters()))
"""


def assert_epoch(
    student: Student, reference: Student, rng: Draw, rows: int, batch: int, sizes: tuple[int, ...]
) -> None:
    """Fail unless the parameters, the loss and the mode in between are those of the reference."""
    layers = [rng.linear(n_in, n_out) for n_in, n_out in pairwise(sizes)]
    x = rng.normal(rows, sizes[0])
    # The rows of the last, smaller batch are far off, so that it matters how much they count.
    y = rng.normal(rows, sizes[-1]) + 4.0 * (torch.arange(rows) >= rows - rows % batch).float()[:, None] + 1.0
    answer, after, modes, why = transfer(student, run, Watch)(student.train_epoch, layers, x, y, batch, 0.05)
    wanted, right, *_ = transfer(reference, run, Watch)(reference.train_epoch, layers, x, y, batch, 0.05)
    assert_true(not why, "no parameter moved", actual=why, expected=Wanted("a step for each batch"))
    assert_close(after, right, "the parameters after the epoch", rtol=1e-4, atol=1e-5)
    assert_plain(answer)
    assert_close(as_number(answer, "the loss"), as_number(wanted, "the loss"), "the loss", rtol=1e-4, atol=1e-6)
    told = {(False,): "eval mode", (True,): "train mode", (False, True): "both modes"}.get(tuple(modes), "never asked")
    assert_true(modes == [True], "the model's mode during the epoch", actual=told, expected=Wanted("train mode"))


def assert_plain(answer: Any) -> None:
    """Fail if a tensor came back that still has its graph."""
    if isinstance(answer, torch.Tensor) and answer.requires_grad:
        words = "the loss is a tensor that still holds its graph"
        raise CheckFailed(words, "a tensor with a graph", Wanted("a plain number, by .item()"))


@visible
@pytest.mark.points(1.5)
def test_an_epoch(student: Student, reference: Student, rng: Draw) -> None:
    """a step for each batch by its own gradient; the mean loss of all rows; train mode"""
    assert_epoch(student, reference, rng, 10, 4, (3, 5, 1))


@pytest.mark.points(1.5)
def test_other_sizes(student: Student, reference: Student, rng: Draw) -> None:
    """other networks and batches, also where all rows make one batch; another loss, and a model inside a model"""
    assert_epoch(student, reference, rng, rng.integer(13, 14), 5, (4, 6, 2))
    assert_epoch(student, reference, rng, 6, 6, (2, 3, 1))
    x, y = rng.normal(6, 3), rng.integers(0, 1, 6, 1).float()
    answer, after, modes = transfer(student, one_sided, Watch)(student.train_epoch, x, y)
    wanted, right, _ = transfer(reference, one_sided, Watch)(reference.train_epoch, x, y)
    assert_close((answer, after), (wanted, right), "with another loss, the epoch", rtol=1e-4, atol=1e-5)
    assert_true(modes == [True], "a layer inside a model inside the model is not in train mode")


@visible
@pytest.mark.points(0.5)
def test_an_even_epoch(student: Student, reference: Student, rng: Draw) -> None:
    """three batches of the same size"""
    assert_epoch(student, reference, rng, 12, 4, (2, 4, 1))


@pytest.mark.points(0.5)
def test_model_stays_on_its_device(student: Student, rng: Draw) -> None:
    """training leaves the model on the device where it and the batches are"""
    x, y = rng.normal(6, 3), rng.normal(6, 1)
    moved: bool = define(student, "shows", SHOWS)(x, y, student.train_epoch)
    assert_true(moved, "no parameter moved", actual="they stayed", expected=Wanted("parameters that learn"))
    assert_model_follows_device(student, work, x, y, student.train_epoch)
