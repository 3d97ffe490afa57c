"""Which assignments were verified, and with what content: what has not changed since need not be verified again.

The bank's ``verified.json`` names each assignment of which every answer was judged as it must be, in process and
through the engine, with the SHA-256 of all that decides it: the assignment's part of the bank, every other module of
this package, the data sets, and the versions of Python, torch and NumPy. Where one of these changed, it is verified
anew.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
import torch

from autograder.course.assignment import BANK, Assignment
from autograder.errors import UsageError

FILE = "verified.json"
PACKAGE = BANK.parent


def content(assignment: Assignment, root: Path) -> str:
    """SHA-256, in hexadecimal digits, of what decides how the assignment's answers are judged.

    Args:
        root: the course's folder, for its data sets.
    """
    digest = hashlib.sha256(_engine().encode())
    for path in (*sorted(assignment.folder.glob("*.py")), *sorted((root / "datasets").rglob("*.csv"))):
        digest.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def is_verified(assignment: Assignment, root: Path, seeds: int) -> bool:
    """Whether the assignment was verified as it is now, on as many draws of fresh inputs or more."""
    then = _read(assignment).get(assignment.name)
    return then is not None and then["content"] == content(assignment, root) and int(then["seeds"]) >= seeds


def remember(assignment: Assignment, root: Path, seeds: int, *, passed: bool) -> None:
    """Write down that the assignment was verified just now, or that it has a problem."""
    known = _read(assignment)
    known.pop(assignment.name, None)
    if passed:
        known[assignment.name] = {"content": content(assignment, root), "seeds": str(seeds)}
    with suppress(OSError):  # an installation that nobody may write: it is verified again, no more
        (assignment.folder.parent / FILE).write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")


@cache
def _engine() -> str:
    """Of everything that all assignments share."""
    digest = hashlib.sha256()
    for path in _shared():
        digest.update(f"\0{path.relative_to(PACKAGE).as_posix()}\0".encode() + path.read_bytes())
    torch_version = torch.__version__.partition("+")[0]  # the same build has another name elsewhere
    return f"{digest.hexdigest()} {torch_version} {np.__version__} {'.'.join(platform.python_version_tuple()[:2])}"


def _shared() -> Iterator[Path]:
    """Every module of the package but those of single assignments, and those that a release records."""
    own = [BANK, PACKAGE / "student" / "generated"]
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent == BANK or not any(path.is_relative_to(folder) for folder in own):
            yield path


def _read(assignment: Assignment) -> dict[str, dict[str, str]]:
    path = assignment.folder.parent / FILE
    if not path.is_file():
        return {}
    try:
        known: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
        return {name: {"content": then["content"], "seeds": then["seeds"]} for name, then in known.items()}
    except (ValueError, AttributeError, KeyError, TypeError) as problem:
        raise UsageError(
            f"{path} is damaged ({problem}): delete it, and `autograder verify` writes it again"
        ) from problem
