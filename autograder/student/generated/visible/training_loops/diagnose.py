"""Visible checks of ``diagnose``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import math
from typing import Any

from autograder.checks import assert_equal
from autograder.remote.proxy import Student

History = dict[str, Any]


def curve(train: list[float], val: list[float], baseline: float) -> History:
    """A history as ``fit`` returns it, with the loss of the baseline beside it."""
    return {"train": train, "val": val, "baseline": baseline}


# Six curves, one for each word; every number is well inside its rule.
PLANTED: dict[str, History] = {
    "good": curve([0.9, 0.6, 0.45, 0.4, 0.36, 0.34, 0.33], [0.95, 0.7, 0.6, 0.56, 0.54, 0.55, 0.53], 1.0),
    "overfit": curve([0.9, 0.5, 0.3, 0.2, 0.12, 0.07, 0.05], [0.95, 0.7, 0.6, 0.58, 0.66, 0.8, 0.93], 1.0),
    "underfit": curve([1.0, 0.98, 0.97, 0.96, 0.95, 0.95, 0.94], [1.02, 1.0, 0.99, 0.985, 0.98, 0.975, 0.97], 1.0),
    "diverged": curve([0.9, 1.4, 3.0, 9.0, 40.0, 200.0, 900.0], [1.0, 1.5, 3.2, 9.5, 44.0, 210.0, 950.0], 1.0),
    "noisy": curve([0.9, 0.62, 0.5, 0.46, 0.4, 0.38, 0.36], [0.95, 0.68, 0.8, 0.62, 0.75, 0.6, 0.72], 1.0),
    "leak": curve([0.5, 0.1, 0.02, 0.006, 0.003, 0.002, 0.001], [0.4, 0.08, 0.02, 0.006, 0.003, 0.002, 0.0012], 1.0),
}


def assert_all(student: Student, reference: Student, histories: list[History]) -> None:
    """Fail unless each history gets its word."""
    said = [student.diagnose(history) for history in histories]
    assert_equal(said, [reference.diagnose(history) for history in histories], "the words for the runs are different")


def test_six_runs(student: Student, reference: Student) -> None:
    """good, overfit, underfit, diverged, noisy, leak: one planted run of each"""
    assert_all(student, reference, list(PLANTED.values()))


def test_the_first_rule_counts(student: Student, reference: Student) -> None:
    """NaN is diverged; of two rules the upper one is the answer; just 0.4 of the pairs are enough for noisy"""
    histories = [
        curve([0.9, 0.7, math.nan], [1.0, 0.8, math.nan], 1.0),
        curve([1.0, 0.97, 0.96, 0.95], [0.7, 0.9, 1.1, 1.3], 1.0),
        curve([0.9, 0.5, 0.3, 0.1], [0.6, 0.9, 0.7, 1.2], 1.0),
        curve([0.4, 0.2, 0.1, 0.05], [0.05, 0.001, 0.002, 0.004], 1.0),
        curve([0.9, 0.7, 0.6, 0.5, 0.45, 0.4], [0.95, 0.7, 0.75, 0.6, 0.65, 0.55], 1.0),  # 2 of 5 pairs: just 0.4
        curve([0.9, 0.5, 0.3], [0.5, 0.005, 0.3], 1.0),  # too good, but not in the last epoch
    ]
    assert_all(student, reference, histories)
