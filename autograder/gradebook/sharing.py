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
    failed = []
    for path in (inner for folder in folders for inner in _tree(folder)):
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                continue
            wanted = mode | (_FOLDER if stat.S_ISDIR(mode) else _FILE)
            if stat.S_IMODE(mode) != stat.S_IMODE(wanted):
                os.chmod(path, stat.S_IMODE(wanted))
        except FileNotFoundError:
            continue
        except PermissionError:
            if not os.access(path, os.W_OK):
                failed.append(f"{path} is another teacher's, and the group may not write it")
        except OSError as problem:
            failed.append(f"{path}: {problem.strerror}")
    return failed


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
