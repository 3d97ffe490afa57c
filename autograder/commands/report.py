"""``autograder report``: recorded grades in any format, without grading and without loading what grading needs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.course.layout import find_course
from autograder.exporters.formats import renderer
from autograder.exporters.recorded import grades_file, read_grades
from autograder.results import Grade, Ungraded


def report_command(options: argparse.Namespace) -> int:
    """Run the command; 0, for nothing is graded."""
    path = options.grades or grades_file(find_course(Path.cwd()), options.assignment)
    results, device = read_grades(path, options.assignment)
    write_report(options, options.assignment, results, device)
    return 0


def write_report(
    options: argparse.Namespace, assignment: str, results: Sequence[Grade | Ungraded], device: str
) -> None:
    """Write a class in the format that was asked for, to a file or to the screen."""
    report = renderer(options.format, options.lms)(assignment, results, device)
    report = report.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair, from a student's text
    if options.output is not None:
        options.output.write_text(report, "utf-8")
    else:
        sys.stdout.write(report)
