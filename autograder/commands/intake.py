"""``autograder intake``: who handed in what, and what was passed over; the first step of ``autograder grade``.

Nothing is graded or copied. The exit code is 0 if nobody can have been lost, else 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.course.assignment import Assignment, assignment_names, course_assignment
from autograder.course.configuration import course_here
from autograder.course.layout import Course
from autograder.gradebook.class_list import class_list
from autograder.gradebook.master import other_graded_notebooks
from autograder.results import Grade, Ungraded
from autograder.submission.deadline import Deadline
from autograder.submission.find import shown, take_in
from autograder.submission.pushes import read_pushes
from autograder.submission.records import Intake, Submission, Wanted


def intake_command(options: argparse.Namespace) -> int:
    """Run the command: look, and tell."""
    course = course_here()
    assignment = course_assignment(course, options.assignment)
    intake = intake_of(assignment, course, options)
    report = as_json(intake) if options.format == "json" else as_table(intake, course)
    if options.output is not None:
        options.output.write_text(report, "utf-8")
    else:
        sys.stdout.write(report)
    return int(loses_somebody(intake))


def intake_of(assignment: Assignment, course: Course, options: argparse.Namespace) -> Intake:
    """What the paths on the command line hold."""
    no_gradebook = bool(getattr(options, "no_gradebook", False))
    url = None if no_gradebook else options.gradebook
    return take_in(
        wanted_of(assignment),
        options.paths or [course.root / "submitted"],
        roster=class_list(course, url, gradebook=not no_gradebook),
        deadline=_deadline(course, assignment.name, options),
        student=options.student or "",
    )


def wanted_of(assignment: Assignment) -> Wanted:
    """What notebooks of an assignment are known by."""
    names = {name for question in assignment.questions for name in (question.id, *question.question.names)}
    return Wanted(assignment.name, frozenset(names), frozenset(assignment_names()) - {assignment.name})


def loses_somebody(intake: Intake) -> bool:
    """Whether a person must look: something that could be work is not graded."""
    return bool(intake.lost) or any(submission.fault for submission in intake.submissions)


def lines_about(intake: Intake, course: Course) -> list[str]:
    """What grading says of the intake before it begins: only what somebody must know."""
    others = other_graded_notebooks(course.root / "release" / intake.assignment, intake.assignment)
    lines = [
        f"{name} of {intake.assignment} has graded cells too, and is not graded here: `nbgrader autograde` grades it"
        for name in others
    ]
    lines += [f"not graded: {shown(item.path)}: {item.why}" for item in intake.lost]
    lines += [f"{one.student}: {note}" for one in intake.submissions for note in one.notes if not one.fault]
    lines += [f"{one.student}: ⚑ {flag}" for one in intake.submissions for flag in one.flags]
    quiet = len(intake.passed_over) - len(intake.lost)
    if quiet:
        were = "file was" if quiet == 1 else "files were"
        lines.append(f"{quiet} more {were} passed over; `autograder intake {intake.assignment}` tells which")
    if intake.missing:
        lines.append(f"handed nothing in: {', '.join(intake.missing)}")
    return lines


def with_intake(result: Grade | Ungraded, intake: Intake) -> Grade | Ungraded:
    """A result with what the intake said of its submission."""
    submission = next((one for one in intake.submissions if one.student == result.student), None)
    if submission is None:
        return result
    told = tuple(dict.fromkeys(filter(None, (*result.intake, submission.origin, *submission.notes))))
    if isinstance(result, Ungraded):
        return replace(result, intake=(*told, *submission.flags))
    return replace(result, intake=told, flags=tuple(dict.fromkeys((*submission.flags, *result.flags))))


def as_table(intake: Intake, course: Course) -> str:
    """A line for each student: the file and the moment that count; then what was passed over, and who is missing."""
    rows = [("student", "handed in", "notebook", "")]
    rows += [_row(submission, course) for submission in intake.submissions]
    widths = [max(_width(row[place]) for row in rows) for place in range(3)]
    count = len(intake.submissions)
    lines = [f"{intake.assignment}: {count} {'submission' if count == 1 else 'submissions'}", ""]
    for row in rows:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row[:3], widths, strict=True)]
        lines.append("  ".join([*cells, row[3]]).rstrip())
    if intake.passed_over:
        lines += ["", "passed over (! somebody must look):"]
        for item in sorted(intake.passed_over, key=lambda item: not item.lost):
            lines.append(f"  {'!' if item.lost else ' '} {_place(item.path, course)}: {item.why}")
    if intake.missing:
        lines += ["", f"handed nothing in ({len(intake.missing)}): {', '.join(intake.missing)}"]
    return "\n".join(lines) + "\n"


def as_json(intake: Intake) -> str:
    """The same for programs."""
    told: dict[str, Any] = {
        "schema_version": 1,
        "assignment": intake.assignment,
        "submissions": [
            {
                "student": one.student,
                "notebook": str(one.notebook),
                "moment": None if one.moment is None else one.moment.isoformat(),
                "files": [str(beside.name) for beside in one.files],
                "origin": one.origin or None,
                "notes": list(one.notes),
                "flags": list(one.flags),
                "fault": one.fault or None,
            }
            for one in intake.submissions
        ],
        "passed_over": [{"path": str(item.path), "why": item.why, "lost": item.lost} for item in intake.passed_over],
        "missing": list(intake.missing),
    }
    return json.dumps(told, indent=2, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n"


def _row(submission: Submission, course: Course) -> tuple[str, str, str, str]:
    moment = "" if submission.moment is None else submission.moment.isoformat(sep=" ", timespec="seconds")
    told = [f"! {submission.fault}"] if submission.fault else []
    told += [submission.origin] if submission.origin else []
    told += [*submission.notes, *(f"⚑ {flag}" for flag in submission.flags)]
    return submission.student, moment, _place(submission.notebook, course), "; ".join(told)


def _place(path: Path, course: Course) -> str:
    return shown(path.relative_to(course.root) if path.is_relative_to(course.root) else path)


def _width(text: str) -> int:
    """Columns on a terminal: letters of two columns are counted, marks above letters are not."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def _deadline(course: Course, assignment: str, options: argparse.Namespace) -> Deadline | None:
    """Notebooks of the past are put where no submission can read them, and kept for regrading and a second look."""
    if options.before is None:
        return None
    pushes = read_pushes(options.pushes) if options.pushes is not None else ()
    told = "what the host held at" if pushes else "the last commit of the default branch by"
    print(f"autograder: {told} {options.before.isoformat(sep=' ')} counts", file=sys.stderr)
    return Deadline(options.before, course.root / ".autograder" / "deadline" / assignment, pushes)
