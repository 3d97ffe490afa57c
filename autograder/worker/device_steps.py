"""A real computation on the GPU, step by step, in a confined fork: up to which step it gets.

Untrusted side: imports nothing of the graders.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

import torch

from autograder.sandbox.driver import Step, attempt, driver_steps, driver_version, has_gpu


def device_steps() -> Iterator[Step]:
    """What the driver does, then what a submission does; nothing more after the first step that CUDA itself refuses."""
    yield from driver_steps()
    if not has_gpu():
        return
    for name, action in _computation():
        step = attempt(name, action)
        yield step
        if not step.ok:
            return


def _computation() -> Iterator[tuple[str, Callable[[], str]]]:
    yield "find the driver", driver_version
    yield "start the driver (cuInit)", _start_driver
    yield "start CUDA in PyTorch", _start_cuda
    yield "allocate", lambda: str(torch.zeros(1 << 20, device="cuda").numel())
    yield "multiply", _multiply
    yield "backward", _backward


def _start_driver() -> str:
    code = ctypes.CDLL("libcuda.so.1").cuInit(0)
    if code:
        known = {304: "the operating system refused something", 100: "no GPU", 803: "driver and kernel do not match"}
        raise OSError(f"error {code}: {known.get(code, 'see the CUresult codes of CUDA')}")
    return "started"


def _start_cuda() -> str:
    torch.cuda.init()
    return f"{torch.cuda.get_device_name(0)}, {torch.cuda.mem_get_info()[0] >> 20} MiB free"


def _multiply() -> str:
    ones = torch.ones(64, 64, device="cuda")
    if float((ones @ ones).sum().cpu()) != 64.0**3:
        raise ArithmeticError("the product is wrong")
    return "as it must be"


def _backward() -> str:
    weight = torch.ones(3, device="cuda", requires_grad=True)
    (2 * weight).sum().backward()
    if weight.grad is None or weight.grad.cpu().tolist() != [2.0, 2.0, 2.0]:
        raise ArithmeticError("the gradient is wrong")
    return "as it must be"
