"""Visible checks of ``baseline_rmse``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close, assert_equal
from autograder.checks.numbers import as_flag, as_number
from autograder.remote.proxy import Student


def assert_baseline(student: Student, reference: Student, y_train: torch.Tensor, y_test: torch.Tensor) -> None:
    """Fail unless the baseline is that of the reference."""
    answer, wanted = (as_number(side.baseline_rmse(y_train, y_test), "the baseline") for side in (student, reference))
    assert_close(answer, wanted, "the baseline", rtol=1e-4, atol=1e-4)


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
