"""The bank's record of mutants that a question's text leaves right, each with its reason.

It stands in ``equivalents.toml`` beside the questions of an assignment::

    [[sgd_step]]
    because = "the gradient's own value after the step is nobody's business"
    mutants = ["copy: new = p - lr → new = p", "…: ….item() → …"]

where ``…`` stands for anything. What stands under ``everywhere`` in the bank's own ``equivalents.toml`` holds for
every question. A record that no mutant answers to any more, or whose mutant loses marks by now, is out of date, and
verification says so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import UsageError

FILE = "equivalents.toml"


class BadRecord(UsageError):
    """A record of equivalent mutants cannot be read."""


class Record:
    """What is recorded for one question; ``own`` has each of its entries with the reason."""

    def __init__(self, own: dict[str, str], shared: dict[str, str]) -> None:
        self.own, self._shared = own, shared

    def reason(self, key: str) -> str | None:
        """Why the mutant of that key is right; None if nothing says so."""
        known = {**self._shared, **self.own}
        return next((why for pattern, why in known.items() if _is_like(key, pattern)), None)

    def stale(self, alive: Iterable[str]) -> list[str]:
        """The entries of the question that no survivor answers to."""
        keys = list(alive)
        return [pattern for pattern in self.own if not any(_is_like(key, pattern) for key in keys)]


def recorded(folder: Path, question: str) -> Record:
    """What the bank records for a question of the assignment in ``folder``.

    Raises:
        BadRecord: a file is no TOML, or an entry lacks its reason or its mutants.
    """
    return Record(_entries(folder / FILE, question), _entries(folder.parent / FILE, "everywhere"))


def _is_like(key: str, pattern: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("…"))), key, re.S) is not None


def _entries(path: Path, name: str) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get(name, [])
        return {key: str(entry["because"]) for entry in entries for key in entry["mutants"]}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        raise BadRecord(f"{path}: {name}: an entry needs `because` and `mutants` ({problem!r})") from problem
