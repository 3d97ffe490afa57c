"""Marks as a spreadsheet takes them: nbgrader's columns, or a learning management system's. No cell is a formula.

A mark that there is not is an empty cell, which Canvas leaves as it was.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from autograder.exporters.lms import LMS, mark_of, most_of
from autograder.results import Grade, Standing, Ungraded

# As `nbgrader export` writes them. Names and dates stand in the gradebook only.
NBGRADER = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip
_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(
    assignment: str,
    results: Sequence[Grade | Ungraded],
    device: str,
    lms: str | None = None,
    column: str | None = None,
) -> str:
    """A line for each student.

    Args:
        lms: whose columns: a name of ``exporters.lms.LMS``; None for nbgrader's.
        column: what the system calls the assignment's own column; by default the assignment's name.
    """
    rows = LMS[lms](column or assignment, results) if lms else _nbgrader(assignment, results)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([[harmless(cell) for cell in row] for row in rows])
    return text.getvalue()


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs: text that looks like the start of a formula gets an apostrophe."""
    mark = "'" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else ""
    return mark + _BREAKS.sub(" ", text)


def _nbgrader(assignment: str, results: Sequence[Grade | Ungraded]) -> list[list[str]]:
    rows = [list(NBGRADER)]
    most = most_of(results)
    for result in results:
        at = result.standing or Standing()
        nothing = "" if at.handed_in else "0.0"  # as nbgrader has it of whoever handed nothing in
        raw = str(result.raw_score) if mark_of(result) and isinstance(result, Grade) else nothing
        penalty = str(at.penalty) if raw else ""
        rows.append([
            assignment, at.due, at.timestamp, result.student, at.last_name, at.first_name, at.email,
            raw, penalty, mark_of(result) or nothing, most,
        ])  # fmt: skip
    return rows
