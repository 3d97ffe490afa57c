"""``report``, ``feedback``, ``history`` and ``gradebook``: what is told of marks that there are."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.cli import options


def add_report(commands: options.Commands) -> None:
    """``autograder report A``"""
    parser = commands.add_parser("report", help="the last grades of an assignment in any format, without grading")
    options.assignment(parser)
    grades = "a report in the format json (default: the gradebook)"
    parser.add_argument("--grades", type=Path, metavar="FILE", help=grades)
    options.report(parser)
    options.gradebook_or_none(parser)
    parser.set_defaults(run=_report)


def add_feedback(commands: options.Commands) -> None:
    """``autograder feedback A``"""
    parser = commands.add_parser("feedback", help="a page for each student, from the gradebook as it stands")
    options.assignment(parser)
    archive = "an archive of pages that this system takes back, each named so that it finds the student"
    parser.add_argument("--lms", choices=("canvas", "moodle"), help=archive)
    parser.add_argument("--output", type=Path, metavar="PATH", help="the folder (default feedback/), or the archive")
    options.gradebook(parser)
    parser.set_defaults(run=_feedback)


def add_history(commands: options.Commands) -> None:
    """``autograder history A [STUDENT]``"""
    parser = commands.add_parser("history", help="who changed which mark of an assignment, when, and why")
    options.assignment(parser)
    parser.add_argument("student", metavar="STUDENT", nargs="?", help="of this student only")
    options.gradebook(parser)
    parser.set_defaults(run=_history)


def add_gradebook(commands: options.Commands) -> None:
    """``autograder gradebook copy FROM TO``"""
    parser = commands.add_parser("gradebook", help="move the gradebook into another database")
    inside = parser.add_subparsers(dest="gradebook_command", metavar="COMMAND", required=True)
    copy = inside.add_parser("copy", help="every row of a gradebook into a new database, compared afterwards")
    copy.add_argument("source", metavar="FROM", help="a SQLite file, or a PostgreSQL URL")
    copy.add_argument("target", metavar="TO", help="a database with nothing in it; a SQLite file is made")
    copy.set_defaults(run=_gradebook_copy)


def _report(typed: argparse.Namespace) -> int:
    from autograder.commands.report import report_command

    return report_command(typed)


def _feedback(typed: argparse.Namespace) -> int:
    from autograder.commands.feedback import feedback_command

    return feedback_command(typed)


def _history(typed: argparse.Namespace) -> int:
    from autograder.commands.regrade import history_command

    return history_command(typed)


def _gradebook_copy(typed: argparse.Namespace) -> int:
    from autograder.commands.gradebook import copy_command

    return copy_command(typed.source, typed.target)
