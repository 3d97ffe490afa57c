"""Several outputs at once, and the costs that go by one name."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close
from autograder.checks.kinds import kind_of
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="multi_output",
    points=2,
    names=("multi_output", "cost_quiz"),
    title="Several outputs and three costs",
    minutes=10,
    difficulty="medium",
    hints=(
        "nn.Linear keeps its weight as (outputs, inputs). Which product of X and W has shape (N, outputs)?",
        "`X @ W.T + b`. For the costs take the squared differences once: their sum, their mean over all N · D numbers, "
        "and the sum of each row, averaged over the N rows.",
        "`squares = (pred - target) ** 2`, then `squares.mean()`, `squares.sum()`, `squares.sum(dim=1).mean()` "
        "and `squares.numel()`.",
    ),
)

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


@visible
@pytest.mark.points(0.5)
def test_outputs(student: Student, reference: Student, rng: Draw) -> None:
    """multi_output gives shape (N, outputs), for W of shape (outputs, inputs)"""
    for rows, inputs, outputs in ((5, 3, 2), (4, 3, 3)):
        args = rng.normal(rows, inputs), rng.normal(outputs, inputs), rng.normal(outputs)
        assert_close(student.multi_output(*args), reference.multi_output(*args), "the outputs")


@visible
@pytest.mark.points(0.5)
def test_costs_of_the_notebook(student: Student, reference: Student) -> None:
    """cost_quiz is right for the notebook's two rows of two outputs"""
    assert_costs(student, reference, torch.tensor(PRED), torch.tensor(TARGET))


@visible
@pytest.mark.points(0.5)
def test_costs_of_other_shapes(student: Student, reference: Student, rng: Draw) -> None:
    """cost_quiz is right where the numbers of rows and outputs differ"""
    assert_costs(student, reference, rng.normal(5, 3), rng.normal(5, 3))


@pytest.mark.points(0.5)
def test_other_sizes(student: Student, reference: Student, rng: Draw) -> None:
    """both hold for one row, one output and many"""
    for rows, inputs, outputs in ((6, 4, 4), (1, 2, 5), (7, 3, 1)):
        args = rng.normal(rows, inputs), rng.normal(outputs, inputs), rng.normal(outputs)
        assert_close(student.multi_output(*args), reference.multi_output(*args), "the outputs")
    assert_costs(student, reference, rng.normal(2, 6), rng.normal(2, 6))
