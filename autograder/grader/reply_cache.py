"""What one test and one student say to each other, and what was found in conversations like it.

A test's requests depend on its seed and on the replies so far, and so does what it finds. So for a student who
replies in the very bytes of an earlier one, neither the requests nor the result need be computed again: the grader
follows the earlier conversation, request by request, and runs the test only where a reply is new. No request goes
out before the reply to the one before has come, so nothing is told earlier than the test itself would tell it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from autograder.protocol.wire import Failure

ROOM = 8 << 20  # bytes of conversations that are remembered for one test
_OVERHEAD = 300  # bytes of one exchange beside what was said
Result = TypeVar("Result")


class Raw(Protocol):
    """A transport that can also carry what is already phrased, and bring back what is not yet read."""

    def phrase(self, request: dict[str, Any]) -> bytes:
        """The request as it goes."""

    def exchange(self, body: bytes) -> bytes | Failure:
        """What came back."""

    def understand(self, reply: bytes | Failure) -> Any:
        """What it says."""


class OffScript(RuntimeError):
    """A test asked the same student two different things after the same replies: a fault of the bank."""


class Conversation:
    """A test's transport: begins by letting go of what earlier tests held, and remembers what was said.

    Args:
        raw: carries the requests.
        said: what was already asked and answered; the test hears it again, and goes on from there.
    """

    def __init__(self, raw: Raw, said: list[tuple[bytes, bytes | Failure]] | None = None) -> None:
        self._raw = raw
        self._heard = 0
        self.said = [] if said is None else said

    def ask(self, request: dict[str, Any]) -> Any:
        """The reply, as it was or as it comes."""
        body = self._raw.phrase({**request, "forget": True} if self._heard == 0 else request)
        if self._heard == len(self.said):
            self.said.append((body, self._raw.exchange(body)))
        asked, reply = self.said[self._heard]
        if asked != body:
            raise OffScript("a test asked something else after the same replies: is something in it left to chance?")
        understood = self._raw.understand(reply)
        if isinstance(understood, Failure) and understood.kind == "died":
            self.said[self._heard] = asked, understood  # what cannot be read ends the process, and is no reply
        self._heard += 1
        return understood


@dataclass
class _Turn:
    """A point that conversations came to: what the test asked there, and where each reply led."""

    request: bytes
    after: dict[bytes, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _End(Generic[Result]):
    found: Result


class Conversations(Generic[Result]):
    """All that were had so far by one test at one seed on one device, with what it found."""

    def __init__(self) -> None:
        self._first: dict[bytes, _Turn | _End[Result]] = {}  # one entry, under no reply
        self._room = ROOM

    def find(self, raw: Raw, test: Callable[[Conversation], Result], lasting: Callable[[Result], bool]) -> Result:
        """What ``test`` finds; it is run only if this student replies as nobody did before.

        Args:
            lasting: whether a result may be given to others who reply alike.
        """
        said: list[tuple[bytes, bytes | Failure]] = []
        point = self._first.get(b"")
        while isinstance(point, _Turn):
            reply = raw.exchange(point.request)
            said.append((point.request, reply))
            point = None if isinstance(reply, Failure) else point.after.get(_key(reply))
        if point is not None:
            return point.found
        conversation = Conversation(raw, said)
        found = test(conversation)
        if lasting(found):
            self._remember(conversation.said, found)
        return found

    def _remember(self, said: list[tuple[bytes, bytes | Failure]], found: Result) -> None:
        replies = [reply for _, reply in said if isinstance(reply, bytes)]
        size = sum(len(request) + _OVERHEAD for request, _ in said) + sum(map(len, replies))
        if len(replies) < len(said) or size > self._room:
            return
        self._room -= size
        place, key = self._first, b""
        for (request, _), reply in zip(said, replies, strict=True):
            turn = place.setdefault(key, _Turn(request))
            if not isinstance(turn, _Turn) or turn.request != request:
                raise OffScript("a test ended, or asked something else, after the same replies")
            place, key = turn.after, _key(reply)
        place[key] = _End(found)


def _key(reply: bytes) -> bytes:
    return hashlib.sha256(reply).digest()
