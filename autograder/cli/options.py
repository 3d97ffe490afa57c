"""Arguments that several commands have."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

FORMATS = ("table", "json", "junit", "gradescope", "classroom", "classroom50", "csv", "markdown", "html", "xlsx")
LMS = ("canvas", "moodle", "blackboard", "gradescope")


def assignment(parser: argparse.ArgumentParser) -> None:
    """``A``: one assignment."""
    parser.add_argument("assignment", metavar="A", help=_ASSIGNMENT)


def assignments(parser: argparse.ArgumentParser) -> None:
    """``[A ...]``: some assignments, or all."""
    parser.add_argument("assignments", metavar="A", nargs="*", help=f"{_ASSIGNMENT} (default: all)")


def paths(parser: argparse.ArgumentParser) -> None:
    """``[PATH ...]``: where submissions are."""
    where = "nbgrader's submitted/ folder (the default), a folder of notebooks or of clones, or one notebook"
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=where)


def intake(parser: argparse.ArgumentParser) -> None:
    """How submissions are read."""
    before = "of clones: what the default branch held then; a date alone means the end of that day (ISO 8601)"
    parser.add_argument("--before", type=_moment, metavar="DATE", help=before)
    pushes = "the host's record of pushes (JSON of GitHub's API: activity or events), for --before"
    parser.add_argument("--pushes", type=Path, metavar="FILE", help=pushes)
    parser.add_argument("--student", metavar="ID", help="whose work it is, where the paths hold one student's")


def gradebook(parser: argparse.ArgumentParser) -> None:
    """``--gradebook``: which one."""
    parser.add_argument("--gradebook", metavar="URL", help="SQLite or PostgreSQL (default: the course's own)")


def gradebook_or_none(parser: argparse.ArgumentParser) -> None:
    """``--gradebook`` and ``--no-gradebook``."""
    gradebook(parser)
    parser.add_argument("--no-gradebook", action="store_true", help="record nothing")


def report(parser: argparse.ArgumentParser) -> None:
    """In which form a report is, and where it goes."""
    parser.add_argument("--format", choices=FORMATS, default="table", help="of the report (default table)")
    parser.add_argument("--lms", choices=LMS, help="whose columns --format csv has (default: nbgrader's)")
    named = "of --lms: the assignment's column as the system names it, such as 'Homework 6 (4711)'"
    parser.add_argument("--column", metavar="NAME", help=named)
    parser.add_argument("--anonymous", action="store_true", help="numbers for names, and nothing that tells who is who")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report there instead of to the screen")


_ASSIGNMENT = "the name of an assignment, such as 06-manual-weight-updates"


def _moment(text: str) -> datetime:
    from autograder.submission.moments import parse_deadline as parse_moment

    try:
        return parse_moment(text)
    except ValueError as problem:
        why = f"{problem}; " if "zone" in str(problem) else ""
        form = f"{text!r} is no date such as 2026-10-31 or 2026-10-31T23:59+01:00"
        raise argparse.ArgumentTypeError(f"{why}{form}") from None
