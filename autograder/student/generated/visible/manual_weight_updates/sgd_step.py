"""Visible checks of ``sgd_step``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_moved_by_gradient, assert_true
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, assign, fetch, is_leaf, keep

SHAPES = {"weight 1": (4, 3), "bias 1": (4,), "weight 2": (2, 4), "bias 2": (2,)}


def put_parameters(
    student: Student, rng: Draw
) -> tuple[dict[str, Remote], dict[str, torch.Tensor], dict[str, torch.Tensor]]:
    """The weights and biases of a 3-4-2 net over there, with their values and gradients."""
    values = {name: rng.normal(*shape) for name, shape in SHAPES.items()}
    slopes = {name: rng.normal(*shape) for name, shape in SHAPES.items()}
    held = {name: keep(student, value.clone().requires_grad_()) for name, value in values.items()}
    for name, parameter in held.items():
        assign(parameter, "grad", slopes[name])
    return held, values, slopes


def test_moves_by_lr_times_gradient(student: Student, rng: Draw) -> None:
    """every parameter moves by exactly −lr · gradient"""
    held, values, slopes = put_parameters(student, rng)
    lr = rng.number(0.02, 0.09)
    student.sgd_step(list(held.values()), lr)
    after = {name: fetch(parameter) for name, parameter in held.items()}
    assert_moved_by_gradient(values, after, slopes, lr)


def test_parameters_stay_leaves(student: Student, rng: Draw) -> None:
    """the parameters are still the same leaves that ask for gradients"""
    held, values, slopes = put_parameters(student, rng)
    lr = 0.06
    student.sgd_step(list(held.values()), lr)
    for name, parameter in held.items():
        asks = is_leaf(parameter) and fetch(parameter.requires_grad)
        assert_true(asks, f"{name} is no longer a leaf that asks for a gradient")
    after = {name: fetch(parameter) for name, parameter in held.items()}
    assert_moved_by_gradient(values, after, slopes, lr)
