"""A first look at a file: is it a notebook, is it of this assignment, does it hold answers."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from autograder.submission.notebook import MAX_BYTES
from autograder.submission.records import Wanted

_MAY_HOLD_ONE = ("", ".json", ".txt", ".nb", ".html")
ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")


class Kind(Enum):
    """What a file is, for an assignment."""

    WANTED = "it holds questions of the assignment"
    OTHER = "it is a notebook that holds no question of the assignment"
    UNKNOWN = "it cannot be told"
    NO_NOTEBOOK = "it is no notebook"


@dataclass(frozen=True)
class Glance:
    """What a look at a file tells; ``answers`` counts the questions that are not left blank."""

    kind: Kind
    answers: int = 0


def is_noise(name: str) -> bool:
    """Whether a file or folder is nobody's work: hidden, a Mac's shadow of a file, a cache."""
    return name.startswith(".") or name in ("__MACOSX", "__pycache__")


def has_a_notebooks_name(name: str) -> bool:
    """``hw.ipynb``, and what browsers and people make of it: ``.IPYNB``, ``.ipynb.json``, ``.ipynb.txt``."""
    return ".ipynb" in name.lower()


def may_hold_a_notebook(path: Path) -> bool:
    """Whether a file of another name is a notebook by its content."""
    if path.suffix.lower() not in _MAY_HOLD_ONE or os.path.islink(path):
        return False
    data = _read(path)
    return data is not None and _is_notebook(data)


def glance(path: Path, wanted: Wanted) -> Glance:
    """Look at a file; links are not followed."""
    data = None if os.path.islink(path) else _read(path)
    if data is None or not _is_notebook(data):
        return Glance(Kind.UNKNOWN)
    if not wanted.questions:
        return Glance(Kind.WANTED)
    text = data.decode("utf-8", "replace")
    if not _pattern(wanted.questions).search(text):
        return Glance(Kind.OTHER)
    return Glance(Kind.WANTED, answers_in(text, wanted))


def same_content(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes."""
    try:
        return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def _read(path: Path) -> bytes | None:
    try:
        if not os.path.isfile(path) or path.stat().st_size > MAX_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _is_notebook(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"cells"' in data and b'"nbformat"' in data


@cache
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    """A question's id where the course puts it, or a name where a student would define it."""
    any_of = "|".join(map(re.escape, sorted(names)))
    return re.compile(
        rf"""grade_id"\s*:\s*"(?:test-)?(?:{any_of})"|check\(\s*\\?["'](?:{any_of})\\?["']"""
        rf"""|\b(?:def|class)\s+(?:{any_of})\b|"(?:{any_of})\s*="""
    )


def answers_in(text: str, wanted: Wanted) -> int:
    """How many of the questions' names a notebook defines in cells that are not left blank."""
    try:
        cells = json.loads(text).get("cells")
    except (ValueError, RecursionError):
        return 0
    defined = re.compile(rf"^(?:(?:def|class)\s+({_any(wanted)})\b|({_any(wanted)})\s*=)", re.MULTILINE)
    answered: set[str] = set()
    for cell in cells if isinstance(cells, list) else []:
        source = _source(cell)
        if "raise NotImplementedError" in source:
            continue
        answered |= {name for names in defined.findall(source) for name in names if name}
    return len(answered)


def _any(wanted: Wanted) -> str:
    return "|".join(map(re.escape, sorted(wanted.questions)))


def _source(cell: Any) -> str:
    source = cell.get("source", "") if isinstance(cell, dict) else ""
    return "".join(map(str, source)) if isinstance(source, list) else str(source)
