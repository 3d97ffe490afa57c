"""Batch norm: whose mean and variance it uses in training, and whose afterwards."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_follows_device, assert_unchanged
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

QUESTION = Question(
    id="batch_norm",
    points=3,
    names=("batch_norm",),
    title="Batch norm's statistics",
    minutes=20,
    difficulty="hard",
    hints=(
        "A batch has a mean and a variance for each feature. In use there may be a single row: whose statistics then?",
        "In training normalise by the mean and the variance of the batch (dividing by N), and move the running ones: "
        "(1 − momentum) · old + momentum · new, the new variance dividing by N − 1. In use, normalise by the running "
        "ones and move nothing.",
        "`mean, var = x.mean(0), x.var(0, unbiased=False)`, `running_var = (1 - momentum) * running_var + momentum * "
        "x.var(0)`, and at the end `(x - mean) / torch.sqrt(var + eps)`.",
    ),
    forbids=("torch.nn.functional.batch_norm",),
    follows_device=True,
)

Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]  # x, running mean, running variance


def parts(answer: Any) -> dict[str, Any]:
    """The output and the two running statistics."""
    if not isinstance(answer, (list, tuple)) or len(answer) != 3:
        words = "three things were wanted, (y, running_mean, running_var)"
        raise CheckFailed(words, answer, Wanted("(y, running_mean, running_var)"))
    return dict(zip(("y", "running_mean", "running_var"), answer, strict=True))


def assert_norm(student: Student, reference: Student, *args: Any, **options: Any) -> None:
    """Fail unless the output and both running statistics are right."""
    wanted = parts(reference.batch_norm(*args, **options))
    assert_close(parts(student.batch_norm(*args, **options)), wanted, rtol=1e-4, atol=1e-5)


def draw_batch(rng: Draw, rows: int, features: int) -> Batch:
    """A batch far from its running statistics, with features of different size.

    Its standard deviations are those sizes, for a small one beside a large mean would leave few digits in float32.
    """
    size = torch.linspace(0.6, 2.0, features)
    x = rng.normal(rows, features)
    x = (x - x.mean(0)) / x.std(0) * size + rng.uniform(0.5, 1.5, features)
    return x, -rng.uniform(0.5, 1.5, features), rng.uniform(2, 4, features)


@visible
@pytest.mark.points(1)
def test_training(student: Student, reference: Student, rng: Draw) -> None:
    """training: the batch's statistics normalise, and the running ones move towards them"""
    assert_norm(student, reference, *draw_batch(rng, 5, 3), True)


@visible
@pytest.mark.points(0.75)
def test_in_use(student: Student, reference: Student, rng: Draw) -> None:
    """not training: the running statistics normalise and stay, also for a single row"""
    x, mean, var = draw_batch(rng, 4, 3)
    assert_norm(student, reference, x, mean, var, False)
    assert_norm(student, reference, x[:1], mean, var, False)


@visible
@pytest.mark.points(0.5)
def test_momentum_and_eps(student: Student, reference: Student, rng: Draw) -> None:
    """momentum and eps are used as they are given; what was given stays as it was"""
    given = draw_batch(rng, 6, 2)
    held = [keep(student, value.clone()) for value in given]
    answer = parts(student.batch_norm(*held, True, momentum=0.3, eps=0.2))
    assert_close(answer, parts(reference.batch_norm(*given, True, momentum=0.3, eps=0.2)), rtol=1e-4, atol=1e-5)
    assert_unchanged(list(given), [fetch(value) for value in held], "something that was given")


@pytest.mark.points(0.5)
def test_other_batches(student: Student, reference: Student, rng: Draw) -> None:
    """other sizes, two batches one after the other, then use"""
    x, mean, var = draw_batch(rng, 8, 4)
    eps = rng.number(0.05, 0.3)
    for rows in (x[:5], x[5:]):
        assert_norm(student, reference, rows, mean, var, True, momentum=0.25, eps=eps)
        wanted = parts(reference.batch_norm(rows, mean, var, True, momentum=0.25, eps=eps))
        mean, var = wanted["running_mean"], wanted["running_var"]
    assert_norm(student, reference, x, mean, var, False, eps=eps)
    assert_norm(student, reference, 0.003 * x, mean, var, True)  # variances near 1e-5, the eps that nobody gave


@pytest.mark.points(0.25)
def test_follows_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """all three results are where x is"""
    args = draw_batch(rng, 5, 4)
    assert_norm(student, reference, *args, True)
    assert_follows_device(student.batch_norm, *args, True)
