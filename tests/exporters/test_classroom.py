"""What GitHub Classroom's reporter reads, by what its source does with it."""

from __future__ import annotations

import base64
import json

from autograder.exporters.classroom import as_classroom, classroom_result, encoded

from .results import ASSIGNMENT, failed, right, ungraded, wrong


def test_tests_are_always_there_and_sum_up_to_the_score() -> None:
    """The reporter sums the tests' scores, and throws where there are no tests."""
    for grade in (right(), wrong()):
        told = json.loads(as_classroom(ASSIGNMENT, [grade], "cpu"))
        assert told["version"] == 1
        assert told["max_score"] == grade.max_score
        assert sum(test["score"] for test in told["tests"]) == grade.score
        assert told["status"] == ("pass" if grade.score == grade.max_score else "fail")
        fields = {"name", "status", "score", "message", "test_code", "filename", "line_no", "duration"}
        assert all(test.keys() == fields for test in told["tests"])
        assert {test["status"] for test in told["tests"]} <= {"pass", "fail", "error"}


def test_where_there_is_no_mark_the_reporter_counts_nothing() -> None:
    """It passes over a result whose max_score is 0; the tests are there all the same."""
    for result in (failed(), ungraded()):
        told = classroom_result(result)
        assert (told["status"], told["max_score"]) == ("error", 0)
        assert told["tests"]
        assert sum(test["score"] for test in told["tests"]) == 0


def test_base64_gives_the_object_back() -> None:
    """On one line, whatever is in the messages."""
    told = classroom_result(wrong(), {"sgd_step": 17})
    text = encoded(told)
    assert "\n" not in text
    assert json.loads(base64.b64decode(text, validate=True)) == told
    assert told["tests"][0]["line_no"] == 17


def test_a_class_is_one_object_by_student() -> None:
    """Several submissions are told apart by name."""
    told = json.loads(as_classroom(ASSIGNMENT, [right(), wrong()], "cpu"))
    assert sorted(told) == ["ada", "bob"]
