"""The report for programs: one JSON object, whose schema stands in ``docs/``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from autograder.exporters.notes import device_note
from autograder.results import Grade, Outcome, QuestionGrade, Ungraded

SCHEMA_VERSION = 1
_WORST_FIRST = ("none", "partial", "full")


def as_json(assignment: str, results: Sequence[Grade | Ungraded], device: str) -> str:
    """The whole class as JSON; a score that is not recorded is null."""
    grades = [result for result in results if isinstance(result, Grade)]
    isolation = next((level for level in _WORST_FIRST if any(grade.isolation == level for grade in grades)), "none")
    report: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "assignment": assignment,
        "device": device,
        "isolation": isolation,
        "notes": list(device_note(device)),
        "submissions": [_submission(result) for result in results],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _submission(result: Grade | Ungraded) -> dict[str, Any]:
    if isinstance(result, Ungraded):
        return {
            "student": result.student, "notebook": result.notebook, "score": None, "max_score": None,
            "questions": [], "flags": [], "seconds": 0.0, "error": result.reason, "intake": list(result.intake),
            **_standing(result),
        }  # fmt: skip
    return {
        "student": result.student,
        "notebook": result.notebook,
        "score": None if result.failed else result.score,
        "max_score": result.max_score,
        "questions": [_question(question) for question in result.questions if question.outcome is not Outcome.WAITING],
        "flags": list(result.flags),
        "seconds": result.seconds,
        "intake": list(result.intake),
        **_standing(result),
    }


def _standing(result: Grade | Ungraded) -> dict[str, Any]:
    """What the gradebook says, where there is one."""
    at = result.standing
    if at is None:
        return {}
    told = {
        "first_name": at.first_name, "last_name": at.last_name, "email": at.email, "lms_id": at.lms_id,
        "section": at.section, "timestamp": at.timestamp, "handed_in": at.handed_in,
        "late_submission_penalty": at.penalty, "marked_by_hand": list(at.by_hand),
        "comments": [{"question": question, "comment": comment} for question, comment in at.comments],
        "differs": at.differs, "waiting": list(result.waiting) if isinstance(result, Grade) else [],
    }  # fmt: skip
    return {"gradebook": told}


def _question(grade: QuestionGrade) -> dict[str, Any]:
    return {
        "id": grade.id,
        "title": grade.title,
        "score": None if grade.outcome is Outcome.GRADER_ERROR else grade.score,
        "max_score": grade.max_score,
        "outcome": str(grade.outcome),
        "moment": str(grade.moment),
        "mistake": grade.mistake_name,
        "message": grade.message,
        "tests": [
            {
                "name": test.name,
                "title": test.title,
                "points": test.points,
                "passed": test.passed,
                "cpu_seconds": test.cpu_seconds,
            }
            for test in grade.tests
        ],
        "cpu_seconds": round(sum(test.cpu_seconds for test in grade.tests), 4),
    }
