"""What two curves of losses say about a run, by stated rules."""

from __future__ import annotations

import math
from typing import Any

import pytest

from autograder.checks import assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="diagnose",
    points=2,
    names=("diagnose",),
    title="Read the curves",
    minutes=15,
    difficulty="medium",
    hints=(
        "Take the rules from the top. The first that holds is the answer.",
        "Each rule needs one or two numbers: the first and last train loss, the last and the lowest "
        "validation loss, the "
        "number of rises. Compute them, then ask one rule after the other.",
        "`rises = sum(b > a for a, b in zip(val, val[1:]))`; `if not math.isfinite(train[-1]) or train[-1] > train[0]: "
        "return 'diverged'`; and so on down the list.",
    ),
)

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

# What a slip in one rule takes for something else, with its word in the comment. A number that stands just at a bound
# is one that floats hold, so that 0.01 · 100 and 1 / 100 agree.
FALLS = [90.0, 60.0, 50.0, 40.0]
CLOSE: list[History] = [
    curve([60.0, 90.0, 70.0, 50.0], [90.0, 80.0, 70.0, 60.0], 100.0),  # good: higher in between, lower in the end
    curve([60.0, 40.0, 70.0, 50.0], [90.0, 80.0, 70.0, 60.0], 100.0),  # good
    curve([50.0, 70.0, 60.0, 60.0], [90.0, 80.0, 70.0, 60.0], 100.0),  # diverged: above the first, not the second
    curve([50.0, 40.0, 45.0, 50.0], [90.0, 80.0, 70.0, 60.0], 100.0),  # good: just the first
    curve([math.inf, 50.0, 45.0, 40.0], [90.0, 80.0, 70.0, 60.0], 100.0),  # good: infinite at first only
    curve([math.inf, 50.0, 45.0, math.inf], [90.0, 80.0, 70.0, 60.0], 100.0),  # diverged
    curve(FALLS, [90.0, 40.0, 4.0, 0.5], 100.0),  # leak
    curve(FALLS, [90.0, 40.0, 4.0, 1.0], 100.0),  # good: just at the bound
    curve(FALLS, [90.0, 40.0, 4.0, 1.5], 100.0),  # good
    curve([95.0, 92.0, 90.0, 85.0], [90.0, 40.0, 4.0, 0.5], 100.0),  # leak, and underfit
    curve([95.0, 92.0, 90.0, 80.0], [90.0, 80.0, 70.0, 60.0], 100.0),  # good: just at the bound
    curve([95.0, 92.0, 90.0, 85.0], [40.0, 50.0, 60.0, 70.0], 100.0),  # underfit, and overfit
    curve([95.0, 70.0, 60.0, 81.0], [90.0, 80.0, 70.0, 60.0], 100.0),  # underfit, in the last epoch only
    curve([9.0, 8.0, 7.0, 6.0], [14.0, 12.0, 10.0, 13.0], 20.0),  # good: just 1.3 times the lowest, one rise of three
    curve([9.0, 8.0, 7.0, 6.0], [10.0, 15.0, 14.5, 14.0], 20.0),  # overfit: the first is the lowest
    curve([9.0, 8.0, 7.0, 6.0], [13.0, 10.0, 10.0, 10.0], 20.0),  # good: equal is no rise
]


def assert_all(student: Student, reference: Student, histories: list[History]) -> None:
    """Fail unless each history gets its word."""
    said = [student.diagnose(history) for history in histories]
    assert_equal(said, [reference.diagnose(history) for history in histories], "the words for the runs are different")


@visible
@pytest.mark.points(1)
def test_six_runs(student: Student, reference: Student) -> None:
    """good, overfit, underfit, diverged, noisy, leak: one planted run of each"""
    assert_all(student, reference, list(PLANTED.values()))


@visible
@pytest.mark.points(0.5)
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


@pytest.mark.points(0.5)
def test_other_runs(student: Student, reference: Student, rng: Draw) -> None:
    """other units, lengths and baselines; two rules at once; numbers just at a bound"""
    scale = rng.number(2, 9, 0.25)
    scaled = [
        curve([scale * v for v in h["train"]], [scale * v for v in h["val"]], scale * h["baseline"])
        for h in rng.sample(list(PLANTED.values()), 6)
    ]
    assert_all(student, reference, scaled)
    late = [3.0, 2.0, 1.5, 1.2, 1.1, 1.0, 0.9, 0.8]
    histories = [
        curve(late, [2.9, 2.2, 1.8, 1.7, 1.72, 1.69, 1.68, 1.9], 4.0),
        curve(late, [2.9, 2.2, 1.3, 1.2, 1.4, 1.6, 1.9, 2.1], 4.0),
        curve(late, [2.9, 2.0, 2.2, 1.9, 2.1, 1.8, 2.0, 1.9], 4.0),
        curve(late, [2.9, 2.2, 1.8, 1.7, 1.6, 1.5, 1.45, 1.4], 0.9),
    ]
    assert_all(student, reference, [histories[i] for i in rng.permutation(4).tolist()])
    assert_all(student, reference, CLOSE)
