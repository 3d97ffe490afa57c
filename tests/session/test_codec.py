"""Every kind of value comes back as it was, and no bytes whatever do harm."""

from __future__ import annotations

import contextlib
import math
import random
import struct
import time
import tracemalloc
from collections import OrderedDict
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.session import codec
from autograder.session.codec import DTYPES, NUMPY_DTYPES, Failure, Handle, Name, WireError, WorkFile, decode, encode

KINDS_OF_NUMPY = [dtype for dtype in NUMPY_DTYPES if dtype is not None]


def same(one: Any, other: Any) -> bool:
    """Equal, of the same types, NaN equal to NaN."""
    if type(one) is not type(other):
        return False
    match one:
        case torch.Tensor():
            if (one.dtype, one.shape, one.device, one.requires_grad) != (
                other.dtype,
                other.shape,
                other.device,
                other.requires_grad,
            ):
                return False
            return one.device.type == "meta" or bits(one) == bits(other)
        case np.ndarray() | np.generic():
            return (one.dtype, one.shape) == (other.dtype, other.shape) and one.tobytes() == other.tobytes()
        case float():
            return one == other or (math.isnan(one) and math.isnan(other))
        case complex():
            return same(one.real, other.real) and same(one.imag, other.imag)
        case list() | tuple():
            return len(one) == len(other) and all(map(same, one, other))
        case dict():
            return len(one) == len(other) and all(
                same(a, b) and same(one[a], other[b]) for a, b in zip(one, other, strict=True)
            )
        case slice():
            return same((one.start, one.stop, one.step), (other.start, other.stop, other.step))
        case _:
            return bool(one == other)


def bits(tensor: torch.Tensor) -> bytes:
    """The bytes of a tensor."""
    return tensor.detach().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**400), 2**400),
    st.floats(),
    st.complex_numbers(),
    texts,
    st.binary(max_size=30),
    st.just(Ellipsis),
    st.sampled_from(DTYPES),
    st.sampled_from([torch.device("cpu"), torch.device("cuda", 0), torch.device("meta")]),
    st.builds(Handle, st.integers(0, 2**64 - 1), texts),
    st.builds(Name, texts),
    st.builds(WorkFile, texts),
    st.builds(Failure, texts, texts, texts, texts, st.integers(0, 10**6), texts, texts),
    st.slices(100),
)
keys = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts, st.binary(max_size=5))
shapes = st.lists(st.integers(0, 4), max_size=4).map(tuple)


@st.composite
def tensors(draw: st.DrawFn) -> torch.Tensor:
    """Tensors of every dtype, with any bytes, also empty, 0-d, on meta and asking for gradients."""
    dtype, shape = draw(st.sampled_from(DTYPES)), draw(shapes)
    if draw(st.integers(0, 9)) == 0:
        return torch.empty(shape, dtype=dtype, device="meta")
    raw = draw(st.binary(min_size=math.prod(shape) * dtype.itemsize, max_size=math.prod(shape) * dtype.itemsize))
    if dtype is torch.bool:
        tensor = torch.tensor([byte > 99 for byte in raw], dtype=dtype).reshape(shape)
    else:
        tensor = (
            torch.frombuffer(bytearray(raw), dtype=dtype).reshape(shape) if raw else torch.empty(shape, dtype=dtype)
        )
    return tensor.requires_grad_() if dtype.is_floating_point and draw(st.booleans()) else tensor


@st.composite
def arrays(draw: st.DrawFn) -> np.ndarray[Any, Any] | np.generic:
    """NumPy arrays and scalars of every dtype."""
    dtype, shape = draw(st.sampled_from(KINDS_OF_NUMPY)), draw(shapes)
    count = math.prod(shape)
    raw = draw(st.binary(min_size=count * dtype.itemsize, max_size=count * dtype.itemsize))
    array = np.frombuffer(bytearray(raw), np.uint8 if dtype.kind == "b" else dtype, count).reshape(shape)
    array = array > 99 if dtype.kind == "b" else array
    return array[()] if draw(st.booleans()) and shape == () else np.asarray(array)


values = st.recursive(
    st.one_of(leaves, tensors(), arrays()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(keys, inner, max_size=4),
        st.sets(st.integers(), max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(values)
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    assert same(decode(encode(value)), value)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_are_a_value_or_a_wire_error(data: bytes) -> None:
    with contextlib.suppress(WireError):
        decode(data)


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        (range(3), [0, 1, 2]),
        (frozenset({1, 2}), {1, 2}),
        (bytearray(b"ab"), b"ab"),
        (OrderedDict(a=1), {"a": 1}),
        (np.array(["a", "b"]), ["a", "b"]),
        (np.array([1, None], dtype=object), [1, None]),
        (np.str_("a"), "a"),
        ("\ud800", "?"),
    ],
)
def test_relatives_of_plain_data_arrive_as_plain_data(sent: Any, received: Any) -> None:
    assert same(decode(encode(sent)), received)


def test_views_transposes_and_conjugates_arrive_as_their_values() -> None:
    base = torch.arange(12.0).reshape(3, 4)
    assert torch.equal(decode(encode(base.T[1:])), base.T[1:])
    assert torch.equal(decode(encode(base[:, ::2].expand(3, 2))), base[:, ::2])
    z = torch.tensor([1 + 2j, 3 - 1j])
    assert torch.equal(decode(encode(z.conj())), z.conj())
    assert decode(encode(torch.nn.Parameter(base))).requires_grad
    big_endian = np.arange(3, dtype=">i4")
    assert np.array_equal(decode(encode(big_endian)), big_endian)


def test_what_arrives_is_fresh_and_can_be_written() -> None:
    tensor, array = torch.ones(3), np.ones(3)
    twin, other = decode(encode([tensor, array]))
    twin += 1
    other += 1
    assert tensor.sum() == 3
    assert array.sum() == 3


def test_a_tensor_that_asks_for_gradients_arrives_as_a_leaf() -> None:
    arrived = decode(encode(torch.ones(2).requires_grad_()))
    (arrived * 3).sum().backward()
    assert arrived.is_leaf
    assert arrived.grad.tolist() == [3, 3]


class Liar(int):
    """An int that says it equals everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class LyingTensor(torch.Tensor):
    def __eq__(self, other: object) -> Any:
        return torch.tensor(True)

    __hash__ = torch.Tensor.__hash__


def test_subclasses_lose_their_methods_on_the_way() -> None:
    assert type(decode(encode(Liar(3)))) is int
    assert decode(encode(Liar(3))) != 4
    tensor = decode(encode(torch.zeros(2).as_subclass(LyingTensor)))
    assert type(tensor) is torch.Tensor
    assert not bool((tensor == torch.ones(2)).any())


def test_objects_stay_unless_somebody_keeps_them() -> None:
    with pytest.raises(WireError, match="is not data"):
        encode({"model": torch.nn.Linear(2, 1)})
    kept: list[object] = []

    def keep(value: object) -> Handle:
        kept.append(value)
        return Handle(len(kept) - 1, type(value).__name__)

    reply = decode(encode([object(), {"f": len}], keep))
    assert reply == [Handle(0, "object"), {"f": Handle(1, "builtin_function_or_method")}]
    sparse = torch.eye(2).to_sparse()
    assert decode(encode(sparse, keep)) == Handle(2, "Tensor")


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
    monkeypatch.setattr(codec, "MAX_BYTES", 1000)
    for value in (torch.zeros(1000), np.zeros(1000), "x" * 2000, ["x" * 400] * 3, b"x" * 2000):
        with pytest.raises(WireError, match="larger than"):
            encode(value)
    with pytest.raises(WireError, match="larger than"):
        decode(bytes(1001))


def test_too_many_parts_are_refused_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encode([None] * 200)
    monkeypatch.setattr(codec, "MAX_VALUES", 100)
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
        encode(1 << 8 * codec.MAX_INT_BYTES)


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
