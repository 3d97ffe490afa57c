"""Checking that code which looks at values stays on its input's device, also if it moves tensors itself.

``assert_follows_device`` plays the GPU with ``meta``, where nothing has values: it cannot tell
``torch.eye(k).to(labels.device)[labels]`` or a round trip through NumPy, both right, from code that
forgets the device. Here the tensors keep their values, and a mode keeps book of which are "on the CPU".
"""

from __future__ import annotations

from typing import Any

from autograder.checks.devices import assert_follows_device
from autograder.checks.failed import CheckFailed
from autograder.checks.tolerances import device_in_use
from autograder.remote.proxy import Remote, Student, StudentFailed, define

# The arguments, on the device "cpu:0", play tensors on a GPU; what is made without a device, or with
# the device "cpu", is on the host. Storages are noted, so that views and parameters count as well.
_LEDGER = '''
from torch.overrides import TorchFunctionMode

from autograder.remote.old_constructors import dtype_of_old_type, old_constructors

GPU = torch.device("cpu", 0)
MOVES = (torch.Tensor.to, torch.Tensor.cpu, torch.Tensor.type)
MIXES = (torch.Tensor.copy_, torch.Tensor.__setitem__, torch.Tensor.to, torch.Tensor.type_as)


def tensors_in(value):
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from tensors_in(item)


class Ledger(TorchFunctionMode):
    def __init__(self):
        super().__init__()
        self.host = {}

    def on_host(self, tensor):
        return tensor.untyped_storage().data_ptr() in self.host

    def note(self, tensor):
        memory = tensor.untyped_storage()
        if memory.data_ptr():
            self.host[memory.data_ptr()] = memory

    def asked_for(self, func, args, kwargs):
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

    def __torch_function__(self, func, types, args=(), kwargs=None):
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


def where(function, *args, **kwargs):
    ledger, from_numpy = Ledger(), torch.from_numpy

    def host_from_numpy(array):
        made = from_numpy(array)
        ledger.note(made)
        return made

    def noted(made):
        ledger.note(made)
        return made

    torch.from_numpy = host_from_numpy  # the mode sees neither this one nor the constructors of old days
    try:
        with old_constructors(noted), ledger:
            result = function(*args, **kwargs)
    finally:
        torch.from_numpy = from_numpy
    return [ledger.on_host(tensor) for tensor in tensors_in(result)]
'''


def assert_follows_device_by_value(student: Student, function: Remote, *args: Any, **kwargs: Any) -> None:
    """``assert_follows_device``, for rows that ask for a look at values (refuse these labels, say).

    On a GPU, and where ``meta`` is enough, nothing differs.
    """
    try:
        assert_follows_device(function, *args, **kwargs)
    except CheckFailed:
        if device_in_use.get() != "cpu":
            raise
        try:
            on_host = define(student, "where", _LEDGER)(function, *args, **kwargs)
        except StudentFailed:
            on_host = []
        if not on_host or any(on_host):
            raise
