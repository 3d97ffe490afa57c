"""The weight update by hand: every parameter moves by −lr times its gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

from autograder.checks import (
    CheckFailed,
    Wanted,
    assert_follows_device,
    assert_moved_by_gradient,
    assert_true,
    assert_unchanged,
)
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, StudentFailed, assign, call, define, fetch, is_leaf, keep, transfer

QUESTION = Question(
    id="sgd_step",
    points=4,
    names=("sgd_step",),
    title="One step of gradient descent",
    minutes=12,
    difficulty="medium",
    hints=(
        "The gradient points uphill. Which way do you want to go?",
        "Change each parameter in place inside `torch.no_grad()`, and leave out those whose `.grad` is None.",
        "`with torch.no_grad():`, then for each parameter `p` that has a gradient: `p -= lr * p.grad`.",
    ),
    follows_device=True,
)

SHAPES = {"weight 1": (4, 3), "bias 1": (4,), "weight 2": (2, 4), "bias 2": (2,)}


def step_on(sgd_step: Callable[..., Any], values: Any, slopes: Any, lr: float) -> Any:
    """One step on tensors that are made into parameters over there; the answer is those parameters."""
    params = [value.detach().requires_grad_() for value in values]
    for param, slope in zip(params, slopes, strict=True):
        param.grad = slope
    sgd_step(params, lr)
    return params


# Whether gradients are recorded after the step, as they were before it.
RECORDS = """
def records(sgd_step, param):
    param.grad = torch.ones_like(param)
    with torch.enable_grad():
        sgd_step([param], 0.1)
        return torch.is_grad_enabled()
"""

# What `model.parameters()` gives: it can be gone through once, and has no length.
ONE_BY_ONE = """
def one_by_one(params):
    return (p for p in params)
"""


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


@visible
@pytest.mark.points(2)
def test_moves_by_lr_times_gradient(student: Student, rng: Draw) -> None:
    """every parameter moves by exactly −lr · gradient"""
    held, values, slopes = put_parameters(student, rng)
    lr = rng.number(0.02, 0.09)
    student.sgd_step(list(held.values()), lr)
    after = {name: fetch(parameter) for name, parameter in held.items()}
    assert_moved_by_gradient(values, after, slopes, lr)


@visible
@pytest.mark.points(0.5)
def test_parameters_stay_leaves(student: Student, rng: Draw) -> None:
    """the parameters are still the same leaves that ask for gradients, and autograd is on as before"""
    held, values, slopes = put_parameters(student, rng)
    lr = 0.06
    student.sgd_step(list(held.values()), lr)
    for name, parameter in held.items():
        asks = is_leaf(parameter) and fetch(parameter.requires_grad)
        assert_true(asks, f"{name} is no longer a leaf that asks for a gradient")
    after = {name: fetch(parameter) for name, parameter in held.items()}
    assert_moved_by_gradient(values, after, slopes, lr)
    records: bool = define(student, "records", RECORDS)(student.sgd_step, keep(student, rng.normal(3).requires_grad_()))
    words = "after the step no gradients are recorded any more, in the whole notebook"
    assert_true(records, words, actual="autograd is off", expected=Wanted("autograd on, as before"))


@visible
@pytest.mark.points(0.5)
def test_skips_parameters_without_gradient(student: Student, rng: Draw) -> None:
    """a parameter whose gradient is None is left alone, and the others still move"""
    held, values, slopes = put_parameters(student, rng)
    frozen = rng.choice(["weight 1", "bias 1"])
    assign(held[frozen], "grad", None)
    lr = rng.number(0.02, 0.09)
    try:
        student.sgd_step(list(held.values()), lr)
    except StudentFailed as failed:
        if not failed.at_none:
            raise
        words = "an error was raised where one parameter's gradient is None"
        raise CheckFailed(words, "stopped at a parameter without a gradient", Wanted("no error")) from failed
    after = {name: fetch(parameter) for name, parameter in held.items()}
    assert_unchanged(values.pop(frozen), after.pop(frozen), "the parameter without a gradient")
    assert_moved_by_gradient(values, after, slopes, lr)


@visible
@pytest.mark.points(0.5)
def test_takes_what_model_parameters_gives(student: Student, rng: Draw) -> None:
    """params may be `model.parameters()`, which has no length and can be gone through only once"""
    held, values, slopes = put_parameters(student, rng)
    lr = rng.number(0.02, 0.09)
    params = call(define(student, "one_by_one", ONE_BY_ONE), list(held.values()), keep=True)
    student.sgd_step(params, lr)
    after = {name: fetch(parameter) for name, parameter in held.items()}
    assert_moved_by_gradient(values, after, slopes, lr)


@pytest.mark.points(0.5)
def test_works_on_any_device(student: Student, rng: Draw) -> None:
    """the step is made where the parameters are, on a GPU too"""
    values = {name: rng.normal(*shape) for name, shape in SHAPES.items()}
    slopes = {name: rng.normal(*shape) for name, shape in SHAPES.items()}
    lr = rng.number(0.02, 0.09)
    step = transfer(student, step_on)
    args = student.sgd_step, list(values.values()), list(slopes.values()), lr
    after = step(*args)
    assert_moved_by_gradient(values, dict(zip(values, after, strict=True)), slopes, lr)
    assert_follows_device(step, *args)
