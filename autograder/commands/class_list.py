"""``autograder class import``: a class list goes into the gradebook; nobody is taken out of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course.layout import find_course
from autograder.gradebook.class_list import class_file, class_list, keep_class
from autograder.gradebook.database import connect, write
from autograder.gradebook.live import gradebook_address
from autograder.gradebook.roster_file import read_class
from autograder.submission.roster import Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def import_class(path: Path, url: str | None) -> int:
    """Enter everybody in the file, or bring them up to date; say who is new; 0."""
    course = find_course(Path.cwd())
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
    print(f"{len(people)} students in {path}: {len(new)} new, {len(people) - len(new)} known")
    if others:
        print(f"in the gradebook and not in this file, left as they are: {', '.join(others)}")
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
