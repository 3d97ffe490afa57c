"""Progress on standard error: one line that changes on a terminal, a line for each step in a log."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

from autograder.results import Grade, Ungraded

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


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


class ClassProgress:
    """Counts the submissions of a class, with their marks: a bar with the time left, or a line for each in a log.

    Used with ``with``: a bar hides the cursor while it is shown.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._lines = Progress()
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        if self._total and sys.stderr.isatty():
            self._bar = _bar()
            self._bar.add_task("", total=self._total)
            self._bar.start()
        return self

    def __exit__(self, *problem: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def count(self, result: Grade | Ungraded) -> None:
        """One more is done."""
        self._done += 1
        state = "not graded" if isinstance(result, Ungraded) else f"{result.score:g} / {result.max_score:g}"
        if self._bar is None:
            self._lines.show(f"[{self._done}/{self._total}] {result.student}: {state}")
        else:
            self._bar.update(self._bar.task_ids[0], completed=self._done, description=f"{result.student}: {state}")
            self._bar.refresh()


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn(),
               TextColumn("left"), TimeRemainingColumn())  # fmt: skip
    # Without a thread that refreshes it: graders are forked from this process.
    return Bar(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
