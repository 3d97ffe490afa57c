"""What grading again would change, or did: whose marks, by how much and why; and the trail of all changes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import groupby

from autograder.course.configuration import course_here
from autograder.course.layout import Course
from autograder.exporters.recorded import NoGrades, grades_file, read_grades
from autograder.gradebook.audit import Change, changes_between, read_trail
from autograder.gradebook.by_hand import look_for_people
from autograder.gradebook.standing import as_they_stand
from autograder.results import Grade, Ungraded
from autograder.sanitize.outputs import clean_text
from autograder.submission.records import shown

_STAYS = "; the mark that a person gave stays"
_WORDS = 60  # of a comment, in a line


def last_run(course: Course, options: argparse.Namespace) -> list[Grade | Ungraded]:
    """The results that reports come from now; none before the first run."""
    if options.no_gradebook:
        return []
    try:
        return read_grades(grades_file(course, options.assignment, options.gradebook), options.assignment)[0]
    except NoGrades:
        return []


def marks_that_change(
    course: Course, options: argparse.Namespace, before: Sequence[Grade | Ungraded], after: Sequence[Grade | Ungraded]
) -> list[Change]:
    """Every mark that differs from the last run's, with a note where a person gave it."""
    if options.no_gradebook:
        return []
    standing = as_they_stand(course, options.assignment, after, options.gradebook, whole_class=False)
    by_hand = {one.student: one.standing.by_hand for one in standing if one.standing is not None}
    return changes_between(before, after, by_hand)


def lines_of(changes: Sequence[Change], students: int, *, dry: bool) -> Iterator[str]:
    """The changes in words, student by student.

    Args:
        students: how many were graded.
        dry: whether nothing is recorded.
    """
    groups = [(student, list(own)) for student, own in groupby(changes, key=lambda change: change.student)]
    verb = "would change" if dry else "changed"
    yield f"{len(groups)} of {students} students: marks {verb}" if groups else f"{students} students: no mark {verb}"
    for student, own in groups:
        moved = sum((one.after or 0.0) - (one.before or 0.0) for one in own if not one.by_hand)
        yield f"{shown(student)}: {moved:+g}" if moved else f"{shown(student)}: ±0"
        for one in own:
            stays = _STAYS if one.by_hand else ""
            name = f"{one.question}: " if one.question else ""
            yield f"  {name}{_points(one.before)} → {_points(one.after)}: {one.why}{stays}"
    if dry:
        yield "nothing was recorded; without --dry-run it is, and marks and comments of people stay"


def history_command(options: argparse.Namespace) -> int:
    """Print the trail of an assignment, oldest first; 0."""
    course = course_here()
    found = False
    look_for_people(course, options.assignment, options.gradebook)
    for told in read_trail(course, options.gradebook):
        if told.get("assignment") != options.assignment or options.student not in (None, told.get("student")):
            continue
        found = True
        none = "none" if "kind" in told else "no mark"
        mark = f"{_told(told.get('before'), none)} → {_told(told.get('after'), none)}"
        where = shown(f"{told.get('student')} {told.get('question')}".strip())
        what = f"{told['kind']}: " if "kind" in told else ""
        stays = _STAYS if told.get("by_hand") else ""
        who = f"{told.get('when')} {told.get('who')} `{told.get('command')}`"
        print(clean_text(f"{who}: {where}: {what}{mark}: {told.get('why')}{stays}"))
    if not found:
        print(f"no change of marks of {options.assignment} is on record")
    return 0


def _points(mark: float | None) -> str:
    return "no mark" if mark is None else f"{mark:g}"


def _told(mark: object, none: str) -> str:
    """A mark or a comment, in a few words."""
    if isinstance(mark, str):
        words = shown(mark)
        return f'"{words}"' if len(words) <= _WORDS else f'"{words[: _WORDS - 1]}…"'
    return _points(float(mark)) if isinstance(mark, int | float) else none
