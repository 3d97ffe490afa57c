"""The last grades of each student, kept as the JSON report: so that every other report needs no grading.

They lie in ``.autograder/grades/``, which is in no repository and which no submission can read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.course.layout import Course
from autograder.errors import UsageError
from autograder.exporters.json_report import SCHEMA_VERSION, as_json
from autograder.results import Grade, Mistake, Moment, Outcome, QuestionGrade, TestResult, Ungraded


class NoGrades(UsageError):
    """There are no recorded grades, or they are not in the form of ``--format json``."""


def keep(
    course: Course, assignment: str, results: Sequence[Grade | Ungraded], device: str, gradebook: str | None = None
) -> None:
    """Remember ``results``, in place of earlier ones of the same students in the same gradebook."""
    path = grades_file(course, assignment, gradebook)
    try:
        earlier = read_grades(path, assignment)[0]
    except NoGrades:
        earlier = []
    latest = {result.student: result for result in [*earlier, *results]}
    write_grades(path, assignment, [latest[name] for name in sorted(latest)], device)


def write_grades(path: Path, assignment: str, results: Sequence[Grade | Ungraded], device: str) -> None:
    """Remember these results and no others, in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(as_json(assignment, results, device), "utf-8", errors="replace")
    part.replace(path)


def grades_file(course: Course, assignment: str, gradebook: str | None = None) -> Path:
    """Where the last run's grades of an assignment are remembered: runs belong to a gradebook and its class."""
    return course.kept_in(gradebook) / "grades" / f"{assignment}.json"


def read_grades(path: Path, assignment: str) -> tuple[list[Grade | Ungraded], str]:
    """The results in a JSON report, and the device.

    Raises:
        NoGrades: there is no such file, or it is another assignment's, or no report.
    """
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["schema_version"] != SCHEMA_VERSION or told["assignment"] != assignment:
            raise NoGrades(f"{path} holds no grades of {assignment} in the form of version {SCHEMA_VERSION}")
        return [_result(told, submission) for submission in told["submissions"]], str(told["device"])
    except FileNotFoundError as problem:
        raise NoGrades(
            f"no grades of {assignment} are recorded in {path}: `autograder grade {assignment}` records them"
        ) from problem
    except (OSError, KeyError, TypeError, ValueError) as problem:
        if isinstance(problem, NoGrades):
            raise
        raise NoGrades(f"{path} is no report of `autograder grade --format json` ({problem!r})") from problem


def _result(report: dict[str, Any], told: dict[str, Any]) -> Grade | Ungraded:
    if "error" in told:
        how = tuple(told.get("intake", ()))
        return Ungraded(told["student"], report["assignment"], told["notebook"], told["error"], how)
    return Grade(
        student=told["student"],
        assignment=report["assignment"],
        notebook=told["notebook"],
        questions=tuple(_question(question) for question in told["questions"]),
        device=report["device"],
        isolation=report["isolation"],
        seed=0,
        seconds=told["seconds"],
        flags=tuple(told["flags"]),
        intake=tuple(told.get("intake", ())),
    )


def _question(told: dict[str, Any]) -> QuestionGrade:
    return QuestionGrade(
        id=told["id"],
        title=told.get("title", told["id"]),
        score=0.0 if told["score"] is None else told["score"],
        max_score=told["max_score"],
        outcome=Outcome(told["outcome"]),
        moment=Moment(told.get("moment", Moment.END)),
        mistake=None if told["mistake"] is None else Mistake(told["mistake"]),
        message=told["message"],
        tests=tuple(TestResult(**test) for test in told.get("tests", [])),
    )
