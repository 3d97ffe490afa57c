"""A class list in a file: with nbgrader's columns, those of Canvas's gradebook, or Moodle's."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from autograder.errors import UsageError
from autograder.submission.names import why_no_id
from autograder.submission.roster import Person

# For each of our columns, the names that it has, in small letters; of several that are there the first counts.
_COLUMNS = {
    "id": ("id", "student_id", "student id", "sis login id", "username", "user name", "login", "login id",
           "sis user id", "id number", "github username", "github_username"),
    "first_name": ("first_name", "first name", "firstname", "given name"),
    "last_name": ("last_name", "last name", "lastname", "surname", "family name"),
    "email": ("email", "email address", "e-mail", "e-mail address", "mail"),
    "lms_id": ("lms_user_id", "lms id", "lms_id", "canvas id", "identifier", "moodle id"),
    "section": ("section", "sections", "group", "groups", "tutorial"),
    "team": ("team", "team name"),
}  # fmt: skip
_FULL = ("student", "full name", "fullname", "name")
_NO_STUDENT = ("points possible", "student, test")  # rows that Canvas adds


class NoClassList(UsageError):
    """The file holds no class list: what is wrong, and where."""


def read_class(path: Path) -> list[Person]:
    """The people in a class list.

    Raises:
        NoClassList: it cannot be read, has no column with ids, or a row without one, or an id twice.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise NoClassList(f"the class list {path} cannot be read: {problem}") from problem
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    header = [name.strip().casefold() for name in rows[0]] if rows else []
    canvas = "student" in header and "id" in header
    places = {column: _place(header, names) for column, names in _COLUMNS.items()}
    if canvas:  # there "ID" is Canvas's own number, and the login is what everybody else calls the student
        places["lms_id"] = header.index("id")
        logins = ("sis login id", "sis user id", "login id")
        places["id"] = _place(header, logins) if _place(header, logins) is not None else header.index("id")
    if places["id"] is None:
        places["id"] = places["email"]
    if places["id"] is None:
        raise NoClassList(f"the class list {path} has no column with ids: one of {', '.join(_COLUMNS['id'])}")
    people: dict[str, Person] = {}
    for number, row in enumerate(rows[1:], start=2):
        person = _person(row, places, _place(header, _FULL))
        if person is None:
            continue
        fault = why_no_id(person.id, frozenset())
        if fault or person.id in people:
            what = fault or f"{person.id!r} is there twice"
            raise NoClassList(f"the class list {path}, line {number}: {what}")
        people[person.id] = person
    return list(people.values())


def _place(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _person(row: list[str], places: dict[str, int | None], full: int | None) -> Person | None:
    """The person in a row; None where it is empty, or one of those that Canvas adds."""

    def cell(place: int | None) -> str:
        return row[place].strip() if place is not None and place < len(row) else ""

    whole = cell(full)
    if not any(value.strip() for value in row) or whole.casefold() in _NO_STUDENT:
        return None
    told = {column: cell(place) for column, place in places.items()}
    told["lms_id"] = re.sub(r"^participant\s+", "", told["lms_id"], flags=re.IGNORECASE)
    if whole and not (told["first_name"] or told["last_name"]):
        last, comma, first = whole.partition(",")
        if not comma:
            first, _, last = whole.rpartition(" ")
        told["first_name"], told["last_name"] = first.strip(), last.strip()
    return Person(**told)
