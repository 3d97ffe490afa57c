"""What people do by hand in the gradebook, for the trail: marks, extra credit and comments of the formgrader.

Two ways, since neither sees all. ``keep_trail_of_people`` listens in the process in which a mark is entered, and knows
who and when; ``nbgrader_config.py`` asks for it, so that the formgrader and nbgrader's own commands have it. And
``look_for_people`` compares the gradebook with the trail at the next command, for what another program did.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.course.layout import Course
from autograder.gradebook.audit import REMOVED, account, add_lines, read_trail
from autograder.gradebook.live import gradebook_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MARK, EXTRA, COMMENT = "mark by hand", "extra credit", "comment"
KINDS = (MARK, EXTRA, COMMENT)
_COLUMNS = {"grade": {"manual_score": MARK, "extra_credit": EXTRA}, "comment": {"manual_comment": COMMENT}}
_PENDING = "autograder_by_hand"  # in a session's own notes: what it is about to commit
_SAME = 1e-6  # points: the database keeps floats

Told = float | str | None


@dataclass(frozen=True)
class HandChange:
    """One thing that a person gave, wrote, changed or took back."""

    assignment: str
    student: str
    question: str
    kind: str
    before: Told
    after: Told
    why: str


def keep_trail_of_people(root: Path | str) -> None:
    """From now on, in this process, what is entered by hand into the course's gradebook goes into its trail.

    Only where nbgrader's database is in use already: the grader enters no mark by hand.
    """
    if "nbgrader.api" not in sys.modules:
        return
    from sqlalchemy import event
    from sqlalchemy.orm import Session

    before, after = _listeners(str(Path(root).resolve()))
    if not event.contains(Session, "before_flush", before):  # the configuration is read again and again
        event.listen(Session, "before_flush", before)
        event.listen(Session, "after_commit", after)
        event.listen(Session, "after_rollback", _forget)


def look_for_people(course: Course, assignment: str, url: str | None = None) -> None:
    """Add to the trail what the gradebook holds of people and the trail does not know.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    from autograder.gradebook.standing import entered_by_hand

    address = gradebook_address(course, url)
    if not _missing(course, assignment, url, entered_by_hand(address, assignment)):
        return
    # Looked at once more, for a mark may be entered just now, and its line stands in the trail a moment later.
    found = _missing(course, assignment, url, entered_by_hand(address, assignment))
    _keep(course, url, "unknown", "another program", found)


def _missing(
    course: Course, assignment: str, url: str | None, entered: Mapping[str, Mapping[tuple[str, str], Told]]
) -> list[HandChange]:
    known = _known(course, assignment, url)
    found: list[HandChange] = []
    for student, now in sorted(entered.items()):
        then = known.get(student, {})
        for question, kind in sorted({*now, *then}):
            before, after = then.get((question, kind)), now.get((question, kind))
            if not _same(before, after):
                why = "found in the gradebook; it was entered since the last look"
                found.append(HandChange(assignment, student, question, kind, before, after, why))
    return found


def _known(course: Course, assignment: str, url: str | None) -> dict[str, dict[tuple[str, str], Told]]:
    """What the trail says that people entered last, of each student by question and kind."""
    known: dict[str, dict[tuple[str, str], Told]] = {}
    for line in read_trail(course, url):
        student, question, kind = (str(line.get(key, "")) for key in ("student", "question", "kind"))
        if line.get("assignment") != assignment:
            continue
        if line.get("why") == REMOVED:
            known.pop(student, None)
        elif kind in KINDS:
            after = line.get("after")
            known.setdefault(student, {})[question, kind] = after if isinstance(after, str | float | int) else None
    return known


def _same(first: Told, second: Told) -> bool:
    """No mark, no extra credit and an empty comment are nothing; but a mark of 0 is a mark."""
    if isinstance(first, str) or isinstance(second, str):
        return (first or "") == (second or "")
    if first is None or second is None:
        return first is second
    return abs(first - second) < _SAME


def _points(told: Any) -> float | None:
    """What the database makes of it: the formgrader sends points as text."""
    try:
        return float(told)
    except (TypeError, ValueError):
        return None


@cache
def _listeners(root: str) -> tuple[Any, Any]:
    """The two functions that listen for a course; the same ones each time, so that none listens twice."""
    course = Course(Path(root))

    def before_flush(session: Session, context: object, instances: object) -> None:
        with session.no_autoflush:
            found = [change for row in session.dirty for change in _changes_of(row)]
        if found and _is_of(session, course):
            session.info.setdefault((_PENDING, root), []).extend(found)

    def after_commit(session: Session) -> None:
        found = session.info.pop((_PENDING, root), [])
        formgrader = "nbgrader.server_extensions.formgrader.formgrader" in sys.modules
        with suppress(OSError):  # the mark is in the gradebook; the next look finds that the trail lacks it
            _keep(course, None, _who(), "formgrader" if formgrader else Path(sys.argv[0]).name, found)

    return before_flush, after_commit


def _forget(session: Session) -> None:
    for key in [key for key in session.info if isinstance(key, tuple) and key[0] == _PENDING]:
        del session.info[key]


def _changes_of(row: Any) -> Iterator[HandChange]:
    """What changes by hand in one row that is about to be written."""
    from sqlalchemy import inspect

    for column, kind in _COLUMNS.get(getattr(row, "__tablename__", ""), {}).items():
        history = inspect(row).attrs[column].history
        before, after = next(iter(history.deleted or ()), None), next(iter(history.added or ()), None)
        if kind != COMMENT:
            before, after = _points(before), _points(after)
        if kind == EXTRA:  # of which nbgrader writes none as 0 here and as nothing there
            before, after = before or None, after or None
        if history.has_changes() and not _same(before, after):
            question = str(row.name).removeprefix("test-")
            yield HandChange(row.assignment.name, row.student.id, question, kind, before, after, "by a person")


def _is_of(session: Session, course: Course) -> bool:
    from autograder.gradebook.database import GradebookError, gradebook_url

    try:
        own = gradebook_url(gradebook_address(course))
    except GradebookError:
        return False
    bound = session.get_bind().engine.url
    if own.get_backend_name() == "sqlite" and bound.database and own.database:
        return Path(bound.database).resolve() == Path(own.database).resolve()
    return (bound.host, bound.port, bound.database) == (own.host, own.port, own.database)


def _keep(course: Course, url: str | None, who: str, command: str, found: list[HandChange]) -> None:
    add_lines(course, url, [asdict(one) for one in found], who=who, command=command)


def _who() -> str:
    """The account: on a JupyterHub that of the hub."""
    return os.environ.get("JUPYTERHUB_USER") or account()
