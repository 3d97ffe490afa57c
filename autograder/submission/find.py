"""Whose work it is, and in which file: every way in which submissions lie on a disk."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from autograder.errors import UsageError
from autograder.submission.deadline import Deadline, NothingHandedIn
from autograder.submission.records import Submission as Submission
from autograder.submission.records import shown as shown


class NothingToGrade(UsageError):
    """A path that holds no submission of the assignment: what was looked for, and where."""


def find_submissions(assignment: str, paths: Sequence[Path], deadline: Deadline | None = None) -> list[Submission]:
    """The submissions under ``paths``, one for each student, in order of their names.

    A path is nbgrader's ``submitted/`` folder (student/assignment/notebook), a folder of cloned
    repositories (repository/notebook or repository/assignment/notebook), one of these repositories, a
    folder of notebooks (student = file stem), or one notebook. Of a repository nothing counts but the notebook.

    Args:
        deadline: what a clone held then is taken instead of what it holds now; all paths must be clones.

    Raises:
        NothingToGrade: a path does not exist or holds none, or two files are of one student.
    """
    found: dict[str, Submission] = {}
    for path in paths:
        here = list(_under(assignment, path, deadline))
        if not here:
            raise NothingToGrade(
                f"no submission of {assignment} in {shown(path)}: looked for STUDENT/{assignment}/{assignment}.ipynb, "
                f"CLONE/{assignment}.ipynb and *.ipynb"
            )
        for submission in here:
            other = found.setdefault(submission.student, submission)
            if other.notebook != submission.notebook:
                raise NothingToGrade(
                    f"two notebooks of {submission.student}: {shown(other.notebook)} and {shown(submission.notebook)}"
                )
    return sorted(found.values(), key=lambda submission: submission.student)


def find_clones(assignment: str, folder: Path) -> dict[str, Path]:
    """The cloned repositories in ``folder``, by student."""
    clones = sorted(path for path in folder.iterdir() if path.is_dir() and _is_clone(path))
    return {_student_of_clone(assignment, path.name): path for path in clones}


def _under(assignment: str, path: Path, deadline: Deadline | None) -> Iterator[Submission]:
    if path.is_file():
        _only_clones(path, deadline)
        yield Submission(_student_of(assignment, path), assignment, path)
        return
    if not path.is_dir():
        raise NothingToGrade(f"{shown(path)} does not exist")
    if _is_clone(path):
        yield from _in_folder(assignment, path, deadline)
        return
    notebooks = sorted(file for file in path.glob("*.ipynb") if file.is_file())
    if notebooks:
        _only_clones(path, deadline)
        for file in notebooks:
            yield Submission(_student_of(assignment, file), assignment, file, _leads_out(file, path))
        return
    folders = sorted(folder for folder in path.iterdir() if folder.is_dir() and not folder.name.startswith("."))
    for folder in folders:
        yield from _in_folder(assignment, folder, deadline)


def _in_folder(assignment: str, folder: Path, deadline: Deadline | None) -> Iterator[Submission]:
    """The submission in a student's folder, if there is one or should be one."""
    student = _student_of_clone(assignment, Path(os.path.abspath(folder)).name)
    inside = tuple(PurePosixPath(place) / f"{assignment}.ipynb" for place in (assignment, ".", f"release/{assignment}"))
    if deadline is not None:
        if not _is_clone(folder):
            _only_clones(folder, deadline)
        try:
            yield Submission(student, assignment, deadline.notebook(folder, student, inside))
        except NothingHandedIn as problem:
            yield Submission(student, assignment, folder / inside[1], shown(problem))
        return
    candidates = [folder / place for place in inside]
    found = next((file for file in candidates if file.is_file() or file.is_symlink()), None)
    if found is not None:
        yield Submission(student, assignment, found, _leads_out(found, folder))
    elif (folder / assignment).is_dir():
        yield Submission(student, assignment, candidates[0])  # handed in without it: a clear line says so
    elif _is_clone(folder):
        yield Submission(student, assignment, candidates[1])


def _leads_out(notebook: Path, folder: Path) -> str:
    """A link may stay in the student's folder; one to the solutions, or to a classmate's work, is not followed."""
    try:
        inside = notebook.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return "the notebook is a link that leads nowhere"
    return "" if inside else "the notebook is a link that leads out of the submission"


def _is_clone(folder: Path) -> bool:
    return (folder / ".git").exists()


def _only_clones(path: Path, deadline: Deadline | None) -> None:
    if deadline is not None:
        raise NothingToGrade(f"--before needs cloned repositories, with their history; {shown(path)} is none")


def _student_of(assignment: str, notebook: Path) -> str:
    """The file stem, except where the file is named after the assignment: then the folder tells."""
    if notebook.stem != assignment:
        return _safe(notebook.stem)
    folder = notebook.resolve().parent
    if folder.name == assignment:
        folder = folder.parent
    return _safe(_student_of_clone(assignment, folder.name))


def _student_of_clone(assignment: str, name: str) -> str:
    """GitHub Classroom names a repository ASSIGNMENT-STUDENT, Classroom 50 CLASSROOM-ASSIGNMENT-STUDENT."""
    before, found, student = name.partition(f"{assignment}-")
    return _safe(student if found and student and (not before or before.endswith("-")) else name)


def _safe(name: str) -> str:
    """A student's id as nbgrader takes it: no separators, nothing that a spreadsheet would run."""
    return re.sub(r"[^\w.@-]", "_", name).lstrip("-.=@+") or "student"
