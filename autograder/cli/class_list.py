"""``class``: who is in the class, with more time for some."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.cli import options

_STUDENT = "a student's id, as in the class list"


def add_class(commands: options.Commands) -> None:
    """``autograder class import | extend | remove``"""
    parser = commands.add_parser("class", help="the class list: who is in the class")
    inside = parser.add_subparsers(dest="class_command", metavar="COMMAND", required=True)
    entry = inside.add_parser("import", help="enter a list with nbgrader's, Canvas's or Moodle's columns")
    entry.add_argument("file", metavar="FILE", type=Path, help="a CSV file")
    options.gradebook(entry)
    entry.set_defaults(run=_import)
    more = inside.add_parser("extend", help="give a student more time; the late policy counts it")
    more.add_argument("student", metavar="STUDENT", help=_STUDENT)
    options.assignment(more)
    more.add_argument("--days", type=float, required=True, metavar="N", help="after the due date; 0.5 is twelve hours")
    more.set_defaults(run=_extend)
    gone = inside.add_parser("remove", help="take a student, or one wrong submission, out of the gradebook and reports")
    gone.add_argument("student", metavar="STUDENT", help=_STUDENT)
    gone.add_argument("--assignment", metavar="A", help="only their work of this assignment")
    gone.add_argument("--with-marks", action="store_true", help="also where a person gave marks or wrote comments")
    options.gradebook(gone)
    gone.set_defaults(run=_remove)


def _import(typed: argparse.Namespace) -> int:
    from autograder.commands.class_list import import_class

    return import_class(typed.file, typed.gradebook)


def _extend(typed: argparse.Namespace) -> int:
    from autograder.commands.class_list import extend_student

    return extend_student(typed.student, typed.assignment, typed.days)


def _remove(typed: argparse.Namespace) -> int:
    from autograder.commands.removal import remove_student

    return remove_student(typed.student, typed.assignment, typed.gradebook, with_marks=typed.with_marks)
