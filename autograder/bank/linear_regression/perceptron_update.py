"""The perceptron rule: move the weights only when the answer is wrong."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_unchanged
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

QUESTION = Question(
    id="perceptron_update",
    points=3,
    names=("perceptron_update",),
    title="The perceptron's update",
    minutes=10,
    difficulty="easy",
    hints=(
        "There are three cases: the answer is right, it is 0 and should be 1, it is 1 and should be 0. "
        "Which way should the score go in each?",
        "Compute the answer `step(w · x + b)` first. The error is y minus that answer: 0, 1 or −1. "
        "Both w and b move by lr · error, w times x as well.",
        "`error = y - step(w @ x + b)`, then `return w + lr * error * x, b + lr * error`.",
    ),
)


def pair(answer: Any) -> dict[str, Any]:
    """The new w and b, b as a float."""
    if not isinstance(answer, (list, tuple)) or len(answer) != 2:
        raise CheckFailed("two things were wanted, (w, b)", answer, Wanted("a pair (w, b)"))
    return {"w": answer[0], "b": as_number(answer[1], "b")}


def assert_updates(student: Student, reference: Student, cases: list[tuple[Any, ...]]) -> None:
    """Fail unless every case ends with the right w and b; all are asked before any is judged."""
    got = [student.perceptron_update(*case) for case in cases]
    wanted = [reference.perceptron_update(*case) for case in cases]
    assert_close([pair(one) for one in got], [pair(one) for one in wanted], rtol=1e-5, atol=1e-5, check_dtype=False)


def draw_case(rng: Draw, features: int, answer: int, target: int) -> tuple[Any, ...]:
    """(w, b, x, y, lr) for which the perceptron answers ``answer``, and every part of w, b and x counts."""
    while True:
        w, x, b = rng.normal(features), rng.normal(features), rng.normal()
        score = float(w @ x + b)
        clear = abs(score) > 0.3 and float(w @ x) * score < -0.1 and bool((x.abs() > 0.2).all())  # b decides
        if clear and abs(score - target) > 0.3 and (score > 0) == bool(answer):
            return w, b, x, target, rng.number(0.2, 0.8)


@visible
@pytest.mark.points(1)
def test_wrong_answers_move_both(student: Student, reference: Student, rng: Draw) -> None:
    """a wrong answer moves w by lr · (y − answer) · x and b by lr · (y − answer)"""
    cases = [
        (torch.tensor([1.0, -2.0]), torch.tensor(0.5), torch.tensor([2.0, 3.0]), 1, 0.1),
        (torch.tensor([1.0, 2.0]), torch.tensor(-0.5), torch.tensor([2.0, 3.0]), 0, 0.1),
        draw_case(rng, 3, 0, 1),
        draw_case(rng, 4, 1, 0),
    ]
    assert_updates(student, reference, cases)


@visible
@pytest.mark.points(0.5)
def test_right_answers_move_nothing(student: Student, reference: Student, rng: Draw) -> None:
    """a right answer leaves w and b as they are"""
    assert_updates(student, reference, [draw_case(rng, 3, 1, 1), draw_case(rng, 2, 0, 0)])


@visible
@pytest.mark.points(0.5)
def test_score_of_zero(student: Student, reference: Student, rng: Draw) -> None:
    """a score of exactly zero is the answer 0, as in question 1"""
    x, lr = rng.normal(2), rng.number(0.2, 0.8)
    cases = [(torch.zeros(2), torch.tensor(0.0), x, target, lr) for target in (0, 1)]
    assert_updates(student, reference, cases)


@visible
@pytest.mark.points(0.5)
def test_what_was_given_stays(student: Student, reference: Student, rng: Draw) -> None:
    """the w, b and x that were given are unchanged afterwards"""
    w, b, x, y, lr = draw_case(rng, 3, 0, 1)
    given = [keep(student, value.clone()) for value in (w, b, x)]
    answer = student.perceptron_update(*given, y, lr)
    assert_unchanged([w, b, x], [fetch(value) for value in given], "something that was given")
    wanted = reference.perceptron_update(w, b, x, y, lr)
    assert_close(pair(answer), pair(wanted), rtol=1e-5, atol=1e-5, check_dtype=False)


@pytest.mark.points(0.5)
def test_all_four_cases(student: Student, reference: Student, rng: Draw) -> None:
    """it holds for any number of inputs and any learning rate, right or wrong, up or down"""
    # The products decide by their sum, not by their mean: the scores are 2 and -2.
    cases = [
        (sign * torch.tensor([1.0, 2.0, 1.0]), sign * torch.tensor(-2.0), torch.ones(3), y, 0.5)
        for sign, y in ((1, 1), (-1, 0))
    ]
    assert_updates(student, reference, cases)
    sizes = rng.sample([1, 3, 5, 6], 4)
    kinds = [(0, 1), (1, 0), (0, 0), (1, 1)]
    assert_updates(student, reference, [draw_case(rng, n, *kind) for n, kind in zip(sizes, kinds, strict=True)])
