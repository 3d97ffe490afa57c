"""``autograder grade A`` in a course that the bank does not know: its assignments' own test cells decide."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import Protocol

from autograder.commands.progress import ClassProgress
from autograder.commands.report import write_report
from autograder.course.layout import Course
from autograder.errors import UsageError
from autograder.exporters.recorded import keep
from autograder.results import Grade, Ungraded


class OwnTests(Protocol):
    """An assignment that grades itself."""

    def students(self) -> list[str]:
        """Whose submissions are there."""

    def grade(self, student: str) -> Grade | Ungraded:
        """One submission."""


Opened = Callable[[Course, argparse.Namespace, ExitStack], OwnTests]


def grade_course(course: Course, options: argparse.Namespace, opened: Opened) -> int:
    """Grade a class by the assignment's own test cells; 0 if every submission was graded, else 1.

    Args:
        opened: makes the assignment ready, from what was typed.
    """
    _refuse_what_is_not_done(options)
    results: list[Grade | Ungraded] = []
    with ExitStack() as stack:
        assignment = opened(course, options, stack)
        students = assignment.students()
        progress = stack.enter_context(ClassProgress(len(students)))
        for student in students:
            results.append(assignment.grade(student))
            progress.count(results[-1])
    write_report(options, options.assignment, results, "cpu")
    if not options.no_gradebook:
        keep(course, options.assignment, results, "cpu", options.gradebook)
    for result in results:
        if isinstance(result, Ungraded):
            print(f"autograder: {result.student}: {result.reason} ({result.notebook})", file=sys.stderr)
    return int(any(isinstance(result, Ungraded) for result in results))


def _refuse_what_is_not_done(options: argparse.Namespace) -> None:
    wanted = {
        "--device cuda": options.device == "cuda",
        "--scheduler": options.scheduler is not None,
        "--before": options.before is not None,
        "--seed": options.seed is not None,
    }
    asked = [name for name, is_asked in wanted.items() if is_asked]
    if asked:
        raise UsageError(
            f"{', '.join(asked)}: not for {options.assignment}, whose tests stand in its own notebooks and are run as "
            "they are, one submission after the other, on the CPU"
        )
