"""Every kind of value crosses and comes back as it was."""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.protocol.decoder import decode
from autograder.protocol.encoder import encode
from autograder.protocol.wire import (
    DTYPES,
    NUMPY_DTYPES,
    Attribute,
    Failure,
    Handle,
    Item,
    Name,
    WireError,
    WorkFile,
)

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
        case Attribute():
            return same((one.of, one.path), (other.of, other.path))
        case Item():
            return same((one.of, one.key), (other.of, other.key))
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
        st.builds(Attribute, inner, texts),
        st.builds(Item, inner, inner),
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(values)
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    assert same(decode(encode(value)), value)


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


BASE = (4, 6, 2, 3)
FLAGS = (torch.bool,)


@st.composite
def views(draw: st.DrawFn) -> torch.Tensor:
    """A tensor of any dtype as slicing, expanding, transposing, ``as_strided`` and their like leave it."""
    dtype = draw(st.sampled_from(DTYPES))
    base = torch.arange(math.prod(BASE)).reshape(BASE) % 101
    value = (base % 2 == 0) if dtype in FLAGS else base.to(dtype)
    if dtype.is_complex:
        value = value * (1 + 2j)
    for _ in range(draw(st.integers(0, 4))):
        value = draw(st.sampled_from(WAYS))(value, draw)
    return value


def _dimension(value: torch.Tensor, draw: st.DrawFn) -> int:
    return draw(st.integers(0, value.dim() - 1))


def _narrow(value: torch.Tensor, draw: st.DrawFn) -> torch.Tensor:
    if value.dim() == 0:
        return value
    of = _dimension(value, draw)
    start = draw(st.integers(0, value.shape[of]))
    return value.narrow(of, start, draw(st.integers(0, value.shape[of] - start)))


def _every(value: torch.Tensor, draw: st.DrawFn) -> torch.Tensor:
    return value[:: draw(st.integers(1, 3))] if value.dim() else value


def _one(value: torch.Tensor, draw: st.DrawFn) -> torch.Tensor:
    return value[..., -1:] if value.dim() and value.shape[-1] else value


def _select(value: torch.Tensor, draw: st.DrawFn) -> torch.Tensor:
    return value[-1] if value.dim() and value.shape[0] else value


def _transpose(value: torch.Tensor, draw: st.DrawFn) -> torch.Tensor:
    return value.transpose(_dimension(value, draw), _dimension(value, draw)) if value.dim() else value


def _expand(value: torch.Tensor, draw: st.DrawFn) -> torch.Tensor:
    return value.expand(draw(st.integers(1, 3)), *value.shape)


def _strided(value: torch.Tensor, draw: st.DrawFn) -> torch.Tensor:
    return value.as_strided((1, 2), (draw(st.integers(0, 9)), 1)) if value.numel() >= 144 else value


def _channels_last(value: torch.Tensor, draw: st.DrawFn) -> torch.Tensor:
    return value.to(memory_format=torch.channels_last) if value.dim() == 4 else value


def _conjugate(value: torch.Tensor, draw: st.DrawFn) -> torch.Tensor:
    return value.conj() if value.dtype.is_complex else value


def _imaginary(value: torch.Tensor, draw: st.DrawFn) -> torch.Tensor:
    return value.conj().imag if value.dtype.is_complex else value  # a view that is negated when it is read


WAYS = (
    _narrow, _every, _one, _select, _transpose, _expand, _strided, _channels_last, _conjugate, _imaginary,
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(views())
def test_every_view_of_a_tensor_crosses_unchanged(value: torch.Tensor) -> None:
    arrived = decode(encode(value))
    assert (arrived.dtype, arrived.shape) == (value.dtype, value.shape)
    assert torch.equal(arrived, value.resolve_conj().resolve_neg())


def test_one_element_with_the_stride_of_a_larger_tensor_crosses() -> None:
    value = torch.randn(2, 12, dtype=torch.float64)[:-1, -1].float()
    assert value.stride() == (12,)
    assert torch.equal(decode(encode(value)), value)
    assert decode(encode(torch.nn.Parameter(value))).requires_grad


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(KINDS_OF_NUMPY),
    st.sampled_from("<>"),
    st.lists(st.sampled_from(["reverse", "transpose", "every", "first", "none", "fortran", "one"]), max_size=4),
    st.booleans(),
)
def test_every_view_of_an_array_crosses_unchanged(
    dtype: np.dtype[Any], order: str, ways: list[str], writable: bool
) -> None:
    value = (np.arange(24).reshape(2, 3, 4) % 7).astype(dtype.newbyteorder(order))
    for way in ways:
        match way:
            case "reverse" if np.ndim(value):
                value = value[..., ::-1]
            case "transpose":
                value = value.T
            case "every" if value.ndim:
                value = value[::2]
            case "first" if value.ndim and len(value):
                value = value[0]
            case "none" if np.ndim(value):
                value = value[:0]
            case "fortran":
                value = np.asfortranarray(value)
            case "one" if value.ndim:
                value = value[..., :1]
    if isinstance(value, np.ndarray):
        value.flags.writeable = writable
    arrived = decode(encode(value))
    assert arrived.dtype == dtype
    assert arrived.shape == value.shape
    assert np.array_equal(arrived, value)


def test_a_structured_array_is_refused_by_name() -> None:
    with pytest.raises(WireError, match="structured NumPy array"):
        encode(np.zeros(2, dtype=[("x", "f4"), ("y", "i4")]), lambda value: Handle(0, ""))
