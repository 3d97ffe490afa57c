"""Whose work it is, and in which file: every way in which submissions lie on a disk.

Nothing is graded or copied here (but for the past of a clone, which a deadline asks for), nobody is lost without a
line, and no two works share an id without one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.errors import UsageError
from autograder.submission.class_folder import ClassReader, Reader, Work
from autograder.submission.deadline import Deadline, NothingHandedIn
from autograder.submission.folders import is_clone, look_into
from autograder.submission.glance import has_a_notebooks_name
from autograder.submission.moments import parse_timestamp
from autograder.submission.names import Named, names_assignment, person_in, read_name, stem_of, without_copy_marks
from autograder.submission.records import Found, Intake, Submission, Wanted
from autograder.submission.records import shown as shown
from autograder.submission.roster import Roster
from autograder.submission.settle import missing_from, settle
from autograder.submission.student_folder import leads_out, read_student_folder


class NothingToGrade(UsageError):
    """A path that holds no submission of the assignment: what was looked for, and where."""


def find_submissions(assignment: str, paths: Sequence[Path], deadline: Deadline | None = None) -> list[Submission]:
    """The submissions of an intake that knows only the assignment's name."""
    return list(take_in(Wanted(assignment), paths, deadline=deadline).submissions)


def take_in(
    wanted: Wanted,
    paths: Sequence[Path],
    *,
    roster: Roster | None = None,
    deadline: Deadline | None = None,
    student: str = "",
) -> Intake:
    """The submissions under ``paths``, one for each student, and everything that was passed over.

    A path is nbgrader's ``submitted/`` folder (student/assignment/notebook), a folder of cloned repositories, what
    a learning management system handed out, a folder of sections of these, a folder of notebooks (student = file
    stem), one student's folder, or one notebook.

    Args:
        roster: the class list: names are matched to it, and who handed nothing in is told.
        deadline: what a clone held then is taken instead of what it holds now; all paths must be clones.
        student: whose work it is; a folder is then read as that student's own.

    Raises:
        NothingToGrade: a path does not exist or holds nothing that looks like work.
    """
    found, roster = Found(), roster or Roster()
    works: list[Work] = []
    whole = False
    for path in paths:
        read = _reader(wanted, found, deadline)
        here = list(_under(path, ClassReader(wanted, found, roster, read, bool(student)), deadline))
        whole = whole or (os.path.isdir(path) and not _is_one_students(path, wanted))
        if not here and not [item for item in found.passed_over if item.lost]:
            name = wanted.assignment
            raise NothingToGrade(
                f"no submission of {name} in {shown(path)}: looked for STUDENT/{name}/{name}.ipynb, "
                f"CLONE/{name}.ipynb and *.ipynb"
            )
        works += here
    if student:
        if len({work.submission.notebook for work in works}) != 1:
            raise NothingToGrade(f"--student names one student; there are {len(works)} works here")
        works = [Work(replace(works[0].submission, student=student), Named(student))]
    submissions = settle(map(_dated, works), wanted, roster, found)
    missing = missing_from(roster, submissions) if whole else ()
    return Intake(wanted.assignment, tuple(submissions), tuple(found.passed_over), missing)


def find_clones(assignment: str, folder: Path) -> dict[str, Path]:
    """The cloned repositories in ``folder``, by student."""
    clones = sorted(path for path in folder.iterdir() if os.path.isdir(path) and is_clone(path))
    return {person_in(path.name, assignment): path for path in clones}


def _under(path: Path, reader: ClassReader, deadline: Deadline | None) -> Iterator[Work]:
    wanted = reader.wanted
    if os.path.isfile(path / "nbgrader_config.py") and os.path.isdir(
        path / "submitted"
    ):  # the course: what was handed in
        path = path / "submitted"
    if os.path.isfile(path) or (os.path.islink(path) and has_a_notebooks_name(path.name)):
        _only_clones(path, deadline)
        named = read_name(path.name) or Named(_student_of_file(path, wanted.assignment))
        yield Work(Submission(named.student, wanted.assignment, path, moment=named.moment), named)
    elif not os.path.isdir(path):
        raise NothingToGrade(f"{shown(path)} does not exist")
    elif reader.one_student or _is_one_students(path, wanted):
        if not is_clone(path):
            _only_clones(path, deadline)
        name = _student_of_folder(path, wanted.assignment)
        named = read_name(name) or Named(person_in(name, wanted.assignment))
        submission = reader.read(path, named.student)
        if submission is not None:
            yield Work(submission, named)
    else:
        if deadline is not None and not any(is_clone(folder) for folder in _folders_in(path)):
            _only_clones(next(iter(_folders_in(path)), path), deadline)
        yield from reader.works(path)


def _is_one_students(path: Path, wanted: Wanted) -> bool:
    """Whether a folder is one student's: a clone, one with the assignment in it, or the assignment's own in one."""
    if not os.path.isdir(path):
        return False
    if is_clone(path) or read_name(Path(os.path.abspath(path)).name) is not None:
        return True
    here = look_into(path)
    inner = next((folder for folder in here.folders if folder.name == wanted.assignment), None)
    if inner is not None:  # else it holds a class, by assignment
        there = look_into(inner)
        return bool(there.notebooks) or not there.folders
    if not here.notebooks or not all(names_assignment(file.name, wanted.assignment) for file in here.notebooks):
        return False
    return not any(look_into(folder).notebooks or os.path.isdir(folder / wanted.assignment) for folder in here.folders)


def _folders_in(path: Path) -> list[Path]:
    return look_into(path).folders


def _reader(wanted: Wanted, found: Found, deadline: Deadline | None) -> Reader:
    """How a student's folder is read: as it is, or as its history has it at the deadline."""
    if deadline is None:
        return lambda folder, student: read_student_folder(folder, student, wanted, found)

    def read_the_past(folder: Path, student: str) -> Submission | None:
        missing = folder / f"{wanted.assignment}.ipynb"
        if not is_clone(folder):
            return Submission(student, wanted.assignment, missing, "it is no clone, so it has no state at the deadline")
        try:
            past = deadline.snapshot(folder, student, wanted)
        except NothingHandedIn as problem:
            return Submission(student, wanted.assignment, missing, shown(problem))
        submission = read_student_folder(past.folder, student, wanted, found)
        if submission is None:
            return Submission(student, wanted.assignment, missing, f"no {missing.name} was there at the deadline")
        fault = shown(past.link) if past.link and submission.fault else submission.fault
        told = (*submission.notes, *past.notes)
        return replace(submission, fault=fault, moment=past.moment, origin=past.origin, notes=told, flags=past.flags)

    return read_the_past


def _dated(work: Work) -> Work:
    """The moment of a submission by the ``timestamp.txt`` beside its notebook, where nothing else told one."""
    submission = work.submission
    if submission.moment is not None or submission.fault:
        return work
    stamp = submission.notebook.parent / "timestamp.txt"
    try:
        text = stamp.read_text("utf-8").strip() if stamp.is_file() and not os.path.islink(stamp) else ""
        moment = parse_timestamp(text) if text else None
    except (OSError, ValueError) as problem:
        return replace(work, submission=replace(submission, fault=f"timestamp.txt cannot be read: {shown(problem)}"))
    return work if moment is None else replace(work, submission=replace(submission, moment=moment))


def _only_clones(path: Path, deadline: Deadline | None) -> None:
    if deadline is not None:
        raise NothingToGrade(f"--before needs cloned repositories, with their history; {shown(path)} is none")


def _student_of_file(notebook: Path, assignment: str) -> str:
    """The file stem, except where the file is named after the assignment: then the folder tells."""
    if not names_assignment(notebook.name, assignment):
        return without_copy_marks(person_in(stem_of(notebook.name), assignment))
    folder = Path(os.path.abspath(notebook)).parent
    name = _student_of_folder(folder, assignment)
    named = read_name(name)
    return named.student if named is not None else person_in(name, assignment)


def _student_of_folder(folder: Path, assignment: str) -> str:
    folder = Path(os.path.abspath(folder))
    return folder.parent.name if folder.name == assignment else folder.name


__all__ = [
    "NothingToGrade", "Submission", "find_clones", "find_submissions", "leads_out", "shown", "take_in",
]  # fmt: skip
