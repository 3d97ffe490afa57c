"""Marks as a spreadsheet takes them: nbgrader's columns, or those that Canvas imports. No cell is a formula.

A mark that there is not is an empty cell, which Canvas leaves as it was.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from autograder.results import Grade, Standing, Ungraded

# As `nbgrader export` writes them. Names and dates stand in the gradebook only.
NBGRADER = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(assignment: str, results: Sequence[Grade | Ungraded], device: str, lms: str | None = None) -> str:
    """A line for each student; ``lms="canvas"`` for Canvas's own columns."""
    rows = _canvas(assignment, results) if lms == "canvas" else _nbgrader(assignment, results)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([[harmless(cell) for cell in row] for row in rows])
    return text.getvalue()


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs: text that looks like the start of a formula gets an apostrophe."""
    mark = "'" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else ""
    return mark + _BREAKS.sub(" ", text)


def _nbgrader(assignment: str, results: Sequence[Grade | Ungraded]) -> list[list[str]]:
    rows = [list(NBGRADER)]
    most = _most(results)
    for result in results:
        at = result.standing or Standing()
        nothing = "" if at.handed_in else "0.0"  # as nbgrader has it of whoever handed nothing in
        raw = str(result.raw_score) if _mark(result) and isinstance(result, Grade) else nothing
        penalty = str(at.penalty) if raw else ""
        rows.append([
            assignment, at.due, at.timestamp, result.student, at.last_name, at.first_name, at.email,
            raw, penalty, _mark(result) or nothing, most,
        ])  # fmt: skip
    return rows


def _canvas(assignment: str, results: Sequence[Grade | Ungraded]) -> list[list[str]]:
    rows = [[*CANVAS, assignment], ["    Points Possible", "", "", "", "", _most(results)]]
    for result in results:
        at = result.standing or Standing()
        name = f"{at.last_name}, {at.first_name}" if at.last_name and at.first_name else at.last_name or at.first_name
        rows.append([name or result.student, at.lms_id, "", result.student, at.section, _mark(result)])
    return rows


def _mark(result: Grade | Ungraded) -> str:
    return "" if isinstance(result, Ungraded) or result.failed else str(result.score)


def _most(results: Sequence[Grade | Ungraded]) -> str:
    return next((str(result.max_score) for result in results if isinstance(result, Grade)), "")
