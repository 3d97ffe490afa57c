"""The values of the wire format as readable JSON, without loss: for cases that are recorded in files.

Plain data stand as themselves. What JSON lacks is an object with one key that starts with ``$``::

    {"$tensor": {"dtype": "float32", "shape": [2], "values": [0.5, "nan"]}}
    {"$tuple": [1, 2]}    {"$dict": [[1, "a key that is no text"]]}    {"$float": "inf"}

Large tensors are base64 of their bytes, little-endian; nothing here can run.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from autograder.protocol.wire import DTYPES, NUMPY_DTYPES, Failure, Handle, Name, WireError, WorkFile

Json = Any
MAX_LISTED = 200  # elements; larger tensors are base64
_DTYPES = {str(dtype).removeprefix("torch."): dtype for dtype in DTYPES}
_NUMPY_DTYPES = {dtype.name: dtype for dtype in NUMPY_DTYPES if dtype is not None}
_LISTED = (torch.float32, torch.float64, torch.int64, torch.int32, torch.bool)


def to_json(value: Any) -> Json:
    """JSON for a value of the wire format.

    Raises:
        WireError: the value is not data.
    """
    match value:
        case None | bool() | str():
            return value
        case np.generic():
            return {"$scalar": _numpy(np.asarray(value))}
        case int():
            return value
        case float():
            return value if math.isfinite(value) else {"$float": repr(value)}
        case complex():
            return {"$complex": [to_json(value.real), to_json(value.imag)]}
        case list():
            return [to_json(item) for item in value]
        case tuple():
            return {"$tuple": [to_json(item) for item in value]}
        case set() | frozenset():
            return {"$set": sorted((to_json(item) for item in value), key=_in_order)}
        case dict():
            if all(isinstance(key, str) and not key.startswith("$") for key in value):
                return {key: to_json(item) for key, item in value.items()}
            return {"$dict": [[to_json(key), to_json(item)] for key, item in value.items()]}
        case bytes():
            return {"$bytes": base64.b64encode(value).decode()}
        case torch.Tensor():
            return {"$tensor": _tensor(value)}
        case np.ndarray():
            return {"$array": _numpy(value)}
        case torch.dtype():
            return {"$dtype": str(value).removeprefix("torch.")}
        case torch.device():
            return {"$device": str(value)}
        case slice():
            return {"$slice": [to_json(part) for part in (value.start, value.stop, value.step)]}
        case Handle():
            return {"$handle": [value.number, value.type_name]}
        case Name():
            return {"$name": value.path}
        case WorkFile():
            return {"$file": value.name}
        case Failure():
            return {"$failure": {name: getattr(value, name) for name in Failure.__slots__}}
        case _ if value is Ellipsis:
            return {"$ellipsis": True}
        case _:
            raise WireError(f"a {type(value).__name__} is not data and cannot be recorded")


def from_json(value: Json) -> Any:
    """The value that ``to_json`` was given, made of fresh objects.

    Raises:
        WireError: a ``$`` key is not known.
    """
    match value:
        case list():
            return [from_json(item) for item in value]
        case dict() if len(value) == 1 and (tag := next(iter(value))).startswith("$"):
            if tag not in _READERS:
                raise WireError(f"unknown kind of value {tag!r}")
            return _READERS[tag](value[tag])
        case dict():
            return {key: from_json(item) for key, item in value.items()}
        case _:
            return value


def dumps(value: Json, width: int = 100) -> str:
    """JSON text: one line where it fits in ``width`` characters, else a line for each item."""
    return _text(value, 0, width) + "\n"


def _text(value: Json, indent: int, width: int) -> str:
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if len(line) + indent <= width or not isinstance(value, (list, dict)) or not value:
        return line
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        items = [
            f"{json.dumps(key, ensure_ascii=False)}: {_text(item, indent + 1, width)}" for key, item in value.items()
        ]
        return "{\n" + ",\n".join(pad + item for item in items) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(pad + _text(item, indent + 1, width) for item in value) + "\n" + " " * indent + "]"


# ---------------------------------------------------------------------- tensors


def _tensor(value: torch.Tensor) -> dict[str, Json]:
    if value.dtype not in DTYPES:
        raise WireError(f"a tensor of {value.dtype} cannot be recorded")
    told: dict[str, Json] = {"dtype": str(value.dtype).removeprefix("torch."), "shape": list(value.shape)}
    if value.requires_grad:
        told["requires_grad"] = True
    if value.device.type == "meta":
        return {**told, "device": "meta"}
    data = value.detach().cpu().contiguous()
    if data.dtype in _LISTED and data.numel() <= MAX_LISTED and 0 not in data.shape:
        return {**told, "values": _listed(data)}
    return {**told, "base64": base64.b64encode(data.reshape(-1).view(torch.uint8).numpy().tobytes()).decode()}


def _listed(data: torch.Tensor) -> Json:
    if data.dtype is torch.float32:
        short = _each(data.tolist(), lambda number: float(str(np.float32(number))))  # 0.1, not 0.10000000149011612
        if torch.equal(torch.tensor(short, dtype=torch.float32).nan_to_num(7.0), data.nan_to_num(7.0)):
            return _each(short, _number)
    return _each(data.tolist(), _number)


def _each(nested: Any, change: Callable[[Any], Json]) -> Json:
    return [_each(item, change) for item in nested] if isinstance(nested, list) else change(nested)


def _number(value: Any) -> Json:
    return repr(value) if isinstance(value, float) and not math.isfinite(value) else value


def _read_number(value: Json) -> Any:
    return float(value) if isinstance(value, str) else value


def _read_tensor(told: dict[str, Json]) -> torch.Tensor:
    dtype, shape = _DTYPES[told["dtype"]], told["shape"]
    if told.get("device") == "meta":
        return torch.empty(shape, dtype=dtype, device="meta")
    if "values" in told:
        tensor = torch.tensor(_each(told["values"], _read_number), dtype=dtype)
    else:
        raw = bytearray(base64.b64decode(told["base64"]))
        tensor = torch.frombuffer(raw, dtype=dtype).reshape(shape) if raw else torch.empty(shape, dtype=dtype)
    return tensor.requires_grad_() if told.get("requires_grad") else tensor


def _numpy(value: np.ndarray[Any, Any]) -> dict[str, Json]:
    name = value.dtype.newbyteorder("<").name
    if name not in _NUMPY_DTYPES:
        raise WireError(f"an array of {value.dtype} cannot be recorded")
    raw = value.astype(_NUMPY_DTYPES[name]).tobytes()
    if name in ("float32", "float64", "int64", "int32", "bool") and 0 < value.size <= MAX_LISTED:
        return {"dtype": name, "shape": list(value.shape), "values": _each(value.tolist(), _number)}
    return {"dtype": name, "shape": list(value.shape), "base64": base64.b64encode(raw).decode()}


def _read_array(told: dict[str, Json]) -> np.ndarray[Any, Any]:
    dtype, shape = _NUMPY_DTYPES[told["dtype"]], tuple(told["shape"])
    if "values" in told:
        return np.array(_each(told["values"], _read_number), dtype).reshape(shape)
    return np.frombuffer(bytearray(base64.b64decode(told["base64"])), dtype).reshape(shape)


def _in_order(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


_READERS: dict[str, Callable[[Json], Any]] = {
    "$float": float,
    "$complex": lambda parts: complex(*map(from_json, parts)),
    "$tuple": lambda items: tuple(from_json(item) for item in items),
    "$set": lambda items: {from_json(item) for item in items},
    "$dict": lambda pairs: {from_json(key): from_json(item) for key, item in pairs},
    "$bytes": base64.b64decode,
    "$tensor": _read_tensor,
    "$array": _read_array,
    "$scalar": lambda told: _read_array(told)[()],
    "$dtype": lambda name: _DTYPES[name],
    "$device": torch.device,
    "$slice": lambda parts: slice(*map(from_json, parts)),
    "$handle": lambda parts: Handle(int(parts[0]), parts[1]),
    "$name": Name,
    "$file": WorkFile,
    "$failure": lambda told: Failure(**told),
    "$ellipsis": lambda _: Ellipsis,
}
