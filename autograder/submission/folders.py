"""What lies in a folder, in one look: notebooks, other files, folders, and what is nobody's work.

Here and beside, ``os.path`` asks what a path is: where a student's folder is closed to this user, ``Path`` raises.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.submission.glance import has_a_notebooks_name, is_noise, may_hold_a_notebook
from autograder.submission.records import Found

DEEPEST = 12  # folders in folders: deeper lies nobody's work, and a walk must end


@dataclass
class Folder:
    """A folder's contents, in order of their names; ``problem`` if it cannot be read."""

    path: Path
    notebooks: list[Path] = field(default_factory=list)  # files that look like one
    files: list[Path] = field(default_factory=list)  # the others
    folders: list[Path] = field(default_factory=list)
    noise: list[Path] = field(default_factory=list)
    problem: str = ""


def look_into(path: Path) -> Folder:
    """The contents of ``path``; links to folders are not followed."""
    found = Folder(path)
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError as problem:
        found.problem = problem.strerror or type(problem).__name__
        return found
    for entry in entries:
        place = Path(entry.path)
        try:
            folder = entry.is_dir(follow_symlinks=False)
        except OSError:
            folder = False
        if is_noise(entry.name):
            found.noise.append(place)
        elif folder:
            found.folders.append(place)
        elif has_a_notebooks_name(entry.name) or may_hold_a_notebook(place):
            found.notebooks.append(place)
        else:
            found.files.append(place)
    return found


def is_clone(path: Path) -> bool:
    """Whether it is a repository of its own."""
    try:
        return (path / ".git").exists()
    except OSError:
        return False


def notebooks_under(path: Path, found: Found, depth: int = 0) -> Iterator[Path]:
    """Every file under ``path`` that looks like a notebook, nearest first; what is noise is told to ``found``."""
    here = look_into(path)
    if here.problem:
        found.pass_over(path, f"the folder cannot be read: {here.problem}")
        return
    yield from here.notebooks
    for noise in here.noise:
        tell_noise(noise, found)
    for folder in here.folders:
        if depth >= DEEPEST:
            found.pass_over(folder, f"it lies more than {DEEPEST} folders deep")
        else:
            yield from notebooks_under(folder, found, depth + 1)


def holds_notebooks(path: Path, depth: int = 0) -> bool:
    """Whether any file under ``path`` looks like a notebook."""
    here = look_into(path)
    return bool(here.notebooks) or (depth < DEEPEST and any(holds_notebooks(f, depth + 1) for f in here.folders))


def tell_noise(path: Path, found: Found) -> None:
    """Tell of notebooks in what is nobody's work: a line each, which loses nobody."""
    if path.name == ".git" or os.path.islink(path):
        return
    if not os.path.isdir(path):
        if has_a_notebooks_name(path.name):
            found.pass_over(path, "hidden files are no work", lost=False)
        return
    why = "Jupyter's own copies are no work" if path.name == ".ipynb_checkpoints" else "hidden folders are no work"
    for folder, folders, files in os.walk(path):
        folders.sort()
        for name in sorted(files):
            if has_a_notebooks_name(name):
                found.pass_over(Path(folder) / name, why, lost=False)
