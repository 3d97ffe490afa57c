"""Visible checks of ``zero_grads``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import CheckFailed, Wanted, assert_true, assert_unchanged
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, StudentFailed, assign, fetch, gradient, keep

SHAPES = {"weight": (3, 5), "bias": (3,), "slope": ()}


def put_parameters(student: Student, rng: Draw, without: str = "") -> tuple[dict[str, Remote], dict[str, torch.Tensor]]:
    """Parameters over there, each with a gradient unless it is ``without`` one, and their values."""
    values = {name: rng.normal(*shape) for name, shape in SHAPES.items()}
    held = {name: keep(student, value.clone().requires_grad_()) for name, value in values.items()}
    for name, parameter in held.items():
        slope = rng.normal(*SHAPES[name])
        assign(parameter, "grad", None if name == without else slope)
    return held, values


def assert_cleared(held: dict[str, Remote], values: dict[str, torch.Tensor]) -> None:
    """Fail unless the values are as they were and every gradient is None or all zeros."""
    after = {name: fetch(parameter) for name, parameter in held.items()}
    assert_unchanged(values, after, "the value of a parameter")
    slopes = {name: gradient(parameter) for name, parameter in held.items()}
    left = {name: slope is not None and bool(slope.count_nonzero()) for name, slope in slopes.items()}
    assert_true(
        not any(left.values()),
        "a gradient is still there",
        actual={"still has a gradient": left},
        expected={"still has a gradient": dict.fromkeys(held, False)},
    )


def test_gradients_are_gone(student: Student, rng: Draw) -> None:
    """every gradient is None or zero, and every parameter keeps its value"""
    held, values = put_parameters(student, rng)
    student.zero_grads(list(held.values()))
    assert_cleared(held, values)


def test_parameter_without_gradient(student: Student, rng: Draw) -> None:
    """a parameter whose gradient is None does no harm, and the others are cleared"""
    held, values = put_parameters(student, rng, without=rng.choice(["weight", "bias"]))
    try:
        student.zero_grads(list(held.values()))
    except StudentFailed as failed:
        if failed.failure.kind != "raised":
            raise
        # However the gradient was to be cleared: None has no zero_(), no mul_(), no shape.
        words = "an error was raised where one parameter's gradient is None"
        raise CheckFailed(words, "stopped at a parameter without a gradient", Wanted("no error")) from failed
    assert_cleared(held, values)
