"""One step of RMSprop: the gradient divided by the root of a running mean of its square."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close, assert_follows_device, assert_unchanged
from autograder.checks.optimizer_steps import assert_steps_close, replay
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

QUESTION = Question(
    id="rmsprop_step",
    points=2,
    names=("rmsprop_step",),
    title="RMSprop by hand",
    minutes=8,
    difficulty="medium",
    hints=(
        "RMSprop is Adam's second half: no velocity, only a running mean of the squared gradient.",
        "First s = alpha · s + (1 − alpha) · g², then w moves by −lr · g / (√s + eps). Nothing is corrected for the "
        "start from zero.",
        "`s = alpha * s + (1 - alpha) * g**2`, then `return w - lr * g / (s.sqrt() + eps), s`.",
    ),
    follows_device=True,
)


@visible
@pytest.mark.points(1)
def test_ten_steps(student: Student, reference: Student, rng: Draw) -> None:
    """ten steps give the w and s of PyTorch's RMSprop"""
    w, gradients = rng.normal(3, 2), [rng.normal(3, 2) for _ in range(10)]
    start, options = torch.zeros(3, 2), {"alpha": rng.number(0.75, 0.9), "eps": 1e-8}
    assert_steps_close(student, reference, "rmsprop_step", w, start, gradients, [0.05] * 10, **options)


@visible
@pytest.mark.points(0.5)
def test_eps_and_defaults(student: Student, reference: Student, rng: Draw) -> None:
    """eps is added to the root, also where it is large; alpha is 0.99 and eps 1e-8 unless told otherwise"""
    w, gradients, eps = rng.normal(4), [rng.normal(4, scale=0.2) for _ in range(4)], rng.number(0.05, 0.2)
    start, rates = torch.zeros(4), [0.1, 0.1, 0.03, 0.03]
    assert_steps_close(student, reference, "rmsprop_step", w, start, gradients, rates, alpha=0.8, eps=eps)
    gradients = [torch.tensor([1.0, 1.0, 1.0, 3e-8]) * g for g in gradients]  # an eps of 1e-8 is seen in the last
    assert_steps_close(student, reference, "rmsprop_step", w, start, gradients, rates)


@visible
@pytest.mark.points(0.25)
def test_leaves_its_arguments_alone(student: Student, reference: Student, rng: Draw) -> None:
    """w, s and g stay as they were"""
    given = [rng.normal(2, 3), rng.normal(2, 3).abs(), rng.normal(2, 3)]
    held = [keep(student, tensor.clone()) for tensor in given]
    answer = student.rmsprop_step(*held, 0.05, 0.8, 1e-8)
    for name, tensor, before in zip(("w", "s", "g"), held, given, strict=True):
        assert_unchanged(before, fetch(tensor), f"your function changed its argument {name}: it")
    assert_close(answer, reference.rmsprop_step(*given, 0.05, 0.8, 1e-8))


@visible
@pytest.mark.points(0.25)
def test_works_on_any_device(student: Student, reference: Student, rng: Draw) -> None:
    """the new tensors are where the given ones are, on a GPU too"""
    w, gradients = rng.normal(3), [rng.normal(3) for _ in range(2)]
    args = w, torch.zeros(3), gradients, [0.05, 0.05], 0.8, 1e-8
    assert_steps_close(student, reference, "rmsprop_step", *args)
    assert_follows_device(replay(student), student.rmsprop_step, *args)
