"""Gradescope's results.json, checked against what its documentation says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.course.assignment import load_assignment
from autograder.exporters.gradescope import as_gradescope

from .results import ASSIGNMENT, failed, right, ungraded, wrong

VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}
TOP = {
    "score": (int, float), "execution_time": (int, float), "output": str, "output_format": str,
    "test_output_format": str, "test_name_format": str, "visibility": str, "stdout_visibility": str,
    "extra_data": dict, "tests": list, "leaderboard": list,
}  # fmt: skip
TEST = {
    "score": (int, float), "max_score": (int, float), "status": str, "name": str, "name_format": str, "number": str,
    "output": str, "output_format": str, "tags": list, "visibility": str, "extra_data": dict,
}  # fmt: skip
FORMATS = {"text", "html", "simple_format", "md", "ansi"}


def result(told: Any, device: str = "cpu") -> dict[str, Any]:
    content: dict[str, Any] = json.loads(as_gradescope(ASSIGNMENT, [told], device))
    return content


def assert_documented(told: dict[str, Any]) -> None:
    """Every field is documented and of its type."""
    for name, value in told.items():
        assert isinstance(value, TOP[name]), name
    for test in told["tests"]:
        for name, value in test.items():
            assert isinstance(value, TEST[name]), name
        assert test["visibility"] in VISIBILITIES
        assert test["status"] in {"passed", "failed"}
        assert test.get("output_format", "text") in FORMATS
    assert {told.get("visibility", "visible"), told["stdout_visibility"]} <= VISIBILITIES


@pytest.mark.parametrize("told", [right(), wrong(), failed(), ungraded()], ids=["right", "wrong", "failed", "ungraded"])
def test_only_documented_fields_of_the_documented_types(told: Any) -> None:
    """Whatever became of the submission."""
    assert_documented(result(told))


def test_the_score_is_the_sum_of_the_tests() -> None:
    """So it does not matter which of the two Gradescope takes."""
    for grade in (right(), wrong()):
        told = result(grade)
        assert told["score"] == pytest.approx(sum(test["score"] for test in told["tests"])) == grade.score
        assert sum(test["max_score"] for test in told["tests"]) == pytest.approx(grade.max_score)


def test_hidden_tests_are_shown_after_publication_only() -> None:
    """Exactly the tests that students run themselves are visible at once."""
    visible = {
        f"{question.id}: {test.title}"
        for question in load_assignment(ASSIGNMENT).questions for test in question.tests if test.visible
    }  # fmt: skip
    for test in result(wrong())["tests"]:
        assert test["visibility"] == ("visible" if test["name"] in visible else "after_published")


def test_a_message_stands_once_and_where_it_can_be_read() -> None:
    """Each question that lost marks has one message, under a visible test if one of these failed."""
    for question in wrong().questions[:2]:
        tests = [test for test in result(wrong())["tests"] if test["tags"] == [question.id]]
        said = [test for test in tests if test["output"]]
        assert len(said) == 1
        failing = [test for test in tests if test["status"] == "failed"]
        if any(test["visibility"] == "visible" for test in failing):
            assert said[0]["visibility"] == "visible"


def test_where_there_is_no_mark_no_score_stands_anywhere() -> None:
    """So Gradescope cannot record one."""
    for told in (result(failed()), result(ungraded())):
        assert "score" not in told
        assert not any("score" in test for test in told["tests"])


def test_a_gpu_is_noted() -> None:
    """With the marks of a CPU."""
    assert "graded on cuda" in result(right(), "cuda")["output"]
    assert result(right(), "cuda")["score"] == result(right())["score"]
