"""Whose work it is, by the name of a file or folder: as people and learning management systems make them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

_MOST_ID = 128  # characters: the width of nbgrader's column
_MOST_BYTES = 240  # of a folder's name, which most file systems end at 255; the rest is for temporary names

_MOODLE = re.compile(r"(?P<student>.+?)_(?P<lms>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)", re.DOTALL)
_CANVAS = re.compile(
    r"(?P<student>\w+?)_(?:(?P<late>LATE)_)?(?P<lms>\d+)_(?:(?P<work>\d+)_(?P<file>.+)|text\.html)", re.DOTALL
)
_BLACKBOARD = re.compile(
    r"(?P<assignment>.+)_(?P<student>[^_]+)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.\w+)?", re.DOTALL
)
_EXCHANGE = re.compile(r"(?P<student>[^+]+)\+(?P<assignment>[^+]+)\+(?P<when>[^+]+ UTC)(?:\+.*)?")  # nbgrader's inbound
_BRIGHTSPACE = re.compile(
    r"\d+-\d+ ?- ?(?P<student>.+?) ?- ?(?P<when>[A-Z][a-z]{2,8} \d{1,2}, \d{4} \d{3,4} [AP]M)(?: ?- ?(?P<file>.+))?"
)
_SAKAI = re.compile(r"(?P<name>[^(),]+, ?[^(),]+)\((?P<student>[^()]+)\)")

_SUFFIX = re.compile(r"\.ipynb.*$", re.IGNORECASE | re.DOTALL)
# What browsers, file managers and JupyterLab make of a name when it is there already.
_COPY_BEFORE = re.compile(r"^(?:copy of|copie de|c[oó]pia de|kopie von|kopia|kopi av)\s+", re.IGNORECASE)
_COPY_AFTER = re.compile(  # in other languages behind a dash only, for they are surnames too
    r"(?:\s*\(\d{1,3}\)|(?:[-_ ]+copy|\s*-\s*(?:kopie|copie|c[oó]pia|kopia|kopi))(?:[-_ ]*\(?\d{1,3}\)?)?)$",
    re.IGNORECASE,
)
_ATTEMPT = re.compile(r"-(\d{1,3})$")  # Canvas's number of the upload


@dataclass(frozen=True)
class Named:
    """What a name says.

    Args:
        student: an id or a full name, as it is written.
        lms: the learning management system's number of the student.
        file: the file's own name, as the student uploaded it; empty where the name is the student's alone.
        source: who makes such names; empty for a name that a person gave.
        moment: when it was handed in.
        attempt: the number of the upload.
    """

    student: str
    lms: str = ""
    file: str = ""
    source: str = ""
    late: bool = False
    moment: datetime | None = None
    attempt: int = 0


def read_name(name: str) -> Named | None:
    """What the name of a file or folder says, if a learning management system made it."""
    if found := _MOODLE.fullmatch(name):
        return Named(found["student"].strip(), found["lms"], found["file"], "Moodle")
    if found := _EXCHANGE.fullmatch(name):
        return Named(found["student"], source="nbgrader's exchange", moment=_moment(found["when"], "%Y-%m-%d %H:%M:%S"))
    if found := _BLACKBOARD.fullmatch(name):
        when = _moment(found["when"], "%Y-%m-%d-%H-%M-%S")
        return Named(found["student"], file=found["file"] or "", source="Blackboard", moment=when)
    if found := _BRIGHTSPACE.fullmatch(name):
        return Named(
            found["student"], file=found["file"] or "", source="Brightspace", moment=_brightspace(found["when"])
        )
    if found := _CANVAS.fullmatch(name):
        file = found["file"] or ""
        number = _ATTEMPT.search(_SUFFIX.sub("", file))
        attempt = int(number[1]) if number else 0
        return Named(found["student"], found["lms"], file, "Canvas", bool(found["late"]), attempt=attempt)
    if found := _SAKAI.fullmatch(name):
        return Named(found["student"].strip(), source="Sakai")
    return None


def _moment(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text.removesuffix(" UTC").partition(".")[0], form).replace(tzinfo=UTC)
    except ValueError:
        return None


def _brightspace(text: str) -> datetime | None:
    date, _, rest = text.rpartition(", ")
    year, clock, half = rest.split()
    return _moment(f"{date[:3]} {date.split()[1]} {year} {clock.zfill(4)} {half}", "%b %d %Y %I%M %p")


def stem_of(name: str) -> str:
    """A notebook's name without ``.ipynb`` and whatever comes after it."""
    return _SUFFIX.sub("", name)


def without_copy_marks(stem: str) -> str:
    """The name that a copy was made of: "Copy of hw (1)" is "hw"."""
    before = None
    while before != stem:
        before = stem
        stem = _COPY_AFTER.sub("", _COPY_BEFORE.sub("", stem))
    return stem or before


def same_words(one: str, other: str) -> bool:
    """Whether two names differ only in case, spaces, signs and the way that letters are written."""
    return _words(one) == _words(other)


def _words(name: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", name).casefold()).strip()


def names_assignment(file: str, assignment: str) -> bool:
    """Whether a notebook's name is the assignment's, or that of a copy of it."""
    stem = stem_of(file)
    plain = without_copy_marks(stem)
    return any(same_words(name, assignment) for name in (stem, plain, _ATTEMPT.sub("", plain)))


def person_in(stem: str, assignment: str) -> str:
    """The student in the name of a notebook or clone: ``hw1-ada``, ``course-hw1-ada``, ``ada_hw1``; else all of it.

    GitHub Classroom names a repository ASSIGNMENT-STUDENT, Classroom 50 CLASSROOM-ASSIGNMENT-STUDENT.
    """
    before, found, student = stem.partition(f"{assignment}-")
    if found and student and (not before or before.endswith("-")):
        return student
    for sign in ("_", " - ", " ", "-"):
        if stem.startswith(assignment + sign) and len(stem) > len(assignment + sign):
            return stem.removeprefix(assignment + sign)
        if stem.endswith(sign + assignment) and len(stem) > len(assignment + sign):
            return stem.removesuffix(sign + assignment)
    return stem


def why_no_id(name: str, assignments: frozenset[str]) -> str:
    """Why ``name`` can be no student's id; empty if it can, as nbgrader's folders and database hold it."""
    if not name.strip() or name.startswith("."):
        return "there is no name to take for the student's id"
    if "/" in name or "\\" in name or not all(letter == " " or letter.isprintable() for letter in name):
        return "the name holds signs that no folder and no report can; rename it"
    if len(name) > _MOST_ID or len(name.encode("utf-8", "replace")) > _MOST_BYTES:
        return f"the name is longer than the {_MOST_ID} characters that the gradebook holds"
    if any(same_words(name, other) for other in assignments):
        return "the name is an assignment's: whose work is it? Say so with --student"
    return ""
