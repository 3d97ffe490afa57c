"""The programs of its environment that nbgrader starts by name."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

_STARTED = ("alembic",)  # brings a gradebook of an older version up to date


def missing_programs() -> str | None:
    """Which of them are not found on PATH and what to do, in one line; None where all are there."""
    absent = [name for name in _STARTED if shutil.which(name) is None]
    if not absent:
        return None
    folder = Path(sys.executable).parent
    names = ", ".join(absent)
    if any((folder / name).exists() for name in absent):
        return f"{names}, which nbgrader starts, is not on PATH: export PATH={folder}:$PATH"
    where = f"{folder} is on PATH and has none" if str(folder) in _path() else f"{folder} has none"
    return f"{names}, which nbgrader starts, is not installed ({where}): python -m pip install {names}"


def _path() -> list[str]:
    return os.environ.get("PATH", "").split(os.pathsep)
