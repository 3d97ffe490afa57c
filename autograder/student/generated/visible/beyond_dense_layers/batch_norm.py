"""Visible checks of ``batch_norm``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_unchanged
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

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


def test_training(student: Student, reference: Student, rng: Draw) -> None:
    """training: the batch's statistics normalise, and the running ones move towards them"""
    assert_norm(student, reference, *draw_batch(rng, 5, 3), True)


def test_in_use(student: Student, reference: Student, rng: Draw) -> None:
    """not training: the running statistics normalise and stay, also for a single row"""
    x, mean, var = draw_batch(rng, 4, 3)
    assert_norm(student, reference, x, mean, var, False)
    assert_norm(student, reference, x[:1], mean, var, False)


def test_momentum_and_eps(student: Student, reference: Student, rng: Draw) -> None:
    """momentum and eps are used as they are given; what was given stays as it was"""
    given = draw_batch(rng, 6, 2)
    held = [keep(student, value.clone()) for value in given]
    answer = parts(student.batch_norm(*held, True, momentum=0.3, eps=0.2))
    assert_close(answer, parts(reference.batch_norm(*given, True, momentum=0.3, eps=0.2)), rtol=1e-4, atol=1e-5)
    assert_unchanged(list(given), [fetch(value) for value in held], "something that was given")
