"""Collects from the exchange only what students handed in themselves, in ``c.ExchangeFactory.collect``.

Students own what they put into the exchange, and can change it there: nbgrader's own copy follows a link, with the
teacher's rights, so a link to the solution is collected as the solution.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from autograder.gradebook.sharing import share_one

_NO_FOLLOW = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
# Of one submission: more than any project of a course, and less than what fills a teacher's disk with names.
_DEEPEST = 20
_MOST_FILES = 5000


class CollectRegularFiles(ExchangeCollect):  # type: ignore[misc]
    """nbgrader's own collecting; links, pipes and files of other people are left out, with a line each."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy one submission: first what may be copied, into a folder of the teacher's own; then as nbgrader does."""
        with tempfile.TemporaryDirectory(prefix="collect-") as scratch:
            own = Path(scratch) / "submission"
            for refused in copy_regular_files(Path(src), own, most_bytes=1000 * self.coursedir.max_dir_size):
                self.log.warning("%s: not collected: %s", Path(src).name.rsplit("+", 1)[0], refused)
            super().do_copy(str(own), dest)
        if self.coursedir.groupshared:  # nbgrader leaves the folders that it makes above to the first who collects
            share_one(Path(dest).parent)
            share_one(Path(dest).parent.parent)


def copy_regular_files(source: Path, target: Path, most_bytes: int) -> Iterator[str]:
    """Copy the regular files under ``source`` that belong to its owner; a line for everything else.

    No link is followed, whatever is put in the place of a file while it is looked at.
    """
    target.mkdir(mode=0o755)
    try:
        folder = os.open(source, _NO_FOLLOW | os.O_DIRECTORY)
    except OSError as problem:
        yield f"{source.name} ({problem.strerror})"
        return
    copier = _Copier(os.fstat(folder).st_uid, most_bytes)
    try:
        yield from copier.copy(folder, target, "", _DEEPEST)
    finally:
        os.close(folder)


class _Copier:
    def __init__(self, owner: int, most_bytes: int) -> None:
        self._owner = owner
        self._bytes_left = most_bytes
        self._files_left = _MOST_FILES

    def copy(self, folder: int, target: Path, shown: str, deepest: int) -> Iterator[str]:
        for name in sorted(os.listdir(folder)):
            told = f"{shown}{name}"
            try:
                inner = os.open(name, _NO_FOLLOW, dir_fd=folder)
            except OSError as problem:
                yield f"{told} ({self._why(name, folder, problem)})"
                continue
            try:
                yield from self._copy_one(inner, target / name, told, deepest)
            finally:
                os.close(inner)

    def _copy_one(self, inner: int, target: Path, told: str, deepest: int) -> Iterator[str]:
        found = os.fstat(inner)
        if stat.S_ISDIR(found.st_mode):
            if deepest == 0:
                yield f"{told} (too deep a folder)"
                return
            target.mkdir(mode=0o755)
            yield from self.copy(inner, target, f"{told}/", deepest - 1)
        elif not stat.S_ISREG(found.st_mode):
            yield f"{told} (it is no regular file)"
        elif found.st_uid != self._owner:  # a second name for somebody else's file
            yield f"{told} (it belongs to another user)"
        elif found.st_size > self._bytes_left or self._files_left == 0:
            yield f"{told} (the submission is too big)"
        else:
            self._bytes_left -= found.st_size
            self._files_left -= 1
            with open(inner, "rb", closefd=False) as file, target.open("wb") as copy:
                shutil.copyfileobj(file, copy)
            os.utime(target, ns=(found.st_atime_ns, found.st_mtime_ns))

    @staticmethod
    def _why(name: str, folder: int, problem: OSError) -> str:
        try:
            mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
        except OSError:
            return str(problem.strerror)
        return "it is a link" if stat.S_ISLNK(mode) else str(problem.strerror)
