"""SGD with its options: Nesterov, dampening and weight decay, as PyTorch orders them."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close, assert_unchanged
from autograder.checks.optimizer_steps import assert_steps_close
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

QUESTION = Question(
    id="sgd_options",
    points=2,
    names=("sgd_options",),
    title="SGD with all its options",
    minutes=15,
    difficulty="hard",
    hints=(
        "Four lines in the right order: decay, velocity, Nesterov, move. Which of them changes in the first step?",
        "Weight decay is added to the gradient before anything else. Dampening spares the first step, where v is "
        "None and becomes the gradient itself.",
        "`g = g + weight_decay * w`; `v = g if v is None else m * v + (1 - dampening) * g`; "
        "`d = g + m * v if nesterov else v`; return `w - lr * d` and `v`.",
    ),
)


def assert_three_steps(student: Student, reference: Student, rng: Draw, **options: float | bool) -> None:
    """Fail unless three steps with these options, from no velocity at all, come out right."""
    w, gradients = rng.normal(2, 3), [rng.normal(2, 3) for _ in range(3)]
    rates, m = [rng.number(0.1, 0.3) for _ in range(3)], rng.number(0.55, 0.85)
    assert_steps_close(student, reference, "sgd_options", w, None, gradients, rates, m, **options)


@visible
@pytest.mark.points(0.25)
def test_no_options(student: Student, reference: Student, rng: Draw) -> None:
    """without options it is momentum as in question 3, and the first velocity is the gradient"""
    assert_three_steps(student, reference, rng)


@visible
@pytest.mark.points(0.5)
def test_nesterov(student: Student, reference: Student, rng: Draw) -> None:
    """with nesterov=True three steps equal those of PyTorch"""
    assert_three_steps(student, reference, rng, nesterov=True)


@visible
@pytest.mark.points(0.5)
def test_dampening(student: Student, reference: Student, rng: Draw) -> None:
    """with dampening three steps equal those of PyTorch, the first one too"""
    assert_three_steps(student, reference, rng, dampening=rng.number(0.3, 0.7))


@visible
@pytest.mark.points(0.5)
def test_weight_decay(student: Student, reference: Student, rng: Draw) -> None:
    """with weight decay three steps equal those of PyTorch, alone and beside the other options"""
    decay = rng.number(0.2, 0.6)
    assert_three_steps(student, reference, rng, weight_decay=decay)
    assert_three_steps(student, reference, rng, weight_decay=1.0)
    assert_three_steps(student, reference, rng, weight_decay=decay, nesterov=True)
    assert_three_steps(student, reference, rng, weight_decay=decay, dampening=rng.number(0.3, 0.7))


@visible
@pytest.mark.points(0.25)
def test_leaves_its_arguments_alone(student: Student, reference: Student, rng: Draw) -> None:
    """w, v and g stay as they were"""
    given = [rng.normal(2, 3) for _ in range(3)]
    held = [keep(student, tensor.clone()) for tensor in given]
    lr, m, options = rng.number(0.1, 0.3), rng.number(0.55, 0.85), {"weight_decay": rng.number(0.2, 0.6)}
    answer = student.sgd_options(*held, lr, m, **options)
    for name, tensor, before in zip(("w", "v", "g"), held, given, strict=True):
        assert_unchanged(before, fetch(tensor), f"your function changed its argument {name}: it")
    assert_close(answer, reference.sgd_options(*[t.clone() for t in given], lr, m, **options))
    first = student.sgd_options(given[0], None, held[2], lr, m)
    assert_unchanged(given[2], fetch(held[2]), "your function changed its argument g: it")
    assert_close(first, reference.sgd_options(given[0], None, torch.clone(given[2]), lr, m))
