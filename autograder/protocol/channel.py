"""Frames on a socket: a nonce for each request, caps before allocation, and a deadline for each reply.

A frame is ``AGW1``, a nonce of 16 bytes, a u32 length, and that many bytes of one encoded value. The
trusted side picks the nonce at random; a reply that does not carry it was written before the request was
read, or belongs to another, and ends the session.
"""

from __future__ import annotations

import math
import secrets
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.protocol.decoder import decode
from autograder.protocol.encoder import encode
from autograder.protocol.wire import MAX_BYTES, Failure, Handle, WireError

MAGIC = b"AGW1"
_HEAD = struct.Struct("<4s16sI")
# Seconds without a byte, within a reply that has begun. A worker encodes a reply whole before it sends any of it, so
# nothing but the system's copying lies between its bytes; a reply that stops was begun by somebody else.
SILENCE = 5.0


class ChannelBroken(Exception):
    """The other side is gone, or does not speak the protocol; ``forged`` tells the second."""

    def __init__(self, message: str, *, forged: bool = False) -> None:
        super().__init__(message)
        self.forged = forged


class DeadlinePassed(Exception):
    """No reply in time."""


@dataclass(frozen=True)
class _Deadline:
    """When a reply must be there, by the clock, and how much later it may come."""

    ends: float
    more: Callable[[], float]

    def silent(self, since: float) -> bool:
        """Whether nothing came for longer than a worker of ours can take, what it was kept waiting included."""
        quiet = time.monotonic() - since
        return quiet > SILENCE and quiet > SILENCE + self.more()

    def left(self) -> float:
        """Seconds that are left: some, or ``DeadlinePassed`` is raised."""
        left = self.ends - time.monotonic()
        if left <= 0:
            left += self.more()
        if left <= 0:
            raise DeadlinePassed
        return left


class AskingEnd:
    """The trusted end: sends a request and waits for its reply."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock

    def ask(self, request: dict[str, Any], seconds: float, more: Callable[[], float] = float) -> Any:
        """The decoded reply.

        Args:
            more: tells, when ``seconds`` are over, for how many seconds of them the other side could not compute.

        Raises:
            DeadlinePassed: nothing complete came within ``seconds``.
            ChannelBroken: the other side hung up, or sent bytes that are not the reply to this request.
        """
        reply = self.exchange(encode(request), seconds, more)
        try:
            return decode(reply)
        except WireError as problem:
            raise ChannelBroken(f"the reply cannot be read: {problem}", forged=True) from problem

    def exchange(self, body: bytes, seconds: float, more: Callable[[], float] = float) -> bytes:
        """The reply as it came, to a request as it goes; raises as ``ask`` does."""
        deadline = _Deadline(time.monotonic() + seconds, more)
        nonce = secrets.token_bytes(16)
        try:
            self._socket.settimeout(seconds)
            self._socket.sendall(_HEAD.pack(MAGIC, nonce, len(body)) + body)
            magic, answered, length = _HEAD.unpack(self._read(_HEAD.size, deadline))
            if magic != MAGIC or not secrets.compare_digest(answered, nonce):
                raise ChannelBroken("the reply does not belong to the request", forged=True)
            if length > MAX_BYTES:
                raise ChannelBroken(f"the reply claims {length:,} bytes", forged=True)
            return self._read(length, deadline, begun=True)
        except TimeoutError as problem:
            raise DeadlinePassed from problem
        except OSError as problem:
            raise ChannelBroken(f"the other side hung up ({problem.strerror})") from problem

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _read(self, count: int, deadline: _Deadline, *, begun: bool = False) -> bytes:
        # Grows with what arrives, so that a claimed length allocates nothing.
        got, last, limit = bytearray(), time.monotonic(), SILENCE if begun else math.inf
        while len(got) < count:
            self._socket.settimeout(min(deadline.left(), limit))
            try:
                part = self._socket.recv(min(count - len(got), 1 << 20))
            except TimeoutError:
                if begun and deadline.silent(last):
                    raise ChannelBroken("the reply stops in the middle", forged=True) from None
                continue
            if not part:
                raise ChannelBroken("the other side hung up")
            got += part
            last = time.monotonic()
        return bytes(got)


class AnsweringEnd:
    """The far end: reads requests and sends replies.

    Args:
        keep: holds what is not data.
        failure: tells what went wrong where a reply cannot be written, as data.
    """

    def __init__(
        self,
        sock: socket.socket,
        keep: Callable[[object], Handle],
        failure: Callable[[BaseException], Failure] | None = None,
    ) -> None:
        self._socket = sock
        self._keep = keep
        self._failure = failure or _unwritable

    def receive(self) -> tuple[bytes, Any]:
        """The next request with its nonce.

        Raises:
            EOFError: the trusted side hung up.
        """
        magic, nonce, length = _HEAD.unpack(self._read(_HEAD.size))
        if magic != MAGIC:
            raise EOFError("not a frame")
        return nonce, read(self._read(length))

    def reply(self, nonce: bytes, value: Any) -> None:
        """Send the reply to the request with that nonce; what cannot be sent becomes a failure."""
        body = self.written(value)
        self._socket.sendall(_HEAD.pack(MAGIC, nonce, len(body)) + body)

    def written(self, value: Any) -> bytes:
        """A reply as it goes; what cannot be sent becomes a failure."""
        try:
            return encode(value, self._keep)
        except Exception as problem:
            return encode(self._failure(problem))

    def _read(self, count: int) -> bytes:
        got = bytearray()
        while len(got) < count:
            part = self._socket.recv(min(count - len(got), 1 << 20))
            if not part:
                raise EOFError("the trusted side hung up")
            got += part
        return bytes(got)


def read(body: bytes) -> Any:
    """What a request says, or why that cannot be told."""
    try:
        return decode(body)
    except Exception as problem:  # the request is the grader's own
        return Failure("ours", type(problem).__name__, "a request could not be read")


def _unwritable(problem: BaseException) -> Failure:
    return Failure("unusable", type(problem).__name__, str(problem))
