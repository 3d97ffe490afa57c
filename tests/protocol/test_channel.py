"""Frames on a socket: only the reply to this very request counts, in time and in size."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import torch

from autograder.protocol import channel
from autograder.protocol.channel import MAGIC, AnsweringEnd, AskingEnd, ChannelBroken, DeadlinePassed
from autograder.protocol.encoder import encode
from autograder.protocol.wire import MAX_BYTES, Failure, Handle

HEAD = struct.Struct("<4s16sI")
Serve = Callable[[socket.socket], None]


@pytest.fixture
def ends() -> Iterator[tuple[AskingEnd, socket.socket]]:
    ours, theirs = socket.socketpair()
    yield AskingEnd(ours), theirs
    ours.close()
    theirs.close()


def read_request(sock: socket.socket) -> bytes:
    """The nonce of the next request."""
    _magic, nonce, length = HEAD.unpack(sock.recv(HEAD.size, socket.MSG_WAITALL))
    sock.recv(length, socket.MSG_WAITALL)
    return bytes(nonce)


def frame(nonce: bytes, body: bytes, *, magic: bytes = MAGIC, length: int | None = None) -> bytes:
    return HEAD.pack(magic, nonce, len(body) if length is None else length) + body


def reply_with(sock: socket.socket, make: Callable[[bytes], bytes]) -> None:
    """In a thread: read one request and send what ``make`` makes of its nonce."""

    def serve() -> None:
        with contextlib.suppress(OSError, struct.error):  # the test may be over before a request comes
            sock.sendall(make(read_request(sock)))

    threading.Thread(target=serve, daemon=True).start()


def test_a_request_gets_its_reply(ends: tuple[AskingEnd, socket.socket]) -> None:
    asking, theirs = ends
    answering = AnsweringEnd(theirs, lambda value: Handle(0, type(value).__name__))

    def serve() -> None:
        for _ in range(2):
            nonce, request = answering.receive()
            answering.reply(nonce, [request["x"] * 2, object])

    threading.Thread(target=serve, daemon=True).start()
    for x in (torch.ones(300_000), 21):
        doubled, handle = asking.ask({"x": x}, 10)
        assert bool((torch.as_tensor(doubled) == torch.as_tensor(x) * 2).all())
        assert handle == Handle(0, "type")


def test_each_request_carries_a_fresh_nonce(ends: tuple[AskingEnd, socket.socket]) -> None:
    asking, theirs = ends
    seen: list[bytes] = []
    for _ in range(3):
        reply_with(theirs, lambda nonce: seen.append(nonce) or frame(nonce, b"T"))
        assert asking.ask({}, 10) is True
    assert len(set(seen)) == 3


FORGED: dict[str, Callable[[bytes], bytes]] = {
    "another nonce": lambda nonce: frame(bytes(16), b"T"),
    "one bit of the nonce is wrong": lambda nonce: frame(bytes([nonce[0] ^ 1]) + nonce[1:], b"T"),
    "another magic": lambda nonce: frame(nonce, b"T", magic=b"AGW2"),
    "a claimed length over the cap": lambda nonce: frame(nonce, b"T", length=MAX_BYTES + 1),
    "the greatest length": lambda nonce: frame(nonce, b"T", length=0xFFFF_FFFF),
    "no value": lambda nonce: frame(nonce, b""),
    "two values": lambda nonce: frame(nonce, b"TT"),
    "pickle": lambda nonce: frame(nonce, b"\x80\x04N."),
}


@pytest.mark.parametrize("make", FORGED.values(), ids=FORGED.keys())
def test_forged_replies_end_the_session(make: Callable[[bytes], bytes], ends: tuple[AskingEnd, socket.socket]) -> None:
    asking, theirs = ends
    reply_with(theirs, make)
    with pytest.raises(ChannelBroken) as caught:
        asking.ask({}, 10)
    assert caught.value.forged


def test_a_reply_written_before_the_request_is_forged(ends: tuple[AskingEnd, socket.socket]) -> None:
    asking, theirs = ends
    theirs.sendall(frame(bytes(16), b"T") * 10)
    with pytest.raises(ChannelBroken, match="does not belong") as caught:
        asking.ask({}, 10)
    assert caught.value.forged


def test_a_reply_to_the_request_before_is_forged(ends: tuple[AskingEnd, socket.socket]) -> None:
    asking, theirs = ends
    reply_with(theirs, lambda nonce: frame(nonce, b"F") + frame(nonce, b"T"))
    assert asking.ask({}, 10) is False
    reply_with(theirs, lambda nonce: b"")
    with pytest.raises(ChannelBroken):
        asking.ask({}, 10)


@pytest.mark.parametrize("sent", [b"", b"AG", frame(bytes(16), b"")[:-1]])
def test_hanging_up_early_is_no_forgery(sent: bytes, ends: tuple[AskingEnd, socket.socket]) -> None:
    asking, theirs = ends
    theirs.sendall(sent)
    theirs.shutdown(socket.SHUT_WR)
    with pytest.raises(ChannelBroken) as caught:
        asking.ask({}, 10)
    assert not caught.value.forged


def test_a_truncated_reply_is_a_hang_up(ends: tuple[AskingEnd, socket.socket]) -> None:
    asking, theirs = ends

    def make(nonce: bytes) -> bytes:
        theirs.sendall(frame(nonce, b"T", length=100))
        theirs.shutdown(socket.SHUT_WR)
        return b""

    threading.Thread(target=lambda: make(read_request(theirs)), daemon=True).start()
    with pytest.raises(ChannelBroken, match="hung up"):
        asking.ask({}, 10)


def test_no_reply_in_time(ends: tuple[AskingEnd, socket.socket]) -> None:
    started = time.monotonic()
    with pytest.raises(DeadlinePassed):
        ends[0].ask({}, 0.2)
    assert time.monotonic() - started < 5


def test_a_reply_that_trickles_does_not_stretch_the_deadline(ends: tuple[AskingEnd, socket.socket]) -> None:
    asking, theirs = ends
    stop = threading.Event()

    def trickle() -> None:
        nonce = read_request(theirs)
        for byte in frame(nonce, bytes(10_000)):
            if stop.wait(0.02):
                return
            theirs.sendall(bytes([byte]))

    thread = threading.Thread(target=trickle, daemon=True)
    thread.start()
    started = time.monotonic()
    with pytest.raises(DeadlinePassed):
        asking.ask({}, 0.4)
    stop.set()
    thread.join()
    assert time.monotonic() - started < 5


def test_a_reply_that_stops_in_the_middle_is_forged(
    ends: tuple[AskingEnd, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "SILENCE", 0.1)
    reply_with(ends[1], lambda nonce: frame(nonce, b"T", length=100))
    started = time.monotonic()
    with pytest.raises(ChannelBroken) as raised:
        ends[0].ask({}, 30.0)
    assert raised.value.forged
    assert time.monotonic() - started < 10


def test_a_worker_that_was_kept_waiting_may_be_silent_for_longer(
    ends: tuple[AskingEnd, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "SILENCE", 0.1)

    def serve() -> None:
        whole = frame(read_request(ends[1]), encode("an answer"))
        ends[1].sendall(whole[:-3])
        time.sleep(1.0)
        ends[1].sendall(whole[-3:])

    threading.Thread(target=serve, daemon=True).start()
    assert ends[0].ask({}, 30.0, lambda: 20.0) == "an answer"


def test_a_request_that_nobody_reads_meets_the_deadline(ends: tuple[AskingEnd, socket.socket]) -> None:
    with pytest.raises(DeadlinePassed):
        ends[0].ask({"x": torch.zeros(4 << 20)}, 0.3)


def test_what_cannot_be_sent_becomes_a_failure(ends: tuple[AskingEnd, socket.socket]) -> None:
    asking, theirs = ends
    answering = AnsweringEnd(theirs, lambda value: Handle(0, ""))
    loop: list[object] = []
    loop.append(loop)

    def serve() -> None:
        nonce, _request = answering.receive()
        answering.reply(nonce, loop)

    threading.Thread(target=serve, daemon=True).start()
    reply = asking.ask({}, 10)
    assert isinstance(reply, Failure)
    assert reply.kind == "unusable"


def test_the_far_end_ends_when_the_grader_hangs_up(ends: tuple[AskingEnd, socket.socket]) -> None:
    asking, theirs = ends
    asking.close()
    with pytest.raises(EOFError):
        AnsweringEnd(theirs, lambda value: Handle(0, "")).receive()


def test_requests_are_plain_data_too() -> None:
    assert encode({"op": "call", "args": [1]})[:1] == b"d"
