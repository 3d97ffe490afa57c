"""Bytes of the wire format, which come from a stranger, to values."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import numpy as np
import torch

from autograder.protocol.wire import (
    DTYPES,
    F64,
    MAX_ALIKE,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_INT_BYTES,
    MAX_RANK,
    MAX_VALUES,
    NUMPY_DTYPES,
    TENSOR_VALUES,
    Attribute,
    Failure,
    Handle,
    Item,
    Name,
    WireError,
    WorkFile,
)  # fmt: skip


def decode(data: bytes | memoryview) -> Any:
    """The value in ``data``, made of fresh plain objects.

    Raises:
        WireError: the bytes are not exactly one value, or break a cap.
    """
    decoder = _Decoder(memoryview(data))
    try:
        value = decoder.take(0)
    except WireError:
        raise
    except Exception as problem:  # whatever a stranger's bytes bring about is the stranger's doing
        raise WireError(f"the message cannot be read ({type(problem).__name__})") from problem
    if decoder.left:
        raise WireError(f"{decoder.left} bytes follow the value")
    return value


class _Decoder:
    def __init__(self, data: memoryview) -> None:
        if len(data) > MAX_BYTES:
            raise WireError(f"the message is larger than {MAX_BYTES >> 20} MiB")
        self._data = data
        self._end = len(data)
        self._at = 0
        self._values = 0

    @property
    def left(self) -> int:
        """Bytes not read yet."""
        return self._end - self._at

    def _raw(self, count: int) -> memoryview:
        start, self._at = self._at, self._at + count
        if self._at > self._end:
            raise WireError("the message ends too early")
        return self._data[start : self._at]

    def _u8(self) -> int:
        self._at += 1
        if self._at > self._end:
            raise WireError("the message ends too early")
        return self._data[self._at - 1]

    def _u32(self) -> int:
        return int.from_bytes(self._raw(4), "little")

    def _u64(self) -> int:
        return int.from_bytes(self._raw(8), "little")

    def _float(self) -> float:
        return float(F64.unpack(self._raw(8))[0])

    def _text(self) -> str:
        try:
            return str(self._raw(self._u32()), "utf-8")
        except UnicodeDecodeError as problem:
            raise WireError("a text is not UTF-8") from problem

    def _count(self, at_least: int = 1) -> int:
        count = self._u32()
        if count * at_least > self.left:  # each value takes a byte or more, so no list can outgrow its bytes
            raise WireError("a count is larger than the message")
        return count

    def _weigh(self, parts: int) -> None:
        self._values += parts
        if self._values > MAX_VALUES:
            raise WireError(f"more than {MAX_VALUES:,} parts")

    def take(self, depth: int) -> Any:
        """Read one value."""
        self._weigh(1)
        if depth > MAX_DEPTH:
            raise WireError(f"nested more than {MAX_DEPTH} levels deep")
        tag = chr(self._u8())
        match tag:
            case "s":  # these four are most of every request
                return self._text()
            case "i":
                return self._int()
            case "l":
                return [self.take(depth + 1) for _ in range(self._count())]
            case "d":
                return self._dict(depth)
            case "N":
                return None
            case "T":
                return True
            case "F":
                return False
            case "f":
                return self._float()
            case "c":
                return complex(self._float(), self._float())
            case "y":
                return bytes(self._raw(self._u32()))
            case "t":
                return tuple(self.take(depth + 1) for _ in range(self._count()))
            case "S":
                alike: Counter[int] = Counter()
                return {self._hashable(depth, alike) for _ in range(self._count())}
            case "x":
                return self._tensor()
            case "a":
                return self._array()
            case "g":
                dtype = self._numpy_dtype()
                return self._elements(dtype, 1)[0]
            case "D":
                return self._torch_dtype()
            case "V":
                return self._device()
            case "k":
                return slice(*(self.take(depth + 1) for _ in range(3)))
            case "E":
                return Ellipsis
            case "h":
                return Handle(self._u64(), self._text())
            case "n":
                return Name(self._text())
            case "A":
                return Attribute(self.take(depth + 1), self._text())
            case "I":
                return Item(self.take(depth + 1), self.take(depth + 1))
            case "w":
                return WorkFile(self._text())
            case "e":
                return self._failure(depth)
            case _:
                raise WireError(f"unknown tag {tag!r}")

    def _int(self) -> int:
        length = self._u32()
        if length > MAX_INT_BYTES:
            raise WireError("a whole number is too long")
        return int.from_bytes(self._raw(length), "little", signed=True)

    def _dict(self, depth: int) -> dict[Any, Any]:
        alike: Counter[int] = Counter()
        return {self._hashable(depth, alike): self.take(depth + 1) for _ in range(self._count(2))}

    def _hashable(self, depth: int, alike: Counter[int]) -> Any:
        value = _as_key(self.take(depth + 1))
        if type(value) is str and sys.flags.hash_randomization:  # nobody can choose texts of one hash: it is salted
            return value
        try:
            place = hash(value)
        except TypeError as problem:
            raise WireError("a key that cannot be hashed") from problem
        alike[place] += 1
        if alike[place] > MAX_ALIKE:  # a table of them takes time that grows with the square of their number
            raise WireError("too many keys with one hash")
        return value

    def _failure(self, depth: int) -> Failure:
        kind, type_name, message, cell, text, function = (self._text() for _ in range(6))
        line = self.take(depth + 1)
        if not isinstance(line, int):
            raise WireError("a failure without a line")
        return Failure(kind, type_name, message, cell, line, text, function)

    def _device(self) -> torch.device:
        name = self._text()
        if name.partition(":")[0] not in ("cpu", "cuda", "meta", "mps"):
            raise WireError("unknown device")
        try:
            return torch.device(name)
        except RuntimeError as problem:
            raise WireError("unknown device") from problem

    def _torch_dtype(self) -> torch.dtype:
        code = self._u8()
        if code >= len(DTYPES):
            raise WireError("unknown dtype")
        return DTYPES[code]

    def _numpy_dtype(self) -> np.dtype[Any]:
        code = self._u8()
        dtype = NUMPY_DTYPES[code] if code < len(NUMPY_DTYPES) else None
        if dtype is None:
            raise WireError("unknown dtype")
        return dtype

    def _shape(self, *, meta: bool = False) -> tuple[tuple[int, ...], int]:
        self._weigh(TENSOR_VALUES - 1)
        rank = self._u8()
        if rank > MAX_RANK:
            raise WireError(f"more than {MAX_RANK} dimensions")
        shape = tuple(self._u64() for _ in range(rank))
        count = 1
        for size in shape:
            if size > 2**31:
                raise WireError("a dimension is too long")
            count *= max(size, 1)
        if count > (2**48 if meta else MAX_ELEMENTS):
            raise WireError("too many elements")
        return shape, 0 if 0 in shape else count

    def _tensor(self) -> torch.Tensor:
        dtype, flags = self._torch_dtype(), self._u8()
        shape, count = self._shape(meta=bool(flags & 2))
        if flags & 2:
            return torch.empty(shape, dtype=dtype, device="meta")
        raw = self._raw(count * dtype.itemsize)
        if count and dtype is torch.bool:  # a stranger's byte may be neither 0 nor 1
            tensor = torch.frombuffer(bytearray(raw), dtype=torch.uint8).ne(0).reshape(shape)
        elif count:
            tensor = torch.frombuffer(bytearray(raw), dtype=dtype).reshape(shape)
        else:
            tensor = torch.empty(shape, dtype=dtype, device="cpu")
        if flags & 1 and (dtype.is_floating_point or dtype.is_complex):
            tensor = tensor.clone().requires_grad_()  # a clone, so that it is a leaf and no view of one
        return tensor

    def _array(self) -> np.ndarray[Any, Any]:
        dtype, _flags = self._numpy_dtype(), self._u8()
        shape, count = self._shape()
        return self._elements(dtype, count).reshape(shape)

    def _elements(self, dtype: np.dtype[Any], count: int) -> np.ndarray[Any, Any]:
        raw = bytearray(self._raw(count * dtype.itemsize))
        if dtype == np.bool_:  # as above: a stranger's byte may be neither 0 nor 1
            return np.not_equal(np.frombuffer(raw, np.uint8, count), 0)
        return np.frombuffer(raw, dtype, count)


def _as_key(value: Any) -> Any:
    """A key of plain Python: NumPy's numbers compare with a tuple element by element, which is no yes or no."""
    match value:
        case np.generic():
            return value.item()
        case tuple():
            return tuple(_as_key(item) for item in value)
        case torch.Tensor() | np.ndarray() | slice() | Failure() | Attribute() | Item():
            raise WireError(f"a {type(value).__name__} cannot be a key")
        case _:
            return value
