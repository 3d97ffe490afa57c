"""From what the tests found to an outcome and marks."""

from __future__ import annotations

import pytest

from autograder.judging.run_test import Fingerprint
from autograder.judging.scoring import judge


def of(kind: str) -> Fingerprint | None:
    return None if kind == "passed" else Fingerprint(1, kind, "", None, None)


@pytest.mark.parametrize(
    ("kinds", "outcome", "score"),
    [
        (["passed", "passed"], "correct", 3),
        (["passed", "check"], "partial", 1),
        (["check", "passed"], "partial", 2),
        (["passed", "raised"], "partial", 1),
        (["passed", "timeout"], "partial", 1),
        (["check", "check"], "wrong", 0),
        (["unusable", "unusable"], "wrong", 0),
        (["check", "raised"], "wrong", 0),
        (["check", "not_attempted"], "wrong", 0),
        (["raised", "raised"], "error", 0),
        (["died", "died"], "error", 0),
        (["raised", "timeout"], "timeout", 0),
        (["check", "timeout"], "timeout", 0),
        (["memory", "raised"], "memory", 0),
        (["timeout", "memory"], "timeout", 0),
        (["not_attempted", "not_attempted"], "not_attempted", 0),
        (["not_attempted", "raised"], "not_attempted", 0),
        (["missing", "missing"], "missing", 0),
        (["passed", "forbidden"], "forbidden", 0),
        (["forbidden", "timeout"], "forbidden", 0),
        (["correct", "correct"], "error", 0),
        (["a kind from nowhere", "raised"], "error", 0),
    ],
)
def test_outcome_and_marks(kinds: list[str], outcome: str, score: float) -> None:
    assert judge(zip([1.0, 2.0], map(of, kinds), strict=True)) == (outcome, score)


def test_a_question_without_tests_is_correct_and_worth_nothing() -> None:
    assert judge([]) == ("correct", 0)
