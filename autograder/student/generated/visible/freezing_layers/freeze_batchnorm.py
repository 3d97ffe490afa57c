"""Visible checks of ``freeze_batchnorm``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_unchanged
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, buffers


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
