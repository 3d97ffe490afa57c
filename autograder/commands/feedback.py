"""``autograder feedback``: a page for each student, in nbgrader's folders or in an archive that an LMS takes back."""

from __future__ import annotations

import argparse
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat

from autograder.commands.report import class_results
from autograder.course.configuration import course_here
from autograder.course.layout import Course
from autograder.errors import UsageError
from autograder.gradebook.feedback import feedback_from_gradebook
from autograder.gradebook.live import gradebook_address
from autograder.pages.feedback import feedback_page
from autograder.results import Grade, Ungraded
from autograder.submission.names import read_name

_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|_\x00-\x1f]+')


class NothingGraded(UsageError):
    """There is no graded notebook to make a page of."""


def feedback_command(options: argparse.Namespace) -> int:
    """Write the pages; 0.

    Raises:
        NothingGraded: ``autograded/`` holds no notebook of the assignment.
    """
    course = course_here()
    pages = dict(_pages(course, options.assignment, options.gradebook))
    if not pages:
        raise NothingGraded(f"autograded/ holds nothing of {options.assignment}: `autograder grade` fills it")
    if options.lms is None:
        folder = options.output or course.root / "feedback"
        for student, text in pages.items():
            path = folder / student / options.assignment / f"{options.assignment}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)  # nbgrader's own may be read-only
            path.write_text(text, "utf-8")
        print(f"{len(pages)} pages in {folder}/STUDENT/{options.assignment}/")
        return 0
    results, _ = class_results(course, argparse.Namespace(**vars(options), grades=None, no_gradebook=False))
    archive = options.output or Path(f"feedback-{options.assignment}-{options.lms}.zip")
    names = {result.student: _name(options.lms, options.assignment, result) for result in results}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for student, text in pages.items():
            if names.get(student):
                file.writestr(names[student], text)
    lost = [student for student in pages if not names.get(student)]
    print(f"{len(pages) - len(lost)} pages in {archive}")
    if lost:
        print(f"without a place there, since {_WHY[options.lms]}: {', '.join(lost)}")
    return 0


_WHY = {
    "moodle": "the class list has no participant number of theirs (`autograder class import` reads Moodle's worksheet)",
    "canvas": "their work was not graded from a file that Canvas handed out",
}


def _pages(course: Course, assignment: str, url: str | None) -> Iterator[tuple[str, str]]:
    """Each student's page, by student."""
    address = gradebook_address(course, url)
    for path in sorted((course.root / "autograded").glob(f"*/{assignment}/{assignment}.ipynb")):
        student = path.parents[1].name
        names = {"student": student, "assignment": assignment, "notebook": assignment, "db_url": address}
        yield student, feedback_page(feedback_from_gradebook(nbformat.read(path, as_version=4), names))


def _name(lms: str, assignment: str, result: Grade | Ungraded) -> str:
    """The file's name by which the system finds the student; empty where it cannot."""
    if lms == "canvas":  # it takes back what is named as the file that it handed out
        handed_out = Path(result.notebook).name
        known = read_name(handed_out)
        return f"{Path(handed_out).stem}.html" if known is not None and known.source == "Canvas" else ""
    at = result.standing
    if at is None or not at.lms_id:
        return ""
    full = _NOT_IN_A_NAME.sub(" ", f"{at.first_name} {at.last_name}").strip() or _NOT_IN_A_NAME.sub(" ", result.student)
    return f"{full}_{at.lms_id}_assignsubmission_file_{assignment}.html"
