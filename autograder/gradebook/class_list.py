"""The class list of a gradebook: its students, with what a learning management system adds to them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from autograder.course.layout import Course
from autograder.gradebook.live import gradebook_address
from autograder.submission.roster import Person, Roster

_COLUMNS = ("id", "first_name", "last_name", "email", "lms_user_id")


def class_list(course: Course, url: str | None = None, *, gradebook: bool = True) -> Roster:
    """Who is in the class: the students of the gradebook, and what ``autograder class import`` kept of them.

    Args:
        gradebook: whether to look into the gradebook; without it there is the imported list alone.
    """
    people = {person.id: person for person in _kept(class_file(course, url))}
    entered = bool(people)
    if gradebook:
        for person, handed_in in _students(gradebook_address(course, url)):
            # A grader enters the bare id of who hands in; whatever else stands there, a person entered.
            entered = (
                entered or not handed_in or any((person.first_name, person.last_name, person.email, person.lms_id))
            )
            known = people.get(person.id)
            people[person.id] = replace(person, section=known.section, team=known.team) if known else person
    return Roster(tuple(people[name] for name in sorted(people)), entered)


def class_file(course: Course, url: str | None) -> Path:
    """Where sections and teams are kept, for which nbgrader's gradebook has no columns."""
    return course.kept_in(url) / "class.json"


def keep_class(path: Path, people: list[Person]) -> None:
    """Keep a class list, in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps([asdict(person) for person in people], indent=1, ensure_ascii=False) + "\n", "utf-8")
    part.replace(path)


def _kept(path: Path) -> Iterator[Person]:
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return
    for row in told if isinstance(told, list) else []:
        yield Person(**{key: str(value) for key, value in row.items()})


def _students(address: str) -> Iterator[tuple[Person, bool]]:
    """The students of the gradebook, and whether each has handed anything in."""
    for *row, handed_in in _rows(address):
        name, first, last, email, lms = ("" if value is None else str(value) for value in row)
        yield Person(name, first, last, email, lms), bool(handed_in)


def _rows(address: str) -> list[Any]:
    """The rows of the table of students; none where there is no such gradebook yet."""
    from autograder.gradebook.database import gradebook_url

    url = gradebook_url(address)
    handed_in = "EXISTS (SELECT 1 FROM submitted_assignment w WHERE w.student_id = student.id)"
    query = f"SELECT {', '.join(_COLUMNS)}, {handed_in} FROM student"
    if url.get_backend_name() == "sqlite":  # read as a file: an intake changes nothing and waits for nobody
        path = Path(str(url.database))
        if not path.is_file():
            return []
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
                return database.execute(query).fetchall()
        except sqlite3.Error:
            return []  # whoever grades into it is told what is wrong with it
    from sqlalchemy import text

    from autograder.gradebook.database import connect

    engine = connect(address)
    try:
        with engine.connect() as connection:
            return list(connection.execute(text(query)).all())
    finally:
        engine.dispose()
