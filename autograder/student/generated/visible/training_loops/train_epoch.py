"""Visible checks of ``train_epoch``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from autograder.checks import CheckFailed, Wanted, assert_close, assert_true
from autograder.checks.numbers import as_number
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer


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


def test_an_epoch(student: Student, reference: Student, rng: Draw) -> None:
    """a step for each batch by its own gradient; the mean loss of all rows; train mode"""
    assert_epoch(student, reference, rng, 10, 4, (3, 5, 1))


def test_an_even_epoch(student: Student, reference: Student, rng: Draw) -> None:
    """three batches of the same size"""
    assert_epoch(student, reference, rng, 12, 4, (2, 4, 1))
