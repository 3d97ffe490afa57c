"""Constructors and casts of old days (``torch.FloatTensor(n, k)``, ``.type(torch.FloatTensor)``) beside a stand-in GPU.

They always make tensors of the CPU, whatever device is the default, and no hook of PyTorch sees them. So while the CPU
plays a GPU, they are replaced by ones that say what they made.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import torch

_OLD = {
    "FloatTensor": torch.float32, "DoubleTensor": torch.float64, "HalfTensor": torch.float16,
    "LongTensor": torch.int64, "IntTensor": torch.int32, "ShortTensor": torch.int16, "CharTensor": torch.int8,
    "ByteTensor": torch.uint8, "BoolTensor": torch.bool,
}  # fmt: skip
_TYPES: dict[Any, torch.dtype] = {getattr(torch, name): dtype for name, dtype in _OLD.items()}
_NAMES = {f"torch.{name}": dtype for name, dtype in _OLD.items()}
Land = Callable[[torch.Tensor], torch.Tensor]


class _Old:
    """One old constructor: called it hands on what it makes, asked by ``isinstance`` it answers as before."""

    def __init__(self, original: Any, dtype: torch.dtype, land: Land) -> None:
        self.original = original
        self.dtype = dtype
        self._land = land

    def __call__(self, *args: Any, **kwargs: Any) -> torch.Tensor:
        return self._land(self.original(*args, **kwargs))

    def __instancecheck__(self, value: object) -> bool:
        return isinstance(value, self.original)


def dtype_of_old_type(kind: object) -> torch.dtype | None:
    """The dtype that ``.type(kind)`` gives where ``kind`` is an old type, which means the CPU as well; else None."""
    if isinstance(kind, _Old):
        return kind.dtype
    if isinstance(kind, str):
        return _NAMES.get(kind)
    try:
        return _TYPES.get(kind)
    except TypeError:  # not hashable: no type of any kind
        return None


@contextlib.contextmanager
def old_constructors(land: Land) -> Iterator[None]:
    """Let the old constructors give what ``land`` makes of their tensor of the CPU."""
    new = torch.Tensor.__new__

    def landed(kind: type, *args: Any, **kwargs: Any) -> Any:
        made: Any = new(kind, *args, **kwargs)
        # torch.Tensor(...) itself; subclasses such as Parameter are made from tensors that lie somewhere already.
        return land(made) if kind is torch.Tensor and not _are_tensors(args) else made

    with contextlib.ExitStack() as stack:
        for name, dtype in _OLD.items():
            stack.enter_context(mock.patch.object(torch, name, _Old(getattr(torch, name), dtype, land)))
        stack.enter_context(mock.patch.object(torch.Tensor, "__new__", landed))
        yield


def _are_tensors(args: tuple[Any, ...]) -> bool:
    return bool(args) and isinstance(args[0], torch.Tensor)
