"""Progress on standard error: one line that changes on a terminal, a line for each step in a log."""

from __future__ import annotations

import sys

from autograder.results import Grade, Ungraded


class Progress:
    """Says what is being done.

    Args:
        in_logs: whether a log gets the lines too.
    """

    def __init__(self, *, in_logs: bool = True) -> None:
        self._live = sys.stderr.isatty()
        self._in_logs = in_logs
        self._shown = False

    def show(self, words: str) -> None:
        """This is being done, or was done, now."""
        if self._live:
            sys.stderr.write(f"\r\x1b[K{words}")
            sys.stderr.flush()
            self._shown = True
        elif self._in_logs:
            print(words, file=sys.stderr, flush=True)

    def finish(self) -> None:
        """Leave an empty line to what comes after."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class ClassProgress(Progress):
    """Counts the submissions of a class, with their marks."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self._total = total
        self._done = 0

    def count(self, result: Grade | Ungraded) -> None:
        """One more is done."""
        self._done += 1
        state = "not graded" if isinstance(result, Ungraded) else f"{result.score:g} / {result.max_score:g}"
        self.show(f"[{self._done}/{self._total}] {result.student}: {state}")
