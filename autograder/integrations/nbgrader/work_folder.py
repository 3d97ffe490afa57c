"""What lies beside a notebook goes into the sandbox before it runs; what it wrote comes back afterwards.

The folder in the sandbox is a sized file system in memory, of which this process holds a descriptor. It is read when
everything that could write to it has ended; links in it are not followed.
"""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from autograder.sanitize.outputs import clean_line

MAX_FILES, MAX_BYTES = 2_000, 256 << 20  # of what is brought back


class NoRoom(OSError):
    """What lies beside the notebook is more than its work folder may hold."""


@dataclass(frozen=True)
class LaidOut:
    """What was put into the work folder: of each file its size and time."""

    files: dict[str, tuple[int, int]]


def lay_out(beside: Path, submitted: Path, work: Path) -> LaidOut:
    """Copy what lies beside a notebook into its work folder.

    Of notebooks the ones that were handed in: in ``beside`` they hold the restored tests by now.

    Args:
        beside: the notebook's folder in ``autograded/``.
        submitted: the folder that was handed in.
        work: the work folder.

    Raises:
        NoRoom: it does not fit.
    """
    user = os.stat(work).st_uid
    done: dict[str, tuple[int, int]] = {}
    files = [(path, path.relative_to(beside)) for path in _regular(beside) if path.suffix != ".ipynb"]
    files += [(path, path.relative_to(submitted)) for path in _regular(submitted) if path.suffix == ".ipynb"]
    for path, name in files:
        target = work / name
        try:
            for folder in reversed(name.parents[:-1]):
                if not (work / folder).is_dir():
                    (work / folder).mkdir()
                    os.chown(work / folder, user, user)
            shutil.copyfile(path, target)
            os.chmod(target, 0o755 if os.access(path, os.X_OK) and path.stat().st_mode & 0o111 else 0o644)
            os.chown(target, user, user)
        except OSError as problem:
            raise NoRoom(problem.errno, problem.strerror, str(name)) from problem
        entry = target.stat()
        done[str(name)] = (entry.st_size, entry.st_mtime_ns)
    return LaidOut(done)


def bring_back(laid_out: LaidOut, work: int, beside: Path) -> list[str]:
    """Copy what a notebook wrote to where stock nbgrader would leave it; what was left out, in words.

    Args:
        work: a descriptor of the work folder, to which nobody writes any more.
        beside: the notebook's folder in ``autograded/``.
    """
    count = total = 0
    left: list[str] = []
    for folder, _folders, names, descriptor in os.fwalk(".", dir_fd=work, follow_symlinks=False):
        for name in sorted(names):
            path = os.path.normpath(os.path.join(folder, name))
            entry = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            known = laid_out.files.get(path) == (entry.st_size, entry.st_mtime_ns)
            if known or not stat.S_ISREG(entry.st_mode) or name.endswith(".ipynb"):
                continue  # a notebook that was written could take the place of the next one to be graded
            count, total = count + 1, total + entry.st_size
            if count > MAX_FILES or total > MAX_BYTES:
                return [*left, f"the notebook wrote more than is kept: left out from {clean_line(path, 200)} on"]
            if not _write(descriptor, name, beside / path, beside):
                left.append(f"{clean_line(path, 200)}, which the notebook wrote, is not kept: its place is taken")
    return left


def _regular(folder: Path) -> list[Path]:
    """The files in a folder, without links and what is in linked folders."""
    return [
        Path(place, name)
        for place, _folders, names in os.walk(folder)
        for name in sorted(names)
        if not Path(place, name).is_symlink() and Path(place, name).is_file()
    ]


def _write(folder: int, name: str, target: Path, top: Path) -> bool:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.parent.resolve().is_relative_to(top.resolve()) or target.is_dir():
            return False
        source = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
        with open(source, "rb") as reader:
            target.unlink(missing_ok=True)
            with open(target, "xb") as writer:
                shutil.copyfileobj(reader, writer)
    except (OSError, ValueError):
        return False
    return True
