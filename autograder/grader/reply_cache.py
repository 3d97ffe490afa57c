"""What one test and one student say to each other, and what was found in conversations like it.

A test's requests depend on its seed and on the replies so far, and so does what it finds. So for a student who
replies in the very bytes of an earlier one, neither the requests nor the result need be computed again: the grader
follows the earlier conversation, request by request, and runs the test only where a reply is new. No request goes
out before the reply to the one before has come, so nothing is told earlier than the test itself would tell it; but for
those that no answer hangs on (``together``), which cross in one message.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

from autograder.protocol.decoder import decode
from autograder.protocol.wire import HANDLE, Attribute, Failure, Handle, Name
from autograder.remote.proxy import LIBRARIES

ROOM = 8 << 20  # bytes of conversations that are remembered for one test
_OVERHEAD = 300  # bytes of one exchange beside what was said
_MOST_TOGETHER = 32  # requests in one message
_OF_A_LOOK = {"op", "target", "what", "seconds", "forget", "device", "own_state"}
_Exchange = tuple[bytes, bytes | Failure]
Result = TypeVar("Result")


class Raw(Protocol):
    """A transport that can also carry what is already phrased, and bring back what is not yet read."""

    def phrase(self, request: dict[str, Any]) -> bytes:
        """The request as it goes."""

    def exchange(self, body: bytes) -> bytes | Failure:
        """What came back."""

    def exchange_all(self, bodies: list[bytes]) -> list[bytes] | Failure:
        """What came back for requests that cross in one message: nothing after the first that failed."""

    def understand(self, reply: bytes | Failure) -> Any:
        """What it says."""


class OffScript(RuntimeError):
    """A test asked the same student two different things after the same replies: a fault of the bank."""


class Conversation:
    """A test's transport: begins by letting go of what earlier tests held, and remembers what was said.

    Args:
        raw: carries the requests.
        said: what was already asked and answered; the test hears it again, and goes on from there.
        ahead: looks at what the last request gave, which crossed with it; used if the test asks for them next.
    """

    def __init__(
        self, raw: Raw, said: list[_Exchange] | None = None, ahead: Sequence[tuple[bytes, bytes | Failure]] = ()
    ) -> None:
        self._raw = raw
        self._heard = 0
        self.said = [] if said is None else said
        self._ahead = list(ahead)

    def ask(self, request: dict[str, Any]) -> Any:
        """The reply, as it was or as it comes."""
        body = self._raw.phrase({**request, "forget": True} if self._heard == 0 else request)
        if self._heard == len(self.said):
            if self._ahead and self._ahead[0][0] != body:
                self._ahead.clear()
            self.said.append(self._ahead.pop(0) if self._ahead else (body, self._raw.exchange(body)))
        asked, reply = self.said[self._heard]
        if asked != body:
            raise OffScript("a test asked something else after the same replies: is something in it left to chance?")
        understood = self._raw.understand(reply)
        if isinstance(understood, Failure) and understood.kind == "died":
            self.said[self._heard] = asked, understood  # what cannot be read ends the process, and is no reply
        self._heard += 1
        return understood


class _Kind(Enum):
    """What hangs on the reply to a request."""

    BUILDS = "builds"  # nothing: what a test brings along, whose reply is a bare handle, or none
    LOOKS = "looks"  # something; but the request itself carries no value that a test drew or computed
    ASKS = "asks"


@dataclass
class _Turn:
    """A point that conversations came to: what the test asked there, and where each reply led."""

    request: bytes
    kind: _Kind
    reply: bytes = b""  # of a request that builds: what everybody replies
    after: dict[bytes, Any] = field(default_factory=dict)

    def together(self) -> list[_Turn]:
        """This request and those after it that may cross in one message with it, as conversations went so far.

        What a test builds (layers of torch's, helpers of its own) and the first request whose reply tells something of
        an answer: until that reply is given nobody has been told more than when asked one by one. And then looks at
        what it gave, for they hold no value that could tell what was wanted.
        """
        turns = [self]
        while len(turns) < _MOST_TOGETHER:
            following = next(iter(turns[-1].after.values()), None)
            if not isinstance(following, _Turn):
                break
            if turns[-1].kind is not _Kind.BUILDS and following.kind is not _Kind.LOOKS:
                break
            turns.append(following)
        return turns


def _kind_of(request: bytes, reply: bytes) -> _Kind:
    """What hangs on the reply; a request of a kind that is not known here is asked alone."""
    match decode(request):
        case {"op": "define" | "keep" | "set"}:
            return _Kind.BUILDS
        case {"op": "call", "target": Name(path=path)} if path.partition(".")[0] in LIBRARIES and "." in path:
            return _Kind.BUILDS if reply.startswith(HANDLE) else _Kind.ASKS
        case {"op": "look" | "fetch", "target": target} as asked if set(asked) <= _OF_A_LOOK and _is_plain(target):
            return _Kind.LOOKS
        case _:
            return _Kind.ASKS


def _is_plain(target: Any) -> bool:
    """Whether a target is named, and computed from nothing."""
    match target:
        case Handle() | Name():
            return True
        case Attribute():
            return _is_plain(target.of)
        case _:
            return False


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
        said: list[_Exchange] = []
        ahead: list[_Exchange] = []
        point = self._first.get(b"")
        while isinstance(point, _Turn):
            if not ahead or ahead[0][0] != point.request:
                ahead = _asked_together(raw, point.together())
            said.append(ahead.pop(0))
            reply = said[-1][1]
            built = point.kind is _Kind.BUILDS
            point = None if isinstance(reply, Failure) else point.after.get(_key(reply))
            if built and point is None and ahead:  # not what everybody gets: step by step, from the beginning
                said, ahead = [], []
        if isinstance(point, _End):
            return point.found
        conversation = Conversation(raw, said, ahead)
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
            turn = place.get(key) or place.setdefault(key, _turn(request, reply))
            if not isinstance(turn, _Turn) or turn.request != request:
                raise OffScript("a test ended, or asked something else, after the same replies")
            place, key = turn.after, _key(reply)
        place[key] = _End(found)


def _turn(request: bytes, reply: bytes) -> _Turn:
    kind = _kind_of(request, reply)
    return _Turn(request, kind, reply if kind is _Kind.BUILDS else b"")


def _asked_together(raw: Raw, turns: list[_Turn]) -> list[_Exchange]:
    """Ask what may cross together; where nothing comes back, what was built is not to blame, but what asked first."""
    if len(turns) == 1:
        return [(turns[0].request, raw.exchange(turns[0].request))]
    replies = raw.exchange_all([turn.request for turn in turns])
    if isinstance(replies, list):
        return [(turn.request, reply) for turn, reply in zip(turns, replies, strict=False)]
    count = next((place for place, turn in enumerate(turns) if turn.kind is not _Kind.BUILDS), len(turns) - 1)
    return [*((turn.request, turn.reply) for turn in turns[:count]), (turns[count].request, replies)]


def _key(reply: bytes) -> bytes:
    return hashlib.sha256(reply).digest()
