"""How far a right answer may lie from the reference, by dtype and device.

The numbers come from the spread of right answers over dtype, thread count and device (see
``docs/architecture.md``): float32 results of a few operations differ by some units in the last place
on the CPU, by ten times that on a GPU with TF32 off, and a replayed training run adds up its steps.
A test that allows something else was given it in the same way: ``autograder release`` fails where a
tolerance is below ten times the spread of the reference over dtype and threads (``authoring/release/spread.py``),
and ``autograder verify`` where a mistake is within a hundred tolerances of the truth.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

import torch


@dataclass(frozen=True, slots=True)
class Tolerance:
    """``|actual − expected| <= atol + rtol · |expected|``, element by element."""

    rtol: float
    atol: float

    def allowed(self, expected: torch.Tensor) -> torch.Tensor:
        """The greatest difference allowed for each element, float64."""
        return self.atol + self.rtol * expected.abs().nan_to_num(0.0, 0.0, 0.0)


EXACT = Tolerance(0.0, 0.0)
CPU: dict[torch.dtype, Tolerance] = {
    torch.float64: Tolerance(1e-9, 1e-12),
    torch.complex128: Tolerance(1e-9, 1e-12),
    torch.float32: Tolerance(1e-5, 1e-6),
    torch.complex64: Tolerance(1e-5, 1e-6),
    torch.float16: Tolerance(1e-3, 1e-3),  # of these two rtol is that of torch.testing
    torch.bfloat16: Tolerance(1.6e-2, 1e-3),
}
CUDA: dict[torch.dtype, Tolerance] = {
    **CPU,
    torch.float32: Tolerance(1e-4, 1e-5),
    torch.complex64: Tolerance(1e-4, 1e-5),
}
REPLAY = Tolerance(1e-4, 1e-6)  # a run of some hundred steps in float32: ten times what one step's rounding may leave

# The device on which the answers under judgement are computed; set once for each submission.
device_in_use: ContextVar[str] = ContextVar("device_in_use", default="cpu")


def tolerance_for(dtype: torch.dtype) -> Tolerance:
    """The tolerance for results of ``dtype`` on the device in use; exact for integers and bools."""
    table = CPU if device_in_use.get() == "cpu" else CUDA
    return table.get(dtype, EXACT)
