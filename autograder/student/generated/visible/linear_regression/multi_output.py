"""Visible checks of ``multi_output``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.kinds import kind_of
from autograder.checks.numbers import as_number
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

PRED, TARGET = [[1.0, 4.0], [5.0, 2.0]], [[2.0, 2.0], [2.0, 6.0]]

KEYS = ("mean", "sum", "per_sample", "lr_ratio")


def costs(answer: Any) -> dict[str, float]:
    """The four numbers of an answer, as floats."""
    if not isinstance(answer, dict):
        raise CheckFailed(f"{kind_of(answer)} came back where a dict was wanted", answer, Wanted("a dict"))
    if set(answer) != set(KEYS):
        raise CheckFailed("the keys are different", sorted(answer, key=repr), sorted(KEYS))
    return {key: as_number(answer[key], key) for key in KEYS}


def assert_costs(student: Student, reference: Student, *pair: torch.Tensor) -> None:
    """Fail unless all four numbers are right."""
    answer, wanted = costs(student.cost_quiz(*pair)), costs(reference.cost_quiz(*pair))
    assert_close(answer, wanted, rtol=1e-4, atol=1e-5)


def test_outputs(student: Student, reference: Student, rng: Draw) -> None:
    """multi_output gives shape (N, outputs), for W of shape (outputs, inputs)"""
    for rows, inputs, outputs in ((5, 3, 2), (4, 3, 3)):
        args = rng.normal(rows, inputs), rng.normal(outputs, inputs), rng.normal(outputs)
        assert_close(student.multi_output(*args), reference.multi_output(*args), "the outputs")


def test_costs_of_the_notebook(student: Student, reference: Student) -> None:
    """cost_quiz is right for the notebook's two rows of two outputs"""
    assert_costs(student, reference, torch.tensor(PRED), torch.tensor(TARGET))


def test_costs_of_other_shapes(student: Student, reference: Student, rng: Draw) -> None:
    """cost_quiz is right where the numbers of rows and outputs differ"""
    assert_costs(student, reference, rng.normal(5, 3), rng.normal(5, 3))
