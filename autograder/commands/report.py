"""``autograder report``: recorded grades in any format, without grading and without loading what grading needs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from autograder.commands.terminal import print_class
from autograder.course.configuration import course_here
from autograder.course.layout import Course
from autograder.errors import UsageError
from autograder.exporters.formats import renderer
from autograder.exporters.recorded import NoGrades, grades_file, read_grades
from autograder.pages.class_page import class_page
from autograder.pages.statistics import anonymous
from autograder.pages.workbook import class_workbook
from autograder.results import Grade, Ungraded


def report_command(options: argparse.Namespace) -> int:
    """Run the command; 0, for nothing is graded."""
    results, device = class_results(course_here(), options)
    write_report(options, options.assignment, results, device)
    return 0


def class_results(course: Course, options: argparse.Namespace) -> tuple[list[Grade | Ungraded], str]:
    """The class as the gradebook has it, with what the last run found out; or a report in a file, as it is.

    Raises:
        NoGrades: there is neither a run nor a mark.
    """
    assignment: str = options.assignment
    if options.grades is not None:
        return read_grades(options.grades, assignment)
    url = getattr(options, "gradebook", None)
    path = grades_file(course, assignment, url)
    problem: NoGrades | None = None
    results: Sequence[Grade | Ungraded] = ()
    device = "cpu"
    try:
        results, device = read_grades(path, assignment)
    except NoGrades as none:
        problem = none
    if getattr(options, "no_gradebook", False):
        if problem is not None:
            raise problem
        return list(results), device
    from autograder.gradebook.standing import as_they_stand

    standing = as_they_stand(course, assignment, results, url)
    if problem is not None and not any(isinstance(result, Grade) for result in standing):
        raise problem
    for result in standing:
        if result.standing is not None and result.standing.differs:
            print(f"autograder: {result.student}: {result.standing.differs}", file=sys.stderr)
    gone = len({result.student for result in results} - {result.student for result in standing})
    if gone:
        print(f"autograder: {gone} students of the last run are not in the gradebook any more", file=sys.stderr)
    return standing, device


def write_report(
    options: argparse.Namespace, assignment: str, results: Sequence[Grade | Ungraded], device: str
) -> None:
    """Write a class in the format that was asked for, to a file or to the screen.

    Raises:
        UsageError: a spreadsheet cannot be written to the screen.
    """
    if options.anonymous:
        results = anonymous(results)
    if options.format == "xlsx":
        if options.output is None:
            raise UsageError("a spreadsheet needs a file: --format xlsx --output marks.xlsx")
        options.output.write_bytes(class_workbook(assignment, results))
        return
    if options.format == "table" and options.output is None and sys.stdout.isatty():
        print_class(assignment, results, device)
        return
    render = class_page if options.format == "html" else renderer(options.format, options.lms, options.column)
    report = render(assignment, results, device)
    report = report.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair, from a student's text
    if options.output is not None:
        options.output.write_text(report, "utf-8")
    else:
        sys.stdout.write(report)
