"""Where ``meta`` plays a GPU: lets code go on that copies to the CPU or reads a number."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

NUMBERS = (torch.Tensor.item, torch.Tensor.__float__)


class AsOnGpu(TorchFunctionMode):
    """While it is on, ``meta`` tensors behave as on a GPU where code copies them or looks at a number."""

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        first = args[0] if args else None
        if not (isinstance(first, torch.Tensor) and first.is_meta):
            return func(*args, **kwargs)
        to_cpu = func is torch.Tensor.to and "cpu" in [str(a) for a in (*args[1:], *kwargs.values())]
        if to_cpu or func is torch.Tensor.cpu:
            return torch.zeros(first.shape, dtype=first.dtype)
        if func in (torch.Tensor.numpy, torch.Tensor.__array__):
            raise TypeError("can't convert a GPU tensor to numpy. Use Tensor.cpu() first.")
        if func in NUMBERS:
            return 0.5
        if func is torch.Tensor.__format__:
            return "0.5"
        if func is torch.Tensor.tolist:
            return torch.zeros(first.shape, dtype=first.dtype).tolist()
        if func is torch.Tensor.__bool__:
            return False
        if func is torch.equal:
            return True
        return func(*args, **kwargs)


def on_gpu(work: Callable[..., Any]) -> Callable[..., Any]:
    """``work(x, ...)``, where ``x`` may play a tensor on a GPU."""

    def probe(x: torch.Tensor, *args: Any) -> Any:
        if not x.is_meta:
            return work(x, *args)
        with warnings.catch_warnings(), AsOnGpu():
            warnings.simplefilter("ignore")
            return work(x, *args)

    return probe
