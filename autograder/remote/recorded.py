"""Recording what a reference replied, and replying so again without the reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from autograder.protocol.decoder import decode
from autograder.protocol.encoder import encode
from autograder.remote.proxy import Transport


class OutOfStep(RuntimeError):
    """A test asked the reference something else than when its replies were recorded."""


class Recorder:
    """Passes requests on to ``inner`` and remembers the replies, in order."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self.log: list[tuple[bytes, bytes]] = []

    def ask(self, request: dict[str, Any]) -> Any:
        """The inner reply."""
        reply = self._inner.ask(request)
        self.log.append((encode(request), encode(reply)))
        return decode(self.log[-1][1])


class Playback:
    """Gives recorded replies while the same requests come, else goes on with ``live``.

    Args:
        log: (request, reply) pairs from a ``Recorder``.
        live: makes a fresh transport that is brought up to the same point; without it, ``OutOfStep``.
    """

    def __init__(self, log: Sequence[tuple[bytes, bytes]], live: Callable[[], Transport]) -> None:
        self._log = log
        self._live = live
        self._at = 0
        self._inner: Transport | None = None

    def ask(self, request: dict[str, Any]) -> Any:
        """The recorded reply, or the live one."""
        if self._inner is None:
            if self._at < len(self._log) and self._log[self._at][0] == encode(request):
                self._at += 1
                return decode(self._log[self._at - 1][1])
            self._inner = self._live()
            for earlier, _ in self._log[: self._at]:
                self._inner.ask(decode(earlier))
        return self._inner.ask(request)


class Replies:
    """Gives recorded replies in order: all that a student's machine has of the reference."""

    def __init__(self, replies: Sequence[Any]) -> None:
        self._replies = list(replies)
        self._at = 0

    def ask(self, request: dict[str, Any]) -> Any:
        """The next recorded reply.

        Raises:
            OutOfStep: there is none left.
        """
        if self._at >= len(self._replies):
            raise OutOfStep("this check asks for more than was recorded: please install the course's package again")
        self._at += 1
        return self._replies[self._at - 1]
