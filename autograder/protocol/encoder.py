"""Values to bytes of the wire format."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from autograder.protocol.wire import (
    DTYPES,
    F64,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_INT_BYTES,
    MAX_RANK,
    MAX_VALUES,
    NUMPY_DTYPES,
    TENSOR_VALUES,
    U32,
    U64,
    Attribute,
    Failure,
    Handle,
    Item,
    Keep,
    Name,
    WireError,
    WorkFile,
)  # fmt: skip

_TORCH_CODE = {dtype: code for code, dtype in enumerate(DTYPES)}
_NUMPY_CODE = {dtype: code for code, dtype in enumerate(NUMPY_DTYPES) if dtype is not None}


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
        self._add(U32.pack(len(raw)), raw)

    def _many(self, tag: bytes, values: Any, depth: int) -> None:
        self._add(tag, U32.pack(len(values)))
        for value in values:
            self.put(value, depth + 1)

    def _weigh(self, parts: int) -> None:
        self._values += parts
        if self._values > MAX_VALUES:
            raise WireError(f"the value has more than {MAX_VALUES:,} parts")

    def put(self, value: object, depth: int) -> None:
        """Append one value."""
        self._weigh(1)
        if depth > MAX_DEPTH:
            raise WireError(f"the value is nested more than {MAX_DEPTH} levels deep")
        if type(value) is str:  # half of every request
            self._add(b"s")
            self._text(value)
            return
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
                self._add(b"i", U32.pack(len(raw)), raw)
            case float():
                self._add(b"f", F64.pack(value))
            case complex():
                self._add(b"c", F64.pack(value.real), F64.pack(value.imag))
            case str():
                self._add(b"s")
                self._text(value)
            case bytes() | bytearray():
                self._add(b"y", U32.pack(len(value)), bytes(value))
            case list() | range():
                self._many(b"l", value, depth)
            case tuple():
                self._many(b"t", value, depth)
            case set() | frozenset():
                self._many(b"S", value, depth)
            case Mapping() if isinstance(value, dict):
                self._add(b"d", U32.pack(len(value)))
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
                self._add(b"h", U64.pack(value.number))
                self._text(value.type_name)
            case Name():
                self._add(b"n")
                self._text(value.path)
            case Attribute():
                self._add(b"A")
                self.put(value.of, depth + 1)
                self._text(value.path)
            case Item():
                self._add(b"I")
                self.put(value.of, depth + 1)
                self.put(value.key, depth + 1)
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
        if value.layout is not torch.strided or value.is_nested or value.is_quantized or value.dtype not in _TORCH_CODE:
            self._object(value, 0)
            return
        self._check_size(value.shape, meta=value.device.type == "meta")
        meta = value.device.type == "meta"
        flags = bool(value.requires_grad) | meta << 1
        shape = tuple(value.shape)
        self._header(b"x", _TORCH_CODE[value.dtype], flags, shape)
        if not meta:
            if value.numel() * value.element_size() > self._room:
                raise WireError(f"the tensor is larger than {MAX_BYTES >> 20} MiB")
            data = value.detach().resolve_conj().resolve_neg().to("cpu")
            # Copied, since a dimension of length 1 may have any stride and is contiguous all the same.
            flat = torch.empty(value.numel(), dtype=value.dtype, device="cpu").copy_(data.reshape(-1))
            self._add(flat.view(torch.uint8).numpy().tobytes())

    def _array(self, value: np.ndarray[Any, Any], depth: int) -> None:
        dtype = value.dtype.newbyteorder("<")
        if value.dtype.names is not None:
            raise WireError("a structured NumPy array cannot be sent; a plain one for each field can")
        if dtype not in _NUMPY_CODE:
            self.put(value.tolist(), depth) if value.dtype.kind in "OUSM" else self._object(value, depth)
            return
        if value.nbytes > self._room:
            raise WireError(f"the array is larger than {MAX_BYTES >> 20} MiB")
        self._check_size(value.shape)
        self._header(b"a", _NUMPY_CODE[dtype], 0, value.shape)
        self._add(value.astype(dtype).tobytes())

    def _check_size(self, shape: Sequence[int], *, meta: bool = False) -> None:
        self._weigh(TENSOR_VALUES - 1)
        if not meta and math.prod(max(size, 1) for size in shape) > MAX_ELEMENTS:
            raise WireError(f"the shape {tuple(shape)} has more than {MAX_ELEMENTS:,} elements")

    def _scalar(self, value: np.generic, depth: int) -> None:
        dtype = value.dtype.newbyteorder("<")
        if dtype in _NUMPY_CODE:
            self._add(b"g", bytes([_NUMPY_CODE[dtype]]), np.asarray(value, dtype).tobytes())
        else:
            self.put(value.item(), depth + 1)

    def _header(self, tag: bytes, code: int, flags: int, shape: tuple[int, ...]) -> None:
        if len(shape) > MAX_RANK:
            raise WireError(f"more than {MAX_RANK} dimensions")
        self._add(tag, bytes([code, flags, len(shape)]), *(U64.pack(size) for size in shape))
