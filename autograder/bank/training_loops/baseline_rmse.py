"""The error of whoever learned nothing: the number that a model must beat."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close, assert_equal
from autograder.checks.numbers import as_flag, as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="baseline_rmse",
    points=1,
    names=("baseline_rmse", "beats_baseline"),
    title="The number to beat",
    minutes=5,
    difficulty="easy",
    hints=(
        "What would you say for everybody, if you knew the train salaries only?",
        "Predict the mean of the train rows for every test row, and take the RMSE. A model beats that if its "
        "own RMSE is "
        "smaller.",
        "The difference between `y_test` and one number, the mean of …; then square, mean, root. "
        "`beats_baseline` does the same with `pred`, and compares by <.",
    ),
)


def salaries(rng: Draw, n_train: int, n_test: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Train and test salaries in thousands, with means far apart."""
    return rng.normal(n_train, scale=20.0) + 90.0, rng.normal(n_test, scale=25.0) + 120.0


def assert_baseline(student: Student, reference: Student, y_train: torch.Tensor, y_test: torch.Tensor) -> None:
    """Fail unless the baseline is that of the reference."""
    answer, wanted = (as_number(side.baseline_rmse(y_train, y_test), "the baseline") for side in (student, reference))
    assert_close(answer, wanted, "the baseline", rtol=1e-4, atol=1e-4)


@visible
@pytest.mark.points(0.5)
def test_four_salaries(student: Student, reference: Student) -> None:
    """the train mean is said for every test row; a model beats it with a smaller error, and not with an equal one"""
    y_train, y_test = torch.tensor([50.0, 70.0, 105.0, 75.0]), torch.tensor([70.0, 100.0, 110.0])
    assert_baseline(student, reference, y_train, y_test)
    # The baseline is off by 5, 25 and 35, so its error is 25 in float32 and in float64: an equal one is just equal.
    near, far, same = torch.tensor([85.0, 95.0, 105.0]), torch.tensor([140.0, 40.0, 60.0]), torch.full((3,), 75.0)
    asked = [(pred, y_train, y_test) for pred in (near, far, same)]
    said = [as_flag(student.beats_baseline(*args)) for args in asked]
    right = [as_flag(reference.beats_baseline(*args)) for args in asked]
    assert_equal(said, right, "whether a good, a bad and an equal model beat the baseline is different")


@pytest.mark.points(0.5)
def test_other_salaries(student: Student, reference: Student, rng: Draw) -> None:
    """other salaries, some of them twice, and models"""
    y_train, y_test = salaries(rng, rng.integer(8, 12), rng.integer(5, 7))
    y_test = torch.cat([y_test, y_test[:3]])
    assert_baseline(student, reference, y_train, y_test)
    distance = float((y_test - y_train.mean()).square().mean().sqrt())
    for factor in rng.sample((0.9, 1.1, 0.5, 1.5), 4):
        answer = as_flag(student.beats_baseline(y_test + factor * distance, y_train, y_test))
        assert_equal(answer, factor < 1, "whether the baseline is beaten")
