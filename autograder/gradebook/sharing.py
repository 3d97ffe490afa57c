"""Files of a course that several teachers share: nbgrader's ``groupshared``, honoured in everything that we write."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

# As nbgrader sets them: the group may do what the owner may, and what is made in a folder stays the group's.
_FOLDER = 0o2770
_FILE = 0o660
_GRADED = 0o664


def share(*folders: Path) -> list[str]:
    """Give the group its rights on everything under ``folders`` that is ours; what could not be given, in words."""
    told = (share_one(path) for folder in folders for path in _tree(folder))
    return [line for line in told if line]


def share_one(path: Path) -> str | None:
    """Give the group its rights on ``path`` alone; None, or why that could not be."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return None
        wanted = mode | (_FOLDER if stat.S_ISDIR(mode) else _FILE)
        if stat.S_IMODE(mode) != stat.S_IMODE(wanted):
            os.chmod(path, stat.S_IMODE(wanted))
    except FileNotFoundError:
        return None
    except PermissionError:
        return None if os.access(path, os.W_OK) else f"{path} is another teacher's, and the group may not write it"
    except OSError as problem:
        return f"{path}: {problem.strerror}"
    return None


def is_the_groups(folder: Path) -> bool:
    """Whether a folder is set up for a group: it may write there, and what is made there stays the group's."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return False
    return bool(mode & stat.S_ISGID and mode & stat.S_IWGRP)


def graded_mode(*, shared: bool) -> int:
    """The mode of a graded notebook, as nbgrader leaves it: it is not edited by accident."""
    return _GRADED if shared else 0o444


def _tree(folder: Path) -> Iterator[Path]:
    if not folder.exists():
        return
    yield folder
    if folder.is_dir():
        for where, folders, files in os.walk(folder):
            for name in (*folders, *files):
                yield Path(where) / name
