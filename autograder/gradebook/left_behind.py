"""What stands in ``autograded/`` beside the graded notebook: everything that nbgrader's own autograde leaves there.

The time stamp and the submission's secret (which names the student's page in the exchange), the student's files, and
the course's own files over them.
"""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.course.layout import Course
from autograder.submission.files import MOST_BYTES, MOST_FILES, files_of_release
from autograder.submission.moments import parse_timestamp
from autograder.submission.records import Submission

_IGNORED = (".ipynb_checkpoints", "*.pyc*", "__pycache__", "feedback")  # nbgrader's own list
_OWN = ("timestamp.txt", "submission_secret.txt")
_NBGRADER_READS = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: UTC)?\s*")


@dataclass(frozen=True)
class LeftBehind:
    """The files that go beside a graded notebook, by name, and its time stamp."""

    files: dict[str, Path]
    stamp: str

    def write(self, folder: Path) -> None:
        """Put everything into ``folder``, which is empty."""
        for name, source in self.files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        if self.stamp:
            (folder / "timestamp.txt").write_text(self.stamp, "utf-8")


def left_behind(course: Course, submission: Submission) -> LeftBehind:
    """What goes beside the graded notebook of ``submission``."""
    name, folder = submission.assignment, submission.notebook.parent
    files: dict[str, Path] = {}
    if folder.name == name:  # nbgrader's layout: the folder is the submission
        files = dict(_inside(folder))
    else:
        files = {str(beside.name): beside.path for beside in submission.files}
    files |= {str(beside.name): beside.path for beside in files_of_release(course.root, name)}
    files.pop("timestamp.txt", None)
    return LeftBehind(files, _stamp(folder / "timestamp.txt", submission.moment))


def _inside(folder: Path) -> Iterator[tuple[str, Path]]:
    """The regular files of a submission; nbgrader would follow links, which can lead to the solutions."""
    total = count = 0
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(inner for inner in folders if not _ignored(inner))
        for name in sorted(names):
            path = Path(where) / name
            if _ignored(name) or name.lower().endswith(".ipynb") or path.is_symlink() or not path.is_file():
                continue
            total, count = total + path.stat().st_size, count + 1
            if name not in _OWN and (total > MOST_BYTES or count > MOST_FILES):
                continue
            yield path.relative_to(folder).as_posix(), path


def _ignored(name: str) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in _IGNORED)


def _stamp(path: Path, moment: datetime | None) -> str:
    """The stamp as it was, where nbgrader reads it right; else the same moment in nbgrader's own form."""
    try:
        text = path.read_text("utf-8") if path.is_file() and not path.is_symlink() else ""
    except (OSError, UnicodeDecodeError):
        text = ""
    if text.strip() and not _NBGRADER_READS.fullmatch(text):
        try:
            moment = parse_timestamp(text)
        except ValueError:
            return text
        text = ""
    if text.strip() or moment is None:
        return text
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC\n"
