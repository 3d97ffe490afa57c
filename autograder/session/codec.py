"""The wire format: plain data and tensors as tagged bytes, and nothing that could run.

A value is one tag byte and its payload; all integers are little-endian.

====  =============================================================================
tag   payload
====  =============================================================================
N     none                              T, F  the booleans
i     u32 length, two's complement      f     float64        c     two float64
s     u32 length, UTF-8                 y     u32 length, bytes
l t   u32 count, that many values: list, tuple
S     u32 count, that many values: set (frozensets arrive as sets)
d     u32 count, that many key-value pairs
x     tensor: u8 dtype, u8 flags (1 requires grad, 2 on ``meta``: no bytes follow),
      u8 rank, u64 for each dimension, raw bytes in C order
a     NumPy array: as a tensor          g     NumPy scalar: u8 dtype, raw bytes
D     torch dtype: u8                   V     torch device: string
k     slice: three values               E     Ellipsis
h     handle: u64 number, string type name: an object that stays over there
n     name: string, a dotted path looked up over there
w     file name: string, resolved inside the work folder over there
e     failure: six strings and an int (see ``Failure``)
====  =============================================================================

The decoder allocates nothing before the length that asks for it was checked against the bytes that
are there, and refuses what is too deep, too long or unknown with ``WireError``. There is no pickle.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

MAX_BYTES = 64 << 20
MAX_DEPTH = 40
MAX_VALUES = 1_000_000
MAX_RANK = 16
MAX_INT_BYTES = 512
MAX_ALIKE = 100

DTYPES: tuple[torch.dtype, ...] = (
    torch.float32, torch.float64, torch.float16, torch.bfloat16,
    torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8,
    torch.bool, torch.complex64, torch.complex128,
)  # fmt: skip
NUMPY_DTYPES: tuple[np.dtype[Any] | None, ...] = tuple(
    None if name is None else np.dtype(name)
    for name in (
        "<f4", "<f8", "<f2", None, "<i8", "<i4", "<i2", "i1", "u1", "?", "<c8", "<c16",
        "<u2", "<u4", "<u8",
    )
)  # fmt: skip
_TORCH_CODE = {dtype: code for code, dtype in enumerate(DTYPES)}
_NUMPY_CODE = {dtype: code for code, dtype in enumerate(NUMPY_DTYPES) if dtype is not None}
_U32, _U64, _F64 = struct.Struct("<I"), struct.Struct("<Q"), struct.Struct("<d")


class WireError(ValueError):
    """Bytes that are not a value, or a value that may not cross."""


@dataclass(frozen=True, slots=True)
class Handle:
    """An object that stays on the other side, by number."""

    number: int
    type_name: str


@dataclass(frozen=True, slots=True)
class Name:
    """A dotted path that the other side looks up: ``count_mlp`` or ``torch.nn.Linear``."""

    path: str


@dataclass(frozen=True, slots=True)
class WorkFile:
    """A file in the work folder of the other side."""

    name: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a request was not answered, as data.

    ``kind`` is one of raised, not_attempted, missing, forbidden, timeout, memory, unusable.
    ``line`` and ``text`` point into the student's own code where that is known. ``cell`` is the question's
    id where the grader itself says that its cell is at fault.
    """

    kind: str
    type_name: str
    message: str
    cell: str = ""
    line: int = 0
    text: str = ""
    function: str = ""


Keep = Callable[[object], Handle]


def encode(value: object, keep: Keep | None = None) -> bytes:
    """Bytes for ``value``; objects that are not data go to ``keep``, which answers with a handle.

    Raises:
        WireError: the value is too deep or too large, or not data and there is no ``keep``.
    """
    out: list[bytes] = []
    _Encoder(out, keep).put(value, 0)
    return b"".join(out)


class _Encoder:
    def __init__(self, out: list[bytes], keep: Keep | None) -> None:
        self._out = out
        self._keep = keep
        self._room = MAX_BYTES
        self._values = 0

    def _add(self, *parts: bytes) -> None:
        for part in parts:
            self._room -= len(part)
            self._out.append(part)
        if self._room < 0:
            raise WireError(f"the value is larger than {MAX_BYTES >> 20} MiB")

    def _text(self, text: str) -> None:
        raw = text.encode("utf-8", "replace")
        self._add(_U32.pack(len(raw)), raw)

    def _many(self, tag: bytes, values: Any, depth: int) -> None:
        self._add(tag, _U32.pack(len(values)))
        for value in values:
            self.put(value, depth + 1)

    def put(self, value: object, depth: int) -> None:
        """Append one value."""
        self._values += 1
        if depth > MAX_DEPTH:
            raise WireError(f"the value is nested more than {MAX_DEPTH} levels deep")
        if self._values > MAX_VALUES:
            raise WireError(f"the value has more than {MAX_VALUES:,} parts")
        match value:
            case None:
                self._add(b"N")
            case bool():
                self._add(b"T" if value else b"F")
            case np.generic():
                self._scalar(value, depth)
            case int():
                number = int(value)
                raw = number.to_bytes(number.bit_length() // 8 + 1, "little", signed=True)
                if len(raw) > MAX_INT_BYTES:
                    raise WireError("the whole number is too long")
                self._add(b"i", _U32.pack(len(raw)), raw)
            case float():
                self._add(b"f", _F64.pack(value))
            case complex():
                self._add(b"c", _F64.pack(value.real), _F64.pack(value.imag))
            case str():
                self._add(b"s")
                self._text(value)
            case bytes() | bytearray():
                self._add(b"y", _U32.pack(len(value)), bytes(value))
            case list() | range():
                self._many(b"l", value, depth)
            case tuple():
                self._many(b"t", value, depth)
            case set() | frozenset():
                self._many(b"S", value, depth)
            case Mapping() if isinstance(value, dict):
                self._add(b"d", _U32.pack(len(value)))
                for key, item in value.items():
                    self.put(key, depth + 1)
                    self.put(item, depth + 1)
            case torch.Tensor():
                self._tensor(value)
            case np.ndarray():
                self._array(value, depth)
            case torch.dtype() if value in _TORCH_CODE:
                self._add(b"D", bytes([_TORCH_CODE[value]]))
            case torch.device():
                self._add(b"V")
                self._text(str(value))
            case slice():
                self._add(b"k")
                for part in (value.start, value.stop, value.step):
                    self.put(part, depth + 1)
            case Handle():
                self._add(b"h", _U64.pack(value.number))
                self._text(value.type_name)
            case Name():
                self._add(b"n")
                self._text(value.path)
            case WorkFile():
                self._add(b"w")
                self._text(value.name)
            case Failure():
                self._add(b"e")
                for text in (
                    value.kind,
                    value.type_name,
                    value.message,
                    value.cell,
                    value.text,
                    value.function,
                ):
                    self._text(text)
                self.put(value.line, depth + 1)
            case _ if value is Ellipsis:
                self._add(b"E")
            case _:
                self._object(value, depth)

    def _object(self, value: object, depth: int) -> None:
        if self._keep is None:
            raise WireError(f"a {type(value).__name__} is not data and stays where it is")
        self.put(self._keep(value), depth)

    def _tensor(self, value: torch.Tensor) -> None:
        if value.layout is not torch.strided or value.is_quantized or value.dtype not in _TORCH_CODE:
            self._object(value, 0)
            return
        meta = value.device.type == "meta"
        flags = bool(value.requires_grad) | meta << 1
        shape = tuple(value.shape)
        self._header(b"x", _TORCH_CODE[value.dtype], flags, shape)
        if not meta:
            if value.numel() * value.element_size() > self._room:
                raise WireError(f"the tensor is larger than {MAX_BYTES >> 20} MiB")
            data = value.detach().resolve_conj().resolve_neg().to("cpu").contiguous()
            self._add(data.reshape(-1).view(torch.uint8).numpy().tobytes())

    def _array(self, value: np.ndarray[Any, Any], depth: int) -> None:
        dtype = value.dtype.newbyteorder("<")
        if dtype not in _NUMPY_CODE:
            self.put(value.tolist(), depth) if value.dtype.kind in "OUSM" else self._object(value, depth)
            return
        if value.nbytes > self._room:
            raise WireError(f"the array is larger than {MAX_BYTES >> 20} MiB")
        self._header(b"a", _NUMPY_CODE[dtype], 0, value.shape)
        self._add(value.astype(dtype).tobytes())

    def _scalar(self, value: np.generic, depth: int) -> None:
        dtype = value.dtype.newbyteorder("<")
        if dtype in _NUMPY_CODE:
            self._add(b"g", bytes([_NUMPY_CODE[dtype]]), np.asarray(value, dtype).tobytes())
        else:
            self.put(value.item(), depth + 1)

    def _header(self, tag: bytes, code: int, flags: int, shape: tuple[int, ...]) -> None:
        if len(shape) > MAX_RANK:
            raise WireError(f"more than {MAX_RANK} dimensions")
        self._add(tag, bytes([code, flags, len(shape)]), *(_U64.pack(size) for size in shape))


def decode(data: bytes | memoryview) -> Any:
    """The value in ``data``, made of fresh plain objects.

    Raises:
        WireError: the bytes are not exactly one value, or break a cap.
    """
    decoder = _Decoder(memoryview(data))
    value = decoder.take(0)
    if decoder.left:
        raise WireError(f"{decoder.left} bytes follow the value")
    return value


class _Decoder:
    def __init__(self, data: memoryview) -> None:
        if len(data) > MAX_BYTES:
            raise WireError(f"the message is larger than {MAX_BYTES >> 20} MiB")
        self._data = data
        self._at = 0
        self._values = 0

    @property
    def left(self) -> int:
        """Bytes not read yet."""
        return len(self._data) - self._at

    def _raw(self, count: int) -> memoryview:
        if count > self.left:
            raise WireError("the message ends too early")
        part = self._data[self._at : self._at + count]
        self._at += count
        return part

    def _u8(self) -> int:
        return self._raw(1)[0]

    def _u32(self) -> int:
        return int(_U32.unpack(self._raw(4))[0])

    def _u64(self) -> int:
        return int(_U64.unpack(self._raw(8))[0])

    def _float(self) -> float:
        return float(_F64.unpack(self._raw(8))[0])

    def _text(self) -> str:
        try:
            return bytes(self._raw(self._u32())).decode("utf-8")
        except UnicodeDecodeError as problem:
            raise WireError("a text is not UTF-8") from problem

    def _count(self, at_least: int = 1) -> int:
        count = self._u32()
        if count * at_least > self.left:  # each value takes a byte or more, so no list can outgrow its bytes
            raise WireError("a count is larger than the message")
        return count

    def take(self, depth: int) -> Any:
        """Read one value."""
        self._values += 1
        if depth > MAX_DEPTH:
            raise WireError(f"nested more than {MAX_DEPTH} levels deep")
        if self._values > MAX_VALUES:
            raise WireError(f"more than {MAX_VALUES:,} parts")
        tag = bytes(self._raw(1))
        match tag:
            case b"N":
                return None
            case b"T":
                return True
            case b"F":
                return False
            case b"i":
                length = self._u32()
                if length > MAX_INT_BYTES:
                    raise WireError("a whole number is too long")
                return int.from_bytes(self._raw(length), "little", signed=True)
            case b"f":
                return self._float()
            case b"c":
                return complex(self._float(), self._float())
            case b"s":
                return self._text()
            case b"y":
                return bytes(self._raw(self._u32()))
            case b"l":
                return [self.take(depth + 1) for _ in range(self._count())]
            case b"t":
                return tuple(self.take(depth + 1) for _ in range(self._count()))
            case b"S":
                alike: Counter[int] = Counter()
                return {self._hashable(depth, alike) for _ in range(self._count())}
            case b"d":
                alike = Counter()
                return {self._hashable(depth, alike): self.take(depth + 1) for _ in range(self._count(2))}
            case b"x":
                return self._tensor()
            case b"a":
                return self._array()
            case b"g":
                dtype = self._numpy_dtype()
                return self._elements(dtype, 1)[0]
            case b"D":
                return self._torch_dtype()
            case b"V":
                return self._device()
            case b"k":
                return slice(*(self.take(depth + 1) for _ in range(3)))
            case b"E":
                return Ellipsis
            case b"h":
                return Handle(self._u64(), self._text())
            case b"n":
                return Name(self._text())
            case b"w":
                return WorkFile(self._text())
            case b"e":
                return self._failure(depth)
            case _:
                raise WireError(f"unknown tag {tag!r}")

    def _hashable(self, depth: int, alike: Counter[int]) -> Any:
        value = self.take(depth + 1)
        if isinstance(value, torch.Tensor):
            raise WireError("a tensor cannot be a key")
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

    def _shape(self) -> tuple[tuple[int, ...], int]:
        rank = self._u8()
        if rank > MAX_RANK:
            raise WireError(f"more than {MAX_RANK} dimensions")
        shape = tuple(self._u64() for _ in range(rank))
        count = 1
        for size in shape:
            if size > 2**31:
                raise WireError("a dimension is too long")
            count *= max(size, 1)
        if count > 2**48:
            raise WireError("too many elements")
        return shape, 0 if 0 in shape else count

    def _tensor(self) -> torch.Tensor:
        dtype, flags = self._torch_dtype(), self._u8()
        shape, count = self._shape()
        if flags & 2:
            return torch.empty(shape, dtype=dtype, device="meta")
        raw = self._raw(count * dtype.itemsize)
        if count and dtype is torch.bool:  # a stranger's byte may be neither 0 nor 1
            tensor = torch.frombuffer(bytearray(raw), dtype=torch.uint8).ne(0).reshape(shape)
        elif count:
            tensor = torch.frombuffer(bytearray(raw), dtype=dtype).reshape(shape)
        else:
            tensor = torch.empty(shape, dtype=dtype)
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
