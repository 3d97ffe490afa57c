"""The inner clock: stops a student's code that takes too long, and leaves it a moment for what is below.

Untrusted side: code that evades it meets the supervisor's clock.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from types import FrameType

from autograder.sandbox.limits import waited

AGAIN = 0.2  # seconds until it goes off once more, for code that catches everything
# For the definitions below a statement that was stopped: they take milliseconds, and the supervisor waits 2 s more.
MOMENT, MOMENT_WALL = 0.5, 1.0


class TimeLimit(BaseException):
    """The time for a cell or a call is over. Not an ``Exception``, so that ``except Exception`` lets it pass."""

    is_time_limit = True


@contextlib.contextmanager
def time_limit(seconds: float, wall: float) -> Iterator[None]:
    """Raise ``TimeLimit`` in the code inside; code that evades it meets the supervisor's clock.

    Args:
        seconds: of computing, so that what else the machine does costs no marks.
        wall: by the clock, for code that sleeps or waits; what it waits for other processes' computing is not counted.
    """
    signal.signal(signal.SIGALRM, _on_alarm)
    signal.signal(signal.SIGPROF, _on_alarm)
    _set(seconds, wall)
    try:
        yield
    finally:
        _set(0, 0)


def one_moment() -> None:
    """Give the code that is being stopped a moment more."""
    _set(MOMENT, MOMENT_WALL)


_ends = [0.0]  # by the clock, less what was waited for other processes


def _set(seconds: float, wall: float) -> None:
    again = AGAIN if seconds else 0.0
    _ends[0] = time.monotonic() - waited(os.getpid()) + wall if wall else 0.0
    signal.setitimer(signal.ITIMER_REAL, wall, again)
    signal.setitimer(signal.ITIMER_PROF, seconds, again)


def _on_alarm(number: int, frame: FrameType | None) -> None:
    if number == signal.SIGALRM and time.monotonic() - waited(os.getpid()) < _ends[0]:
        return  # others computed meanwhile; it goes off again soon
    raise TimeLimit("the time limit is over")
