"""Forgetting old gradients: afterwards every gradient is None or zero, and no parameter has changed."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_equal, assert_true, assert_unchanged
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import (
    Remote,
    Student,
    StudentFailed,
    assign,
    call,
    define,
    fetch,
    gradient,
    keep,
)

QUESTION = Question(
    id="zero_grads",
    points=2,
    names=("zero_grads",),
    title="Forget the old gradients",
    minutes=6,
    difficulty="easy",
    hints=(
        "`backward()` adds to what is already in `.grad`. Which attribute has to be emptied?",
        "Go through the parameters; set each gradient to None, or fill it with zeros where there is one.",
        "`for p in params:` and then `p.grad = None`.",
    ),
)

SHAPES = {"weight": (3, 5), "bias": (3,), "slope": ()}

# What `model.parameters()` gives: it can be gone through once, and has no length.
ONE_BY_ONE = """
def one_by_one(params):
    return (p for p in params)
"""


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


@visible
@pytest.mark.points(1)
def test_gradients_are_gone(student: Student, rng: Draw) -> None:
    """every gradient is None or zero, and every parameter keeps its value"""
    held, values = put_parameters(student, rng)
    student.zero_grads(list(held.values()))
    assert_cleared(held, values)


@visible
@pytest.mark.points(0.5)
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


@pytest.mark.points(0.5)
def test_takes_what_model_parameters_gives(student: Student, rng: Draw) -> None:
    """params may be `model.parameters()`, and what was frozen or not before is so afterwards"""
    held, values = put_parameters(student, rng)
    assign(held["bias"], "requires_grad", False)
    student.zero_grads(call(define(student, "one_by_one", ONE_BY_ONE), list(held.values()), keep=True))
    assert_cleared(held, values)
    asks = {name: fetch(parameter.requires_grad) for name, parameter in held.items()}
    assert_equal(asks, {name: name != "bias" for name in held}, "requires_grad of a parameter changed")
