"""Whose work it is, and in which file: every way in which submissions lie on a disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


class NothingToGrade(ValueError):
    """A path that holds no submission of the assignment: what was looked for, and where."""


@dataclass(frozen=True)
class Submission:
    """One student's notebook for one assignment; the file may be missing."""

    student: str
    assignment: str
    notebook: Path


def find_submissions(assignment: str, paths: Sequence[Path]) -> list[Submission]:
    """The submissions under ``paths``, one for each student, in order of their names.

    A path is nbgrader's ``submitted/`` folder (student/assignment/notebook), a folder of cloned
    repositories (repository/notebook or repository/assignment/notebook), a folder of notebooks
    (student = file stem), or one notebook.

    Raises:
        NothingToGrade: a path does not exist or holds none, or two files are of one student.
    """
    found: dict[str, Submission] = {}
    for path in paths:
        here = list(_under(assignment, path))
        if not here:
            raise NothingToGrade(
                f"no submission of {assignment} in {path}: looked for STUDENT/{assignment}/{assignment}.ipynb, "
                f"CLONE/{assignment}.ipynb and *.ipynb"
            )
        for submission in here:
            other = found.setdefault(submission.student, submission)
            if other.notebook != submission.notebook:
                raise NothingToGrade(
                    f"two notebooks of {submission.student}: {other.notebook} and {submission.notebook}"
                )
    return sorted(found.values(), key=lambda submission: submission.student)


def _under(assignment: str, path: Path) -> Iterator[Submission]:
    if path.is_file():
        yield Submission(_student_of(assignment, path), assignment, path)
        return
    if not path.is_dir():
        raise NothingToGrade(f"{path} does not exist")
    notebooks = sorted(file for file in path.glob("*.ipynb") if file.is_file())
    if notebooks:
        yield from (Submission(_student_of(assignment, file), assignment, file) for file in notebooks)
        return
    folders = sorted(folder for folder in path.iterdir() if folder.is_dir() and not folder.name.startswith("."))
    for folder in folders:
        notebook = _in_folder(assignment, folder)
        if notebook is not None:
            yield Submission(_student_of_clone(assignment, folder.name), assignment, notebook)


def _in_folder(assignment: str, folder: Path) -> Path | None:
    candidates = (
        folder / assignment / f"{assignment}.ipynb",
        folder / f"{assignment}.ipynb",
        folder / "release" / assignment / f"{assignment}.ipynb",
    )
    found = next((file for file in candidates if file.is_file()), None)
    if found is not None:
        return found
    if (folder / assignment).is_dir():
        return candidates[0]  # handed in without the notebook: graded as missing, with a clear line
    if (folder / ".git").exists():
        return candidates[1]
    return None


def _student_of(assignment: str, notebook: Path) -> str:
    """The file stem, except where the file is named after the assignment: then the folder tells."""
    if notebook.stem != assignment:
        return _safe(notebook.stem)
    folder = notebook.resolve().parent
    if folder.name == assignment:
        folder = folder.parent
    return _safe(_student_of_clone(assignment, folder.name))


def _student_of_clone(assignment: str, name: str) -> str:
    return _safe(name.removeprefix(f"{assignment}-") or name)


def _safe(name: str) -> str:
    """A student's id as nbgrader takes it: no separators, nothing that a spreadsheet would run."""
    return re.sub(r"[^\w.@-]", "_", name).lstrip("-.=@+") or "student"
