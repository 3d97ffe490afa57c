"""What travels with a notebook: the files that were handed in beside it, and those that the assignment released.

In JupyterLab they are in the work folder and on ``sys.path``; so they are when it is graded, to be read only.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from autograder.submission.records import Beside

# The work folder is a small file system in memory, and every submission gets its own: a data set of a course's size
# fits, a student's checkpoints of a large model do not.
MOST_FILES = 500
MOST_BYTES = 48 << 20
_DEEPEST = 8  # folders in folders that are looked into
# nbgrader's own; the secret names the student's page of feedback.
_NOT_WORK = frozenset({"timestamp.txt", "submission_secret.txt"})
_SKIPPED_FOLDERS = frozenset({"__pycache__", "__MACOSX", "feedback", "node_modules", "venv"})


def files_beside(folder: Path, notebook: Path) -> tuple[tuple[Beside, ...], str]:
    """The files under ``folder`` that travel with ``notebook``, by name, and what was left out of them, in a line.

    Args:
        folder: what the student handed in; nothing outside of it is read, and no link is followed.
    """
    found: list[Beside] = []
    left: list[str] = []
    total = 0
    for path, size in _walk(folder, 0, left):
        name = PurePosixPath(path.relative_to(folder).as_posix())
        if path == notebook:
            continue
        if len(found) >= MOST_FILES or total + size > MOST_BYTES:
            left.append(str(name))
            continue
        total += size
        found.append(Beside(name, path))
    if not left:
        return tuple(found), ""
    more = f" and {len(left) - 3} more" if len(left) > 3 else ""
    return tuple(found), (
        f"left out beside the notebook: {', '.join(left[:3])}{more} "
        f"(at most {MOST_FILES} files with {MOST_BYTES >> 20} MiB in all are there)"
    )


def files_of_release(root: Path, assignment: str) -> tuple[Beside, ...]:
    """What the course at ``root`` gave to students beside the notebook; it wins over a student's file of that name."""
    for part in ("release", "source"):
        folder = root / part / assignment
        if folder.is_dir():
            return files_beside(folder, folder / f"{assignment}.ipynb")[0]
    return ()


def _walk(folder: Path, depth: int, left: list[str]) -> Iterator[tuple[Path, int]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as problem:
        left.append(f"{folder.name} ({problem.strerror or problem})")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            mode = entry.stat(follow_symlinks=False)
        except OSError:
            left.append(entry.name)
            continue
        if stat.S_ISDIR(mode.st_mode):
            if depth < _DEEPEST and entry.name not in _SKIPPED_FOLDERS:
                yield from _walk(Path(entry.path), depth + 1, left)
        elif stat.S_ISREG(mode.st_mode) and entry.name not in _NOT_WORK and ".ipynb" not in entry.name.lower():
            if os.access(entry.path, os.R_OK, effective_ids=os.access in os.supports_effective_ids):
                yield Path(entry.path), mode.st_size
            else:
                left.append(f"{entry.name} (it may not be read)")
