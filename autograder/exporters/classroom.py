"""What GitHub Classroom's reporter reads: a JSON object, which a workflow hands over as base64.

``tests`` is always there, for the reporter throws without it. It sums ``tests[].score`` and passes over a result whose
``max_score`` is 0: that is how a mark that there is not is told.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.exporters.notes import NO_MARK
from autograder.exporters.one_each import one_each
from autograder.results import Grade, Outcome, QuestionGrade, Ungraded

Lines = Mapping[str, int]


def as_classroom(assignment: str, results: Sequence[Grade | Ungraded], device: str) -> str:
    """One submission as the reporter takes it; of several, an object with one for each student."""
    return one_each(results, classroom_result)


def classroom_result(result: Grade | Ungraded, lines: Lines | None = None) -> dict[str, Any]:
    """The reporter's object for one submission.

    Args:
        lines: where in the notebook's file each question's cell begins, if that is known.
    """
    if isinstance(result, Ungraded):
        return _no_mark([_test("the submission can be graded", "error", 0.0, f"Not graded: {result.reason}.", result)])
    status = "error" if result.failed else "pass" if result.score >= result.max_score else "fail"
    tests = [_question(result, question, (lines or {}).get(question.id, 0)) for question in result.questions]
    if result.failed:
        return _no_mark([{**test, "score": 0.0, "status": "error"} for test in tests])
    return {"version": 1, "status": status, "max_score": result.max_score, "tests": tests}


def encoded(result: dict[str, Any]) -> str:
    """The object in base64, as it stands in ``<RUNNER>_RESULTS``."""
    return base64.b64encode(json.dumps(result).encode("utf-8")).decode("ascii")


def _no_mark(tests: list[dict[str, Any]]) -> dict[str, Any]:
    return {"version": 1, "status": "error", "max_score": 0, "tests": tests, "message": NO_MARK}


def _question(grade: Grade, question: QuestionGrade, line: int) -> dict[str, Any]:
    passed = question.outcome is Outcome.CORRECT
    message = None if passed else question.message
    return _test(f"{question.id}: {question.title}", "pass" if passed else "fail", question.score, message, grade, line)


def _test(
    name: str, status: str, score: float, message: str | None, result: Grade | Ungraded, line: int = 0
) -> dict[str, Any]:
    return {
        "name": name, "status": status, "score": score, "message": _one_line(message), "test_code": "",
        "filename": result.notebook, "line_no": line, "duration": 0,
    }  # fmt: skip


def _one_line(message: str | None) -> str | None:
    """The reporter prints it, and a line that begins with ``::`` would be a workflow command."""
    return None if message is None else " ".join(message.split())
