"""Visible checks of ``freeze_batchnorm``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from autograder.checks import Wanted, assert_true, assert_unchanged
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, buffers, flags, transfer


class Named(nn.Module):
    """Layers under names of their own, with a norm inside another layer."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(2, 3, 1), nn.Sequential(nn.BatchNorm2d(3), nn.Dropout(0.5)))
        self.norm = nn.BatchNorm1d(3, momentum=None)
        self.head = nn.Linear(3, 2)

    def forward(self, x: torch.Tensor) -> Any:
        return self.head(self.norm(self.body(x).mean(dim=(2, 3))))


def others_in_mode(model: nn.Module, training: bool) -> list[str]:
    """The modules, norms apart, that are in the other mode; the model itself is called "the model"."""
    others = {name: m for name, m in model.named_modules() if not isinstance(m, nn.modules.batchnorm._BatchNorm)}
    return [name or "the model" for name, module in others.items() if module.training != training]


def assert_mode(student: Student, model: Remote, training: bool, when: str) -> None:
    """Fail unless every module that is no BatchNorm is in train mode, or in eval mode, as asked for."""
    wrong: list[str] = transfer(student, others_in_mode)(model, training)
    mode = "train" if training else "eval"
    words = f"{when} some modules are not in {mode} mode"
    assert_true(not wrong, words, actual=", ".join(wrong), expected=Wanted(f"all but the norms in {mode} mode"))


def statistics(model: Remote) -> dict[str, torch.Tensor]:
    """The running means and variances of a model."""
    return {name: value for name, value in buffers(model).items() if name.endswith(("running_mean", "running_var"))}


def test_running_statistics_stay(student: Student, rng: Draw) -> None:
    """the running mean and variance stay the same in a forward pass, at once and after model.train()"""
    nn = student.torch.nn
    model = nn.Sequential(nn.BatchNorm1d(3), nn.Linear(3, 2))
    model[0].load_state_dict(
        {"weight": torch.ones(3), "bias": torch.zeros(3), "running_mean": rng.normal(3),
         "running_var": rng.uniform(0.5, 2.0, 3), "num_batches_tracked": torch.tensor(7)}
    )  # fmt: skip
    before = statistics(model)
    model.train()
    student.freeze_batchnorm(model)
    model(rng.normal(6, 3))
    assert_unchanged(before, statistics(model), "a running statistic")
    model.train()
    model(rng.normal(6, 3))
    assert_unchanged(before, statistics(model), "after model.train(), a running statistic")


def test_all_batchnorm_layers(student: Student, rng: Draw) -> None:
    """it holds for BatchNorm layers of any kind and depth, and the rest of the model can be trained"""
    model = transfer(student, Named)()
    model.body[0].weight.requires_grad_(False)
    before, asked = statistics(model), flags(model)
    model.train()
    student.freeze_batchnorm(model)
    for _ in range(2):
        model(rng.normal(5, 2, 3, 3))
        assert_unchanged(before, statistics(model), "a running statistic")
        model.eval()
        assert_mode(student, model, False, "after model.eval()")
        model.train()
        assert_mode(student, model, True, "after model.train()")
    model(rng.normal(5, 2, 3, 3))
    assert_mode(student, model, True, "after a forward pass in train mode")
    asks = flags(model)
    rest = ("body.0.weight", "body.0.bias", "head.weight", "head.bias")
    turned = [name for name in rest if asks[name] != asked[name]]
    words = "what was trainable is frozen now, or the other way round"
    assert_true(not turned, words, actual=", ".join(turned), expected=Wanted("the same flags, but for the norms"))
    deep = student.torch.nn.Sequential(student.torch.nn.BatchNorm3d(2))
    before = statistics(deep)
    student.freeze_batchnorm(deep)
    deep(rng.normal(2, 2, 1, 2, 3))
    assert_unchanged(before, statistics(deep), "a running statistic of BatchNorm3d")
