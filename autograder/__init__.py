"""A course that grades itself: ``check("question")`` in a notebook, ``autograder grade`` for a class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.version import __version__

if TYPE_CHECKING:
    from autograder.student import check, hint, progress

__all__ = ["__version__", "check", "hint", "progress"]


def __getattr__(name: str) -> Any:
    # Imported on first use: the command line and the sandbox need neither at start.
    if name in ("check", "hint", "progress"):
        from autograder import student

        return getattr(student, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
