"""No bytes whatever do harm: each is a value or a WireError, within the caps."""

from __future__ import annotations

import contextlib
import itertools
import random
import struct
import sys
import time
import tracemalloc
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.protocol import decoder, encoder, wire
from autograder.protocol.decoder import decode
from autograder.protocol.encoder import encode
from autograder.protocol.wire import DTYPES, NUMPY_DTYPES, Failure, Handle, Name, WireError, WorkFile


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_are_a_value_or_a_wire_error(data: bytes) -> None:
    with contextlib.suppress(WireError):
        decode(data)


def tensor_frame(*sizes: int, code: int = 0, flags: int = 0, raw: bytes = b"", tag: bytes = b"x") -> bytes:
    """A tensor's bytes, with whatever sizes are claimed."""
    return tag + bytes([code, flags, len(sizes)]) + b"".join(struct.pack("<Q", size) for size in sizes) + raw


MALFORMED = {
    "nothing": b"",
    "unknown tag": b"Z",
    "two values": b"NN",
    "text that ends early": b"s\x05\0\0\0ab",
    "text that is not UTF-8": b"s\x01\0\0\0\xff",
    "float without its bytes": b"f\0\0",
    "list longer than the message": b"l\xff\xff\xff\xffN",
    "dict longer than the message": b"d\x02\0\0\0NN",
    "too long a whole number": b"i" + struct.pack("<I", 513) + bytes(513),
    "whole number that claims 4 GiB": b"i\xff\xff\xff\xff",
    "bytes that claim 4 GiB": b"y\xff\xff\xff\xff",
    "unknown torch dtype": b"D\xff",
    "unknown tensor dtype": tensor_frame(1, code=99, raw=bytes(8)),
    "unknown array dtype": tensor_frame(1, code=99, raw=bytes(8), tag=b"a"),
    "array of bfloat16": tensor_frame(1, code=3, raw=bytes(8), tag=b"a"),
    "unknown scalar dtype": b"g\x03\0\0",
    "tensor with too few bytes": tensor_frame(2, 2, raw=bytes(15)),
    "tensor with too many bytes": tensor_frame(2, 2, raw=bytes(17)),
    "tensor of rank 17": tensor_frame(*[1] * 17, raw=bytes(4)),
    "dimension of 2^63": tensor_frame(2**63, raw=bytes(8)),
    "dimensions whose product overflows": tensor_frame(2**31, 2**31, 2**31, raw=bytes(8)),
    "huge dimensions beside a zero": tensor_frame(2**31, 2**31, 0),
    "meta tensor of 2^62 elements": tensor_frame(2**31, 2**31, flags=2),
    "unknown device": b"V\x03\0\0\0tpu",
    "device with a bad index": b"V\x06\0\0\0cpu:-1",
    "tensor as a key": b"d\x01\0\0\0" + tensor_frame(raw=bytes(4)) + b"N",
    "list as a key": b"d\x01\0\0\0l\0\0\0\0N",
    "list in a set": b"S\x01\0\0\0l\0\0\0\0",
    "failure without a line": b"e" + b"\0\0\0\0" * 6 + b"N",
    "nested 100 deep": b"l\x01\0\0\0" * 100 + b"N",
    "nested 100,000 deep": b"l\x01\0\0\0" * 100_000 + b"N",
    "slices in slices": b"k" * 5_000,
    "a key nested too deep": b"d\x01\0\0\0" * 3_000,
    "pickle": b"\x80\x04cos\nsystem\n.",
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_bytes_are_a_wire_error(data: bytes) -> None:
    with pytest.raises(WireError):
        decode(data)


@pytest.mark.parametrize(
    "value", [[1, "two", 3.0], {"a": torch.ones(2, 3)}, np.arange(4), Failure("raised", "E", "m"), (Handle(1, "x"),)]
)
def test_every_truncation_is_a_wire_error(value: Any) -> None:
    data = encode(value)
    for length in range(len(data)):
        with pytest.raises(WireError):
            decode(data[:length])


def test_messages_over_the_cap_are_refused_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "MAX_BYTES", 1000)
    monkeypatch.setattr(decoder, "MAX_BYTES", 1000)
    for value in (torch.zeros(1000), np.zeros(1000), "x" * 2000, ["x" * 400] * 3, b"x" * 2000):
        with pytest.raises(WireError, match="larger than"):
            encode(value)
    with pytest.raises(WireError, match="larger than"):
        decode(bytes(1001))


def test_too_many_parts_are_refused_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encode([None] * 200)
    monkeypatch.setattr(encoder, "MAX_VALUES", 100)
    monkeypatch.setattr(decoder, "MAX_VALUES", 100)
    with pytest.raises(WireError, match="parts"):
        encode([None] * 200)
    with pytest.raises(WireError, match="parts"):
        decode(data)


def test_a_list_that_holds_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(WireError, match="deep"):
        encode(loop)


def test_more_than_sixteen_dimensions_are_refused() -> None:
    with pytest.raises(WireError, match="dimensions"):
        encode(torch.zeros([1] * 17))


def test_whole_numbers_beyond_the_cap_are_refused() -> None:
    with pytest.raises(WireError, match="too long"):
        encode(1 << 8 * wire.MAX_INT_BYTES)


def test_claims_allocate_nothing() -> None:
    claims = [
        data
        for name, data in MALFORMED.items()
        if "claim" in name or "2^" in name or "overflow" in name or "longer" in name
    ]
    assert len(claims) > 5
    tracemalloc.start()
    try:
        for data in claims:
            with pytest.raises(WireError):
                decode(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1 << 20


def test_bools_are_true_or_false_whatever_the_bytes_say() -> None:
    frame = tensor_frame(3, code=DTYPES.index(torch.bool), raw=b"\x02\xff\x00")
    assert decode(frame).tolist() == [True, True, False]
    assert int(decode(frame).sum()) == 2


def test_numpy_bools_are_true_or_false_whatever_the_bytes_say() -> None:
    code = NUMPY_DTYPES.index(np.dtype(bool))
    array = decode(tensor_frame(3, code=code, raw=b"\x02\xff\x00", tag=b"a"))
    assert array.view(np.uint8).tolist() == [1, 1, 0]
    assert decode(b"g" + bytes([code]) + b"\x02").view(np.uint8) == 1


def scalar(number: int) -> bytes:
    return b"g" + bytes([NUMPY_DTYPES.index(np.dtype("<i8"))]) + struct.pack("<q", number)


def test_keys_that_numpy_would_compare_element_by_element() -> None:
    """A number of NumPy and a tuple of the same hash: is the one the other? An array is no answer."""
    pair = next(pair for pair in itertools.product(range(9), repeat=2) if abs(hash(pair)) < sys.hash_info.modulus)
    with pytest.raises(ValueError, match="ambiguous"):
        _ = {np.int64(hash(pair)), pair}  # the control
    same = struct.pack("<I", 2) + scalar(hash(pair)) + encode(pair)
    assert decode(b"S" + same) == {hash(pair), pair}
    nested = b"S" + struct.pack("<I", 1) + b"t" + struct.pack("<I", 1) + scalar(7)
    (key,) = decode(nested)
    assert type(key[0]) is int


def test_any_error_of_reading_is_the_bytes_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder._Decoder, "_int", lambda self: 1 // 0)
    with pytest.raises(WireError, match="ZeroDivisionError"):
        decode(encode(3))


@pytest.mark.parametrize("shape", [(2**31 - 1, 0), (0, 2**23), (2**12, 2**12, 0)])
def test_dimensions_without_elements_are_bounded(shape: tuple[int, ...]) -> None:
    """No byte comes for them, but as a list they would fill the memory."""
    with pytest.raises(WireError, match="elements"):
        encode(torch.empty(shape))
    with pytest.raises(WireError, match="elements"):
        encode(np.empty(shape))
    for tag in (b"x", b"a"):
        with pytest.raises(WireError, match="too many elements"):
            decode(tensor_frame(*shape, tag=tag))
    assert decode(encode(torch.empty(shape, device="meta"))).shape == shape


def test_tensors_weigh_more_than_other_parts() -> None:
    many = [torch.empty(0, device="meta")] * (wire.MAX_VALUES // wire.TENSOR_VALUES)
    with pytest.raises(WireError, match="parts"):
        encode(many)
    one = encode(many[0])
    with pytest.raises(WireError, match="parts"):
        decode(b"l" + struct.pack("<I", len(many)) + one * len(many))
    assert len(decode(encode(many[:-1]))) == len(many) - 1


def test_a_hundred_thousand_mutations_are_values_or_wire_errors() -> None:
    """Seeded, so that a failure can be had again; bytes are changed, cut, doubled and put together."""
    rng = random.Random(7)
    seeds = [
        encode(value)
        for value in (
            [1, -(2**70), 2.5, "text", b"raw", None, True, 1j],
            {"a": torch.ones(2, 3), (1, 2): [torch.zeros(0, 3), torch.tensor(3)]},
            [np.arange(4), np.float32(2), np.array([True])],
            [Handle(3, "Linear"), Name("f.g"), WorkFile("w.pt"), Failure("raised", "E", "m", "", 3, "x", "f")],
            (torch.float32, torch.device("cpu"), slice(1, None, 2), Ellipsis, {1, 2}),
            torch.empty(3, 2, device="meta"),
            torch.ones(2).requires_grad_(),
        )
    ]
    started, refused = time.monotonic(), 0
    for _ in range(100_000):
        data = bytearray(rng.choice(seeds))
        for _ in range(rng.choice((1, 1, 2, 5))):
            at = rng.randrange(len(data)) if data else 0
            match rng.randrange(5):
                case 0 if data:
                    data[at] = rng.randrange(256)
                case 1 if data:
                    data[at] ^= 1 << rng.randrange(8)
                case 2:
                    del data[at:]
                case 3:
                    data[at:at] = rng.choice(seeds)[:20]
                case _:
                    data[at : at + 4] = struct.pack("<I", rng.choice((0, 1, 2**16, 2**31, 2**32 - 1)))
        try:
            decode(bytes(data))
        except WireError:
            refused += 1
    assert 10_000 < refused < 100_000
    assert time.monotonic() - started < 60
