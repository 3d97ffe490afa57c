"""How a check behaves as a guest in a student's kernel: it ends in time and leaves no trace.

Works on every system: where there are no interval timers (Windows), an endless loop is ended with
Jupyter's stop button or Ctrl-C.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import torch

from autograder.protocol.wire import Failure
from autograder.remote.proxy import Transport


class TimeIsUp(BaseException):
    """The time for one call is over. Not an ``Exception``, so that ``except Exception`` lets it pass."""

    is_time_limit = True


class Timed:
    """Asks ``inner``, each request within ``seconds``; a student's Ctrl-C comes through as such."""

    def __init__(self, inner: Transport, seconds: float) -> None:
        self._inner = inner
        self._seconds = seconds

    def ask(self, request: dict[str, Any]) -> Any:
        """The inner reply, or a failure of kind ``timeout``.

        Raises:
            KeyboardInterrupt: the student stopped the check.
        """
        try:
            with time_limit(self._seconds):
                reply = self._inner.ask(request)
        except TimeIsUp as late:  # it went off beside the student's code
            return Failure("timeout", "TimeIsUp", str(late))
        if isinstance(reply, Failure) and reply.type_name == "KeyboardInterrupt":
            raise KeyboardInterrupt
        return reply


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise ``TimeIsUp`` in the code inside after ``seconds``, where the system can; restores timer and handler."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def on_alarm(number: int, frame: FrameType | None) -> None:
        raise TimeIsUp(f"stopped after {seconds:g} seconds")

    started = time.monotonic()
    handler = signal.signal(signal.SIGALRM, on_alarm)
    outer, interval = signal.getitimer(signal.ITIMER_REAL)
    # Again and again, for code that catches everything; and never later than a limit that is on already.
    signal.setitimer(signal.ITIMER_REAL, min(seconds, outer) if outer else seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if outer:
            signal.setitimer(signal.ITIMER_REAL, max(outer - (time.monotonic() - started), 0.01), interval)


@contextmanager
def same_accelerator_randomness() -> Iterator[None]:
    """Give the generators of GPUs back unchanged; those of the CPU are kept by ``session.double``."""
    restore: list[Callable[[], None]] = []
    if torch.cuda.is_available() and torch.cuda.is_initialized():
        states = torch.cuda.get_rng_state_all()
        restore.append(lambda: torch.cuda.set_rng_state_all(states))
    if torch.backends.mps.is_available():
        state = torch.mps.get_rng_state()
        restore.append(lambda: torch.mps.set_rng_state(state))
    try:
        yield
    finally:
        for give_back in restore:
            give_back()
