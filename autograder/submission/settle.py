"""From works to students: ids by the class list, a mark for each member of a team, one work for each student."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from autograder.submission.class_folder import Work
from autograder.submission.glance import same_content
from autograder.submission.names import why_no_id
from autograder.submission.records import Found, Submission, Wanted, shown
from autograder.submission.roster import Roster


def settle(works: Iterable[Work], wanted: Wanted, roster: Roster, found: Found) -> list[Submission]:
    """One submission for each student, in order of their ids; nothing is folded in silence."""
    by_student: dict[str, list[Submission]] = {}
    for work in works:
        for submission in _of_people(work, wanted, roster):
            by_student.setdefault(submission.student, []).append(submission)
    settled = [_one(submissions, found) for submissions in by_student.values()]
    return sorted(_alike(settled), key=lambda submission: submission.student)


def missing_from(roster: Roster, submissions: Iterable[Submission]) -> tuple[str, ...]:
    """Who of the class list has no submission."""
    there = {submission.student for submission in submissions}
    return tuple(sorted(person.id for person in roster.people if person.id not in there))


def _of_people(work: Work, wanted: Wanted, roster: Roster) -> Iterator[Submission]:
    submission, name = work.submission, work.submission.student
    people = roster.find(name, lms=work.named.lms, email=work.email)
    if people:
        team = people[0].team if len(people) > 1 else ""
        for person in people:
            notes = submission.notes
            if team:
                notes = (*notes, f"handed in by the team {shown(team)}")
            elif person.id != name:
                notes = (*notes, f"{shown(name)!r} is {person.id} of the class list")
            yield replace(submission, student=person.id, notes=notes)
        return
    fault = why_no_id(name, wanted.others | {wanted.assignment})
    notes = (
        (*submission.notes, "not in the class list")
        if roster.people and roster.entered and not fault
        else submission.notes
    )
    if fault:  # shown, so that the row can be read; nothing is recorded under it
        yield replace(submission, student=_row_of(name), fault=fault, notes=notes)
    else:
        yield replace(submission, notes=notes)


def _row_of(name: str) -> str:
    """A name that can be no id, as a row and a folder can have it."""
    return shown(name).replace("/", "_").replace("\\", "_").strip(". ") or "student"


def _one(submissions: list[Submission], found: Found) -> Submission:
    """The one that counts of a student's submissions: the newest, where that can be told."""
    submissions = _with_a_notebook(submissions, found)
    first = submissions[0]
    others = [other for other in submissions[1:] if other.notebook != first.notebook]
    if not others:
        return first
    usable = [one for one in (first, *others) if not one.fault]
    alike = [one for one in usable if usable and same_content(one.notebook, usable[0].notebook)]
    if usable and len(alike) == len(usable):
        chosen, why = usable[0], f"the same as {shown(usable[0].notebook)}, or not to be graded"
    else:
        dated = sorted((one for one in usable if one.moment is not None), key=_seconds)
        if len(dated) != len(usable) or len(dated) < 2 or _seconds(dated[-1]) == _seconds(dated[-2]):
            places = [shown(one.notebook) for one in (first, *others)]
            for one in (first, *others):
                found.pass_over(one.notebook, f"one of {len(places)} works of {first.student}")
            return replace(first, fault=f"two notebooks of {first.student}: {' and '.join(places)}")
        chosen, why = dated[-1], f"an older work of {first.student}"
    for other in (first, *others):
        if other is not chosen:
            found.pass_over(other.notebook, why, lost=False)
    return replace(chosen, notes=(*chosen.notes, f"{len(others) + 1} works were found; this one is the newest"))


def _with_a_notebook(submissions: list[Submission], found: Found) -> list[Submission]:
    """Without the places in which there is no notebook, where another place has one."""
    there = [one for one in submissions if not (one.fault and not os.path.exists(one.notebook))]
    for one in submissions if there else ():
        if one not in there:
            found.pass_over(one.notebook.parent, one.fault, lost=False)
    return there or submissions


def _seconds(submission: Submission) -> float:
    return submission.moment.timestamp() if submission.moment is not None else 0.0


def _alike(submissions: list[Submission]) -> Iterator[Submission]:
    """Ids that differ only in how they are written are two students, and a person is told so."""
    written: dict[str, list[str]] = {}
    for submission in submissions:
        written.setdefault(_folded(submission.student), []).append(submission.student)
    for submission in submissions:
        others = [other for other in written[_folded(submission.student)] if other != submission.student]
        flags = tuple(f"there is also {other!r}: the same student?" for other in others)
        yield replace(submission, flags=(*submission.flags, *flags)) if flags else submission


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()
