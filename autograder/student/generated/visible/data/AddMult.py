"""Visible checks of ``AddMult``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_unchanged
from autograder.checks.kinds import article, kind_of
from autograder.checks.numbers import sequence_of_numbers
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer


def run(
    AddMult: Callable[..., Any],
    Mult: Callable[..., Any],
    Compose: Callable[..., Any],
    plan: Any,
    x: torch.Tensor,
    y: torch.Tensor,
) -> Any:
    """Follow a plan, transforms by name with their numbers; several are composed. Tell the sample after it, too."""
    made = [(AddMult if name == "AddMult" else Mult)(*numbers) for name, *numbers in plan]
    transform = made[0] if len(made) == 1 else Compose(made)
    sample = (x, y)
    answer = transform(sample)
    return answer, x, y


Plan = list[tuple[Any, ...]]


def assert_plan(student: Student, reference: Student, plan: Plan, x: torch.Tensor, y: torch.Tensor) -> None:
    """Fail unless the transforms make the right sample, and leave the one that was given alone."""
    sides = []
    for side in (student, reference):
        sides.append(transfer(side, run)(side.AddMult, side.Mult, side.Compose, plan, x.clone(), y.clone()))
    (answer, x_after, y_after), (wanted, *_) = sides
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        words = f"{article(kind_of(answer))} came back where a sample was wanted"
        raise CheckFailed(words, kind_of(answer), Wanted("a pair: x, y"))
    assert_close(list(answer), list(wanted), "the sample x, y")
    assert_unchanged((x, y), (x_after, y_after), "the sample that was given")


def sample(rng: Draw, size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Features and a target, none of them 0, 1 or 2, on which adding and multiplying differ."""
    return rng.integers(3, 9, size).float() + 0.25, rng.integers(3, 9, 1).float()


def test_the_notes_sample(student: Student, reference: Student) -> None:
    """x = [2, 2], y = [1]: AddMult(1, 2) gives [3, 3] and [2]; then Mult(100) gives [300, 300] and [200]"""
    x, y = torch.tensor([2.0, 2.0]), torch.tensor([1.0])
    assert_plan(student, reference, [("AddMult", 1, 2)], x, y)
    assert_plan(student, reference, [("Mult", 100)], x, y)
    assert_plan(student, reference, [("AddMult", 1, 2), ("Mult", 100)], x, y)


def test_the_order_quiz(student: Student, reference: Student) -> None:
    """order_quiz() returns two numbers: what the other order makes of x and y"""
    answer, wanted = student.order_quiz(), reference.order_quiz()
    numbers, right = (list(sequence_of_numbers(value, "order_quiz")) for value in (answer, wanted))
    assert_close(numbers, right, "order_quiz", rtol=1e-6, atol=1e-6)


def test_three_in_a_row(student: Student, reference: Student, rng: Draw) -> None:
    """Compose calls the first transform first, each with what the one before returned"""
    x, y = sample(rng, 3)
    assert_plan(student, reference, [("Mult", 4), ("AddMult", 7, 3), ("Mult", 2)], x, y)
