"""Visible checks of ``momentum_step``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import Wanted, assert_close, assert_equal, assert_true, assert_type, assert_unchanged
from autograder.checks.numbers import as_flag, as_number
from autograder.checks.optimizer_steps import assert_steps_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, fetch, keep

KEYS = ("torch", "same_if_lr_is_constant", "same_if_lr_changes", "lr_of_c")


def test_five_steps(student: Student, reference: Student, rng: Draw) -> None:
    """five steps with one learning rate give the w and v of PyTorch's SGD with momentum"""
    w, gradients = rng.normal(3, 2), [rng.normal(3, 2) for _ in range(5)]
    lr, m = rng.number(0.05, 0.3), rng.number(0.55, 0.85)
    assert_steps_close(student, reference, "momentum_step", w, torch.zeros(3, 2), gradients, [lr] * 5, m)


def test_changing_rate(student: Student, reference: Student, rng: Draw) -> None:
    """it also does so when the learning rate changes on the way, and for vectors and single numbers"""
    lr, m = rng.number(0.1, 0.3), rng.number(0.55, 0.85)
    for shape in ((4,), ()):
        w, gradients = rng.normal(*shape), [rng.normal(*shape) for _ in range(5)]
        rates = [lr, lr, lr / 10, lr / 10, lr / 10]
        assert_steps_close(student, reference, "momentum_step", w, torch.zeros(shape), gradients, rates, m)


def test_leaves_its_arguments_alone(student: Student, reference: Student, rng: Draw) -> None:
    """w, v and g stay as they were; the new w and v are tensors of their own, right in float64 too"""
    given = [rng.normal(2, 3, dtype=torch.float64) for _ in range(3)]
    held = [keep(student, tensor.clone()) for tensor in given]
    lr, m = rng.number(0.1, 0.3), rng.number(0.55, 0.85)
    answer = student.momentum_step(*held, lr, m)
    for name, tensor, before in zip(("w", "v", "g"), held, given, strict=True):
        assert_unchanged(before, fetch(tensor), f"your function changed its argument {name}: it")
    assert_close(answer, reference.momentum_step(*given, lr, m))


def quiz_of(student: Student) -> dict[str, Any]:
    """The answers to the quiz, once they are a dict with the four keys."""
    answers = student.convention_quiz()
    assert_type(answers, dict, what="the quiz")
    assert_equal(sorted(map(str, answers)), sorted(KEYS), "the keys of the quiz are different")
    return {key: as_flag(answer) for key, answer in answers.items()}


def test_quiz_is_filled_in(student: Student) -> None:
    """the quiz has its four keys: a letter, two times True or False, and a number"""
    answers = quiz_of(student)
    words, letter = "'torch' is none of 'A', 'B' and 'C'", answers["torch"]
    assert_true(letter in ("A", "B", "C"), words, actual=str(letter), expected=Wanted("'A', 'B' or 'C'"))
    for key in KEYS[1:3]:
        assert_type(answers[key], bool, what=repr(key))
    as_number(answers[KEYS[3]], repr(KEYS[3]))
