"""``autograder class remove``: a student, or one wrong submission of theirs, leaves the gradebook and all reports.

What was graded is moved into ``.autograder/removed/`` and not deleted; what was handed in stays where it is.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from autograder.course.configuration import course_here
from autograder.course.layout import Course
from autograder.errors import UsageError
from autograder.exporters.recorded import NoGrades, grades_file, read_grades, write_grades
from autograder.gradebook.audit import REMOVED, Change, keep_trail
from autograder.gradebook.class_list import class_file, class_list, keep_class
from autograder.gradebook.database import connect, write
from autograder.gradebook.live import gradebook_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class NotRemoved(UsageError):
    """Nobody is called that, or marks of a person would be lost."""


def remove_student(student: str, assignment: str | None, url: str | None, *, with_marks: bool = False) -> int:
    """Take a student, or their work of one assignment, out of the gradebook; 0.

    Args:
        with_marks: also where a person gave marks or wrote comments, which are lost then.

    Raises:
        NotRemoved: nobody is called that, or a person's marks or comments would be lost.
    """
    course = course_here()
    people = class_list(course, url).people
    if student not in {person.id for person in people}:
        raise NotRemoved(f"nobody in the gradebook is called {student!r}: `nbgrader db student list` tells who is")
    engine = connect(gradebook_address(course, url))
    try:
        removed = write(engine, lambda session: _remove(session, student, assignment, with_marks))
    finally:
        engine.dispose()
    for name, marks in removed.items():
        change = Change(student, "", marks, None, REMOVED)
        keep_trail(course, name, url, "autograder class remove", [change])
        _forget_run(course, name, student, url)
        _put_away(course, student, name)
    if assignment is None:
        keep_class(class_file(course, url), [person for person in people if person.id != student])
    what = "their work of " + ", ".join(sorted(removed)) if removed else "no work"
    print(f"{student}: {what} left the gradebook; graded notebooks are in .autograder/removed/")
    return 0


def _remove(session: Session, student: str, assignment: str | None, with_marks: bool) -> dict[str, float]:
    """Delete the rows; the marks that were in them, by assignment."""
    from nbgrader.api import Student, SubmittedAssignment

    rows = session.query(SubmittedAssignment).filter_by(student_id=student).all()
    rows = [row for row in rows if assignment in (None, row.name)]
    if assignment is not None and not rows:
        raise NotRemoved(f"{student} has nothing of {assignment} in the gradebook")
    written = sorted({row.name for row in rows if _has_words_of_a_person(row)})
    if written and not with_marks:
        raise NotRemoved(
            f"a person gave marks or comments to {student} in {', '.join(written)}: --with-marks removes those too"
        )
    marks = {str(row.name): float(row.score or 0.0) for row in rows}
    for row in rows:
        session.delete(row)
    if assignment is None:
        session.flush()
        session.delete(session.get(Student, student))
    return marks


def _has_words_of_a_person(row: object) -> bool:
    notebooks: Sequence[object] = getattr(row, "notebooks", ())
    grades = [grade for notebook in notebooks for grade in getattr(notebook, "grades", ())]
    comments = [comment for notebook in notebooks for comment in getattr(notebook, "comments", ())]
    by_hand = any(grade.manual_score is not None or grade.extra_credit for grade in grades)
    return by_hand or any(comment.manual_comment for comment in comments)


def _forget_run(course: Course, assignment: str, student: str, url: str | None) -> None:
    path = grades_file(course, assignment, url)
    try:
        results, device = read_grades(path, assignment)
    except NoGrades:
        return
    write_grades(path, assignment, [result for result in results if result.student != student], device)
    keys = path.with_suffix(".keys")  # what is not remembered is graded again
    if keys.is_file():
        told = json.loads(keys.read_text("utf-8"))
        told.pop(student, None)
        keys.write_text(json.dumps(told, indent=0, sort_keys=True), "utf-8")


def _put_away(course: Course, student: str, assignment: str) -> None:
    for folder in ("autograded", "feedback"):
        source = course.root / folder / student / assignment
        if source.is_dir():
            stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
            target = course.root / ".autograder" / "removed" / stamp / folder / student / assignment
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(source, target)
