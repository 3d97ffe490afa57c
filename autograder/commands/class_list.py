"""``autograder class import``: a class list goes into the gradebook; nobody is taken out of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course.assignment import assignment_names
from autograder.course.configuration import course_here
from autograder.errors import UsageError
from autograder.gradebook.class_list import class_file, class_list, keep_class
from autograder.gradebook.database import connect, write
from autograder.gradebook.extensions import extend
from autograder.gradebook.live import gradebook_address
from autograder.gradebook.roster_file import read_class
from autograder.submission.roster import Person

_LONGEST = 366  # days: more is a slip of the keyboard

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def import_class(path: Path, url: str | None) -> int:
    """Enter everybody in the file, or bring them up to date; say who is new; 0."""
    course = course_here()
    people = read_class(path)
    before = {person.id: person for person in class_list(course, url).people}
    engine = connect(gradebook_address(course, url))
    try:
        write(engine, lambda session: _enter(session, people))
    finally:
        engine.dispose()
    # nbgrader has no columns for sections and teams; who is not in this file keeps theirs.
    keep_class(class_file(course, url), list((before | {person.id: person for person in people}).values()))
    new = [person.id for person in people if person.id not in before]
    others = sorted(before.keys() - {person.id for person in people})
    print(f"{len(people)} student{'s' * (len(people) != 1)} in {path}: {len(new)} new, {len(people) - len(new)} known")
    if others:
        print(f"in the gradebook and not in this file, left as they are: {', '.join(others)}")
    return 0


def extend_student(student: str, assignment: str, days: float) -> int:
    """Give a student more time for an assignment; 0 days take it back; 0.

    Raises:
        UsageError: there is no such assignment or student.
    """
    if assignment not in assignment_names():
        raise UsageError(f"there is no assignment {assignment!r}; there are {', '.join(assignment_names())}")
    course = course_here()
    known = {person.id for person in class_list(course).people}
    if student not in known:
        raise UsageError(f"nobody in the class list is called {student!r}: `autograder class import` enters a list")
    if not 0 <= days <= _LONGEST:
        raise UsageError(f"an extension is 0 to {_LONGEST} days, and not {days:g}")
    extend(course, student, assignment, days * 86_400)
    print(f"{student} has {days:g} days more for {assignment}; grading again counts it")
    return 0


def _enter(session: Session, people: list[Person]) -> None:
    from nbgrader.api import Student

    for person in people:
        row = session.get(Student, person.id)
        if row is None:
            row = Student(id=person.id)
            session.add(row)
        told = {"first_name": person.first_name, "last_name": person.last_name, "email": person.email,
                "lms_user_id": person.lms_id}  # fmt: skip
        for column, value in told.items():
            if value:  # what a file does not say stays as it is
                setattr(row, column, value)
