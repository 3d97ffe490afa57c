"""What a student's code prints while it is checked: kept for the verdict, as far as anybody reads on."""

from __future__ import annotations

import io

MOST_LINES = 20  # a screen's half: a loop that prints each step fills it, and the first lines tell what it prints
MOST_CHARACTERS = 2_000  # those lines at their full width


class Printed(io.TextIOBase):
    """A place to print to that keeps the first lines and counts the rest."""

    def __init__(self) -> None:
        self._kept = ""
        self._written = 0
        self._lines = 0

    def writable(self) -> bool:
        """It is there to be written to."""
        return True

    def write(self, text: str, /) -> int:
        """Keep ``text``, or as much of it as there is room for."""
        self._kept += text[: max(0, MOST_CHARACTERS + 1 - len(self._kept))]
        self._written += len(text)
        self._lines += text.count("\n")
        return len(text)

    @property
    def text(self) -> str:
        """What was printed, without the empty end; a last line says that there was more."""
        lines = self._kept[:MOST_CHARACTERS].rstrip().split("\n")
        shown = "\n".join(lines[:MOST_LINES])
        if len(lines) <= MOST_LINES and self._written <= MOST_CHARACTERS:
            return shown
        return f"{shown}\n… ({self._lines} lines in all)"
