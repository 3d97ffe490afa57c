"""What a learner has checked and which hints they opened, kept on their own computer and sent nowhere.

One small file in the home folder, written only from a notebook that a person has open; it can be deleted at any time.
No mark depends on it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_MOST_BYTES = 1_000_000  # 123 questions need 10 KB; a longer file is not ours


@dataclass(frozen=True)
class Remembered:
    """One question, as the last check left it: visible points, whether they were all there, and hints opened so far."""

    score: float = 0.0
    right: bool = False
    checked: bool = False
    hints: int = 0


def place() -> Path:
    """The file. ``FIRSTSTEPS_HOME`` names another folder."""
    return Path(os.environ.get("FIRSTSTEPS_HOME") or Path.home() / ".firststeps") / "progress.json"


def remembered() -> dict[str, Remembered]:
    """What is kept of each question, by its id; nothing where there is no file, or one that cannot be read."""
    with suppress(OSError, ValueError, RuntimeError, TypeError, AttributeError):
        path = place()
        if path.stat().st_size <= _MOST_BYTES:
            told = json.loads(path.read_text("utf-8"))
            return {str(name): _one(entry) for name, entry in told.items()}
    return {}


def remember_check(question: str, score: float, right: bool) -> None:
    """Keep the outcome of a check; a question that was right once stays so."""
    before = remembered().get(question, Remembered()) if _a_person_is_there() else Remembered()
    best = max(score, before.score)
    _keep(question, Remembered(best, right or before.right, True, before.hints))


def remember_hint(question: str, count: int) -> None:
    """Keep how many hints were opened."""
    before = remembered().get(question, Remembered()) if _a_person_is_there() else Remembered()
    _keep(question, Remembered(before.score, before.right, before.checked, max(count, before.hints)))


def _keep(question: str, entry: Remembered) -> None:
    if not _a_person_is_there():
        return
    with suppress(OSError, RuntimeError, ValueError):  # a full disk, say, is no reason to stop a check
        everything = {name: asdict(one) for name, one in remembered().items()} | {question: asdict(entry)}
        path = place()
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = path.with_suffix(f".{os.getpid()}")
        waiting.write_text(json.dumps(everything, indent=1), "utf-8")
        waiting.replace(path)  # two notebooks may be open


def _a_person_is_there() -> bool:
    """Whether this runs in a Jupyter kernel; a grader's interpreter and a plain script have nobody to remember for."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None) is not None


def _one(told: Mapping[str, Any]) -> Remembered:
    return Remembered(float(told["score"]), told["right"] is True, told["checked"] is True, int(told["hints"]))
