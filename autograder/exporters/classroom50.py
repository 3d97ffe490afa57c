"""Classroom 50's ``result.json``, whose points are whole numbers.

Where a course has fractions of points, all of an assignment's points are multiplied by the smallest number that makes
them whole (2 for halves, 4 for quarters), the same for every student; the points as they are stand beside them in each
test's ``points`` and ``max-points``. Where there is no mark, ``max-score`` is 0 and a test's ``status`` is ``error``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from autograder.exporters.one_each import one_each
from autograder.results import Grade, Outcome, QuestionGrade, Ungraded

SCHEMA = "classroom50/result/v1"
_SCALES = (1, 2, 4, 5, 8, 10, 20, 100)  # halves, quarters, fifths, ... of a point
_ALMOST = 1e-6  # marks are rounded to so much


def as_classroom50(assignment: str, results: Sequence[Grade | Ungraded], device: str) -> str:
    """One submission as ``result.json``; of several, an object with one for each student."""
    return one_each(results, lambda result: classroom50_result(result, os.environ))


def classroom50_result(result: Grade | Ungraded, environment: Mapping[str, str]) -> dict[str, Any]:
    """The object for one submission; whose it is comes from the variables that Classroom 50's runner sets."""
    commit = environment.get("COMMIT_URL") or _commit_url(environment)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    submitted = environment.get("SUBMITTED_AT") or now
    tests = list(_tests(result))
    return {
        "schema": SCHEMA,
        "classroom": environment.get("CLASSROOM") or environment.get("GITHUB_REPOSITORY_OWNER") or "course",
        "assignment": environment.get("ASSIGNMENT") or result.assignment,
        "assignment_type": environment.get("ASSIGNMENT_TYPE") or "individual",
        "owner": environment.get("OWNER") or environment.get("USERNAME") or result.student,
        "submission": environment.get("SUBMISSION_TAG") or f"submit/{submitted.replace(':', '-')}",
        "commit": commit,
        "release": environment.get("RELEASE_URL") or commit,
        "review": environment.get("REVIEW_URL") or commit,
        "datetime": submitted,
        "graded_at": now,
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }


def _commit_url(environment: Mapping[str, str]) -> str:
    """Where the commit can be seen; outside of GitHub a word, since Classroom 50's schema takes no empty text."""
    if not environment.get("GITHUB_SHA"):
        return "local"
    server, repository = environment.get("GITHUB_SERVER_URL", ""), environment.get("GITHUB_REPOSITORY", "")
    return f"{server}/{repository}/commit/{environment['GITHUB_SHA']}"


def points_scale(points: Sequence[float]) -> int:
    """The smallest factor that makes all ``points`` whole; 100, with rounding, where none does."""
    whole = (scale for scale in _SCALES if all(abs(p * scale - round(p * scale)) < _ALMOST for p in points))
    return next(whole, 100)


def _tests(result: Grade | Ungraded) -> list[dict[str, Any]]:
    if isinstance(result, Ungraded):
        message = f"Not graded: {result.reason}."
        return [
            {"test-name": "the submission can be graded", "passed": False, "score": 0, "max-score": 0,
             "status": "error", "message": message}
        ]  # fmt: skip
    points = [test.points for question in result.questions for test in question.tests]
    scale = points_scale([*points, *(question.max_score for question in result.questions)])
    return [_question(question, 0 if result.failed else scale) for question in result.questions]


def _question(question: QuestionGrade, scale: int) -> dict[str, Any]:
    """One question; a ``scale`` of 0 means that there is no mark."""
    told = {
        "test-name": f"{question.id}: {question.title}",
        "passed": question.outcome is Outcome.CORRECT,
        "score": round(question.score * scale),
        "max-score": round(question.max_score * scale),
        "status": str(question.outcome) if scale else "error",
        "mistake": question.mistake_name,
        "message": question.message,
    }
    if not scale:
        return told
    return {**told, "points": question.score, "max-points": question.max_score, "points-scale": scale}
