"""Keeps book of which tensors are "on the CPU" while the arguments, which keep their values, play tensors on a GPU."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from autograder.remote.old_constructors import dtype_of_old_type, old_constructors

# The arguments, on the device "cpu:0", play tensors on a GPU; what is made without a device, or with
# the device "cpu", is on the host. Storages are noted, so that views and parameters count as well.
GPU = torch.device("cpu", 0)
MOVES = (torch.Tensor.to, torch.Tensor.cpu, torch.Tensor.type)
MIXES = (torch.Tensor.copy_, torch.Tensor.__setitem__, torch.Tensor.to, torch.Tensor.type_as)


def tensors_in(value: Any) -> Iterator[torch.Tensor]:
    """The tensors of a nest of lists, tuples and dictionaries."""
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from tensors_in(item)


class Ledger(TorchFunctionMode):
    """While it is on, tells GPU and CPU apart as a GPU would, and notes what is made on the CPU."""

    def __init__(self) -> None:
        super().__init__()
        self.host: dict[int, torch.UntypedStorage] = {}

    def on_host(self, tensor: torch.Tensor) -> bool:
        """Whether it is on the CPU."""
        return tensor.untyped_storage().data_ptr() in self.host

    def note(self, tensor: torch.Tensor) -> None:
        """It is on the CPU; its memory is kept, so that no other gets that address."""
        memory = tensor.untyped_storage()
        if memory.data_ptr():
            self.host[memory.data_ptr()] = memory

    def asked_for(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool | None:
        """True: the host, False: the GPU, None: no device is named."""
        if func is torch.Tensor.cpu:
            return True
        if func is torch.Tensor.type:  # of old days: it says the device as well
            return dtype_of_old_type([*args[1:], *kwargs.values(), None][0]) is not None or None
        places = [kwargs.get("device"), *(args[1:] if func is torch.Tensor.to else ())]
        for place in places:
            if isinstance(place, torch.Tensor):
                return self.on_host(place)
            if isinstance(place, (str, torch.device)):
                return str(place) != str(GPU)
        return None

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        given = list(tensors_in([args, kwargs]))
        on_host = [t for t in given if self.on_host(t)]
        on_gpu = [t for t in given if not self.on_host(t)]
        name = getattr(func, "__name__", "")
        if name == "__get__" and getattr(func, "__self__", None) is torch.Tensor.device:
            return torch.device("cpu") if on_host else GPU
        if func in (torch.Tensor.numpy, torch.Tensor.__array__) and on_gpu:
            raise TypeError("can't convert a GPU tensor to numpy: use Tensor.cpu() first")
        index_on_host = func is torch.Tensor.__getitem__ and not self.on_host(args[0])
        if on_gpu and any(t.dim() for t in on_host) and func not in MIXES and not index_on_host:
            raise RuntimeError("Expected all tensors to be on the same device: found a GPU and the CPU")
        result = func(*args, **kwargs)
        host = self.asked_for(func, args, kwargs)
        if host is None and func is not torch.Tensor.type_as:
            host = not on_gpu if given else True
        if func in MOVES and host != bool(on_host) and isinstance(result, torch.Tensor):
            result = result.clone()
        if host:
            for tensor in tensors_in(result):
                self.note(tensor)
        return result


def where(function: Callable[..., Any], *args: Any, **kwargs: Any) -> list[bool]:
    """For each tensor of the answer, whether it is on the CPU."""
    ledger, from_numpy = Ledger(), torch.from_numpy

    def host_from_numpy(ndarray: Any) -> torch.Tensor:
        made = from_numpy(ndarray)
        ledger.note(made)
        return made

    def noted(made: torch.Tensor) -> torch.Tensor:
        ledger.note(made)
        return made

    torch.from_numpy = host_from_numpy  # the mode sees neither this one nor the constructors of old days
    try:
        with old_constructors(noted), ledger:
            result = function(*args, **kwargs)
    finally:
        torch.from_numpy = from_numpy
    return [ledger.on_host(tensor) for tensor in tensors_in(result)]
