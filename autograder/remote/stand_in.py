"""A GPU's stand-in for machines without one: tensors compute on the CPU, and a ledger says which are "on the GPU".

What meets a GPU's tensor on the CPU raises as it does on a GPU, and what is made follows the same rules. So code that
forgets the device is found without one, and code that looks at values, copies them to the CPU for a table of its own
or asserts that they are finite goes on as it would.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any
from unittest import mock

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._device import _device_constructors

GPU = torch.device("cuda", 0)
_TENSOR: Any = torch.Tensor
# What a tensor of the one and a tensor of the other may meet in.
_MIXES = {
    _TENSOR.copy_, _TENSOR.__setitem__, _TENSOR.to, _TENSOR.type_as, _TENSOR.data.__set__, _TENSOR.grad.__set__,
    torch._has_compatible_shallow_copy_type,
}  # fmt: skip
_COPIES_INTO = {_TENSOR.copy_, _TENSOR.__setitem__}
# What lands where the tensor lies that it is made of (the argument of that position), if nobody says where.
_MADE_OF = {
    torch.tensor: 0, torch.as_tensor: 0, torch.asarray: 0,
    torch.sparse_coo_tensor: 1, torch.sparse_csr_tensor: 2, torch.sparse_csc_tensor: 2,
}  # fmt: skip
_OLD_TYPES = {
    name: getattr(torch, name).dtype
    for name in ("FloatTensor", "DoubleTensor", "HalfTensor", "LongTensor", "IntTensor", "ShortTensor", "CharTensor",
                 "ByteTensor", "BoolTensor")
}  # fmt: skip


class Ledger(TorchFunctionMode):
    """Notes the memory of each tensor that is on the stand-in; views and parameters share it."""

    def __init__(self) -> None:
        super().__init__()
        self._on_gpu: dict[int, Any] = {}
        self._constructors = _device_constructors()

    def holds(self, tensor: torch.Tensor) -> bool:
        """Whether a tensor is on the stand-in."""
        return _address(tensor) in self._on_gpu

    def note(self, value: Any) -> None:
        """Every tensor in ``value`` is on the stand-in from now on."""
        for tensor in tensors_in(value):
            if address := _address(tensor):
                self._on_gpu[address] = _bare(tensor).untyped_storage()  # kept, so that no other memory has its address

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = dict(kwargs or {})
        given = [tensor for tensor in tensors_in([args, kwargs]) if _address(tensor)]
        ours = [tensor for tensor in given if self.holds(tensor)]
        if func == _TENSOR.device.__get__:
            return GPU if ours else func(*args, **kwargs)  # "meta", on which some checks ask, is a place of its own
        if func == _TENSOR.is_cuda.__get__:
            return bool(ours)
        if func in (_TENSOR.numpy, _TENSOR.__array__) and ours:
            raise TypeError("can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() first.")
        indexed = func is _TENSOR.__getitem__ and self.holds(args[0])
        if ours and func not in _MIXES and not indexed and any(t.dim() for t in given if not self.holds(t)):
            raise RuntimeError("Expected all tensors to be on the same device, but found at least two devices")
        args, kwargs, wanted = self._asked_for(func, args, kwargs)
        result = func(*args, **kwargs)
        on_gpu = self._lands_on_gpu(func, args, ours) if wanted is None else wanted
        if wanted is not None and given and on_gpu != bool(ours):
            result = result.clone()
        if on_gpu and func not in _COPIES_INTO:
            self.note(result)
        return result

    def _lands_on_gpu(self, func: Any, args: Any, ours: list[torch.Tensor]) -> bool:
        """Whether what ``func`` makes is on the stand-in where no device is named."""
        if func not in self._constructors:
            return bool(ours)
        made_of = _MADE_OF.get(func)
        return made_of is not None and len(args) > made_of and args[made_of] in _Same(ours)

    def _asked_for(self, func: Any, args: Any, kwargs: dict[str, Any]) -> tuple[Any, dict[str, Any], bool | None]:
        """The arguments with the CPU in the place of a named device, and whether that was the stand-in."""
        if func in (_TENSOR.cuda, _TENSOR.cpu):
            return args[:1], {}, func is _TENSOR.cuda
        if func is _TENSOR.type and (named := _old_type([*args[1:], *kwargs.values(), None][0])) is not None:
            return (args[0], named[0]), {}, named[1]
        wanted: bool | None = None
        device = kwargs.get("device")
        if isinstance(device, (str, torch.device, int)) and not _is_meta(device):
            wanted = _is_gpu(device)
            kwargs["device"] = torch.device("cpu")
        if func is _TENSOR.to or func is _TENSOR.type_as:
            other = args[1] if len(args) > 1 else kwargs.get("other")
            if isinstance(other, torch.Tensor):
                wanted = self.holds(other)
            elif isinstance(other, (str, torch.device)) and not _is_meta(other):
                wanted = _is_gpu(other)
                args = (args[0], torch.device("cpu"), *args[2:])
        return args, kwargs, wanted


class _Same:
    """Membership by identity: tensors compare by their numbers."""

    def __init__(self, values: list[torch.Tensor]) -> None:
        self._values = values

    def __contains__(self, value: object) -> bool:
        return any(value is each for each in self._values)


def tensors_in(value: Any) -> Iterator[torch.Tensor]:
    """Every tensor in nested lists, tuples and dicts."""
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from tensors_in(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from tensors_in(item)


def _bare(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor inside those that torch.func wraps around it; of a sparse one, that of its numbers."""
    while torch._C._functorch.is_functorch_wrapped_tensor(tensor):
        tensor = torch._C._functorch.get_unwrapped(tensor)
    if tensor.layout is torch.sparse_coo:
        return tensor._values()
    return tensor if tensor.layout is torch.strided else tensor.values()


def _address(tensor: torch.Tensor) -> int:
    """Where a tensor's numbers lie; 0 where it has none (yet)."""
    try:
        return _bare(tensor).untyped_storage().data_ptr()
    except (ValueError, NotImplementedError):
        return 0


def _is_gpu(device: str | torch.device | int) -> bool:
    return torch.device(device).type == "cuda"


def _is_meta(device: str | torch.device | int) -> bool:
    return torch.device(device).type == "meta"


def _old_type(kind: object) -> tuple[torch.dtype, bool] | None:
    """The dtype that ``.type(kind)`` gives, and whether on a GPU, where ``kind`` is a type of old days; else None."""
    name = kind if isinstance(kind, str) else f"{getattr(kind, '__module__', '')}.{getattr(kind, '__name__', '')}"
    module, _, last = name.rpartition(".")
    if module not in ("torch", "torch.cuda") or last not in _OLD_TYPES:
        return None
    return _OLD_TYPES[last], module == "torch.cuda"


@contextlib.contextmanager
def playing(ledger: Ledger) -> Iterator[None]:
    """Play a machine with one GPU: it is there, and what is saved from it is loaded to it."""
    load = torch.load

    def loaded(file: Any, map_location: Any = None, *args: Any, **kwargs: Any) -> Any:
        value = load(file, "cpu", *args, **kwargs)
        place = getattr(map_location, "type", map_location)
        if place is None or (isinstance(place, str) and place.startswith("cuda")):
            ledger.note(value)
        return value

    def to_the_gpu(tensor: torch.Tensor, *_: Any, **__: Any) -> torch.Tensor:
        return tensor.to(GPU)

    parse: Any = torch._C._nn._parse_to

    def parsed(*args: Any, **kwargs: Any) -> Any:
        device, *rest = parse(*args, **kwargs)
        if args and isinstance(args[0], torch.Tensor):
            device = GPU if ledger.holds(args[0]) else device
        return device, *rest

    with (
        mock.patch.object(torch._C._nn, "_parse_to", parsed),
        mock.patch.object(torch.cuda, "is_available", return_value=True),
        mock.patch.object(torch.cuda, "device_count", return_value=1),
        mock.patch.object(torch.backends.cuda, "is_built", return_value=False),  # so that no optimizer asks for graphs
        mock.patch.object(torch.Tensor, "cuda", to_the_gpu),
        mock.patch.object(torch, "load", loaded),
        ledger,
    ):
        yield
