"""Replaying an optimizer's steps: (w, v) in, (w, v) out, with the same gradients for student and reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch

from autograder.checks.closeness import assert_close
from autograder.checks.failed import CheckFailed, Wanted
from autograder.checks.kinds import article, kind_of
from autograder.remote.proxy import Remote, Student, transfer


def replay(side: Student) -> Remote:
    """``replay(step, w, v, gradients, rates, ...)`` over there: the pairs that one step after another gives."""
    found: Remote = transfer(side, _answers_of)
    return found


def assert_steps_close(
    student: Student,
    reference: Student,
    name: str,
    w: torch.Tensor,
    v: torch.Tensor | None,
    gradients: Sequence[torch.Tensor],
    rates: Sequence[float],
    *more: Any,
    **options: Any,
) -> None:
    """Fail unless the student's steps lead from (w, v) where the reference's do; float32 to a part in 100,000.

    Args:
        name: of the function, called as ``name(w, v, g, lr, *more, **options)``.
        v: what the optimizer remembers at the start: a tensor, or None.
    """
    args = w, v, list(gradients), list(rates), *more
    found = replay(student)(getattr(student, name), *args, **options)
    wanted = replay(reference)(getattr(reference, name), *args, **options)
    for answer in found:
        if not isinstance(answer, (list, tuple)) or len(answer) != 2:
            words = f"{article(kind_of(answer))} came back where two tensors, new w and new memory, were wanted"
            raise CheckFailed(words, answer, Wanted("a pair"))
    # Where a step cancels most of w, ways of writing the same formula differ by 3e-6 of the step.
    assert_close(told(found), told(wanted), rtol=1e-5, atol=1e-5)


def told(answers: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Each step's pair under names that a failure can tell."""
    return {
        f"{what} after step {number}": value
        for number, answer in enumerate(answers, start=1)
        for what, value in zip(("w", "memory"), answer, strict=True)
    }


def _answers_of(
    step: Callable[..., Any],
    w: Any,
    v: Any,
    gradients: list[torch.Tensor],
    rates: list[float],
    *more: Any,
    **options: Any,
) -> list[Any]:
    """What one step after another gives; copied at once, so that a later step in place changes no earlier answer."""

    def copied(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return tuple(copied(item) for item in value)
        return value.clone() if isinstance(value, torch.Tensor) else value

    answers = []
    for g, lr in zip(gradients, rates, strict=True):
        answer = step(w, v, g.clone(), lr, *more, **options)
        answers.append(copied(answer))
        if not isinstance(answer, (list, tuple)) or len(answer) != 2:
            break
        w, v = answer
    return answers
