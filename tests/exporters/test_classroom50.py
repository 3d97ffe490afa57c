"""Classroom 50's result.json: whole numbers, the documented fields, and whose it is."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from autograder.exporters.classroom50 import as_classroom50, classroom50_result, points_scale

from .results import ASSIGNMENT, failed, right, ungraded, wrong

DOCUMENTED = {
    "schema", "classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release", "review",
    "datetime", "graded_at", "score", "max-score", "tests",
}  # fmt: skip


@pytest.mark.parametrize(
    ("points", "scale"), [([1, 2.0], 1), ([0.5, 2], 2), ([0.25, 1.5], 4), ([0.1, 1], 10), ([0.2], 5), ([0.3333], 100)]
)
def test_fractions_become_whole_by_the_smallest_factor(points: list[float], scale: int) -> None:
    """100, with rounding, where none does."""
    assert points_scale(points) == scale


def test_scores_are_whole_and_sum_up() -> None:
    """Score and most are the sums of the tests', and the factor does not depend on how the student did."""
    for grade in (right(), wrong()):
        told = json.loads(as_classroom50(ASSIGNMENT, [grade], "cpu"))
        assert told.keys() == DOCUMENTED
        assert told["schema"] == "classroom50/result/v1"
        scales = {test["points-scale"] for test in told["tests"]}
        (scale,) = scales
        assert told["score"] == round(grade.score * scale)
        assert told["max-score"] == round(grade.max_score * scale)
        for test in told["tests"]:
            assert type(test["score"]) is type(test["max-score"]) is int
            assert type(test["passed"]) is bool
            assert test["score"] / scale == pytest.approx(test["points"])
    assert classroom50_result(right(), {})["max-score"] == classroom50_result(wrong(), {})["max-score"]


def test_whose_it_is_comes_from_the_runner() -> None:
    """The variables that Classroom 50 sets."""
    told = classroom50_result(
        right(),
        {"CLASSROOM": "cs", "ASSIGNMENT": "hw6", "USERNAME": "octo", "SUBMISSION_TAG": "submit/1", "COMMIT_URL": "c"},
    )
    assert [told[key] for key in ("classroom", "assignment", "owner", "submission", "commit", "review")] == [
        "cs", "hw6", "octo", "submit/1", "c", "c",
    ]  # fmt: skip


def test_outside_of_classroom_50_every_field_is_still_one_that_it_takes() -> None:
    """No text is empty, times are in UTC to the second, and the submission has the form of a tag."""
    for environment in ({}, {"GITHUB_SERVER_URL": "s", "GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "abc"}):
        told = classroom50_result(right(), environment)
        assert all(told[key] for key in DOCUMENTED)
        assert re.fullmatch(r"submit/[\w.-]+", told["submission"])
        for key in ("datetime", "graded_at"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told[key])
        assert told["assignment_type"] in ("individual", "group")
    assert told["commit"] == "s/o/r/commit/abc"


def test_where_there_is_no_mark_there_are_no_points_to_be_had() -> None:
    """0 of 0, with the reason in the tests."""
    for result in (failed(), ungraded(), replace(failed(), questions=failed().questions[:1])):
        told = classroom50_result(result, {})
        assert (told["score"], told["max-score"]) == (0, 0)
        assert {test["status"] for test in told["tests"]} == {"error"}
