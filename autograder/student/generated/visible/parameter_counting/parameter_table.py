"""Visible checks of ``parameter_table``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from autograder.checks import assert_equal
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, assign, transfer


class Hive(nn.Module):
    """A layer and a block with names of their own, a table of numbers and a single one."""

    def __init__(self, a: Any, b: Any, c: Any) -> None:
        super().__init__()
        self.comb = nn.Parameter(torch.zeros(a, b, c))
        self.scale = nn.Parameter(torch.tensor(1.0))
        self.body = nn.Sequential(nn.Linear(a, b, bias=False), nn.Tanh(), nn.Linear(b, c))
        self.head = nn.Linear(c, 1)


def stack(student: Student, sizes: list[int]) -> Remote:
    """Three sizes, with a ReLU between the layers."""
    nn = student.torch.nn
    a, b, c = sizes
    model: Remote = nn.Sequential(nn.Linear(a, b), nn.ReLU(), nn.Linear(b, c))
    return model


def test_names_shapes_and_sizes(student: Student, reference: Student, rng: Draw) -> None:
    """every weight and bias has its name, its shape as torch stores it, and its size"""
    sizes = rng.sample(range(3, 12), 3)
    answer = student.parameter_table(stack(student, sizes))
    assert_equal(answer, reference.parameter_table(stack(reference, sizes)), "the table is different")


def test_no_buffers(student: Student, reference: Student, rng: Draw) -> None:
    """BatchNorm's weight and bias are in the table, its running statistics are not"""
    n_in, n_out = rng.sample(range(3, 9), 2)
    tables = []
    for side in (student, reference):
        nn = side.torch.nn
        side.parameter_table(nn.Sequential(nn.Identity(), nn.Identity(), nn.Linear(n_in, n_out)))  # what must not stay
        tables.append(side.parameter_table(nn.Sequential(nn.Linear(n_in, n_out), nn.BatchNorm1d(n_out))))
    assert_equal(tables[0], tables[1], "the table is different")


def test_any_model(student: Student, reference: Student, rng: Draw) -> None:
    """blocks, names of one's own, frozen parameters, and parameters with no or three dimensions"""
    sizes = rng.sample(range(3, 9), 3)
    tables = []
    for side in (student, reference):
        model = transfer(side, Hive)(*sizes)
        assign(model.head.weight, "requires_grad", False)
        tables.append(side.parameter_table(model))
    assert_equal(tables[0], tables[1], "the table is different")
