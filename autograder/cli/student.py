"""``check``: a student's own, visible checks."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.cli import options


def add_check(commands: options.Commands) -> None:
    """``autograder check NOTEBOOK``"""
    check = commands.add_parser("check", help="a student's own, visible checks of one notebook")
    check.add_argument("notebook", type=Path, help="the notebook, .ipynb")
    check.set_defaults(run=_check)


def _check(typed: argparse.Namespace) -> int:
    from autograder.course.configuration import course_here
    from autograder.student.notebook_check import check_notebook

    return check_notebook(typed.notebook, course_here(told=False).own_checks)
