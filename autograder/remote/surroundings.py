"""What surrounds a call of a student's function: seeds, silence, forbidden tools, and a device that is not there."""

from __future__ import annotations

import contextlib
import io
import random
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch.overrides import TorchFunctionMode
from torch.utils import _device


class ForbiddenUse(RuntimeError):
    """The student's code used something that the question forbids."""


def seed_everything(seed: int) -> None:
    """Set the three global generators, so that unseeded code of a student's answers alike each time."""
    torch.default_generator.manual_seed(seed)  # torch.manual_seed formats a stack each time, for a CUDA not started
    if torch.cuda.is_initialized():
        torch.cuda.manual_seed_all(seed)
    np.random.seed(seed % 2**32)
    random.seed(seed)


@contextlib.contextmanager
def quiet(prints_to: io.TextIOBase | None = None) -> Iterator[None]:
    """Drop what is printed or warned: hidden inputs that a function prints are not for anybody's eyes.

    Args:
        prints_to: what gets the printed text nevertheless: in a student's own kernel all inputs are public.
    """
    with (
        contextlib.redirect_stdout(prints_to or _Nowhere()),
        contextlib.redirect_stderr(_Nowhere()),
        warnings.catch_warnings(),  # the caller's filters, which may make errors of warnings, are not the student's
    ):
        warnings.simplefilter("ignore")
        yield


class _Nowhere(io.TextIOBase):
    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        return len(text)


@contextlib.contextmanager
def guarded(forbidden: list[str]) -> Iterator[None]:
    """Raise ``ForbiddenUse`` where the code inside uses one of ``forbidden``, even if it hides the error.

    ``torch`` forbids every function of torch, ``torch.optim`` every optimiser or its function, and any other
    dotted path the function of that name.
    """
    if not forbidden:
        yield
        return
    mode = _Watch(forbidden)
    with contextlib.ExitStack() as stack:
        if "torch.optim" in forbidden:
            stack.enter_context(_no_optimizers(mode))
        stack.enter_context(mode)
        yield
    if mode.used:
        raise ForbiddenUse(mode.used)


class _Watch(TorchFunctionMode):
    """Sees every torch function that is called, under whatever name it was imported."""

    def __init__(self, forbidden: list[str]) -> None:
        super().__init__()
        self._all = "torch" in forbidden
        self._no_optimizers = "torch.optim" in forbidden
        self._names = {path.rpartition(".")[2] for path in forbidden if path != "torch.optim"}
        self.used = ""

    def refuse(self, name: str) -> None:
        """Remember the use, then raise."""
        self.used = self.used or name
        raise ForbiddenUse(name)

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        name = getattr(func, "__name__", "")
        if self._all or name in self._names:
            self.refuse(f"torch's {name}")
        # Each optimiser is a function too (torch.optim.sgd.sgd), which is told by the file that calls us.
        if self._no_optimizers and _is_of_optim(sys._getframe(1).f_globals.get("__name__")):
            self.refuse("torch.optim")
        return func(*args, **(kwargs or {}))


def _is_of_optim(module: object) -> bool:
    return isinstance(module, str) and module.startswith("torch.optim.")


@contextlib.contextmanager
def _no_optimizers(mode: _Watch) -> Iterator[None]:
    original = torch.optim.Optimizer.__init__

    def refuse(self: object, *args: object, **kwargs: object) -> None:
        mode.refuse(f"torch.optim.{type(self).__name__}")

    torch.optim.Optimizer.__init__ = refuse  # type: ignore[method-assign]
    try:
        yield
    finally:
        torch.optim.Optimizer.__init__ = original  # type: ignore[method-assign]


@contextlib.contextmanager
def on_device(device: torch.device, *, given: bool) -> Iterator[None]:
    """Compute on ``device``: what has another default, or would look for a GPU, is led there.

    On the CPU no GPU is found, whatever this machine has, and a default device that a cell has set does not count, so
    that the inputs and what the code makes of them meet. What a test brought (``given``)
    makes tensors on ``device``.
    """
    if device.type == "cpu":
        with contextlib.ExitStack() as stack:
            default = getattr(_device, "CURRENT_DEVICE", None)  # torch.get_default_device would start CUDA
            if default is not None and default.type not in ("cpu", "meta"):
                stack.enter_context(torch.device("cpu"))
            if _BUILT_FOR_GPU:
                stack.enter_context(_no_gpu())
            yield
    elif given:
        with torch.device(device):
            yield
    else:
        yield


_BUILT_FOR_GPU = getattr(torch.version, "cuda", None) is not None


@contextlib.contextmanager
def _no_gpu() -> Iterator[None]:
    original = torch.cuda.is_available
    torch.cuda.is_available = lambda: False
    try:
        yield
    finally:
        torch.cuda.is_available = original


def finish(device: torch.device) -> None:
    """Wait for what a GPU still computes, so that its errors are those of the call that made them."""
    if device.type == "cuda" and torch.cuda.is_initialized():
        torch.cuda.synchronize()


def gpu_is_lost() -> bool:
    """Whether the GPU answers this process no more, as after an index out of range there: until the process ends."""
    if not torch.cuda.is_initialized():
        return False
    try:
        torch.cuda.synchronize()
    except RuntimeError:  # AcceleratorError is one
        return True
    return False
