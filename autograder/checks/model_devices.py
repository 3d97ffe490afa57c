"""Checking that work on a model stays on the model's device, with or without a GPU.

``assert_follows_device`` places the tensors of a call; a model is built over there, so here a helper
builds it where a given tensor is, hands it to the student's functions, and answers with tensors.
"""

from __future__ import annotations

from autograder.checks.devices import assert_follows_device
from autograder.remote.proxy import Remote, Student, define

# Without a GPU, ``meta`` plays it: this mode makes code go on that copies to the CPU or reads a number.
_STAND_IN = """
import warnings
from torch.overrides import TorchFunctionMode

NUMBERS = (torch.Tensor.item, torch.Tensor.__float__)


class AsOnGpu(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
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


def probe(x, *args):
    if not x.is_meta:
        return work(x, *args)
    with warnings.catch_warnings(), AsOnGpu():
        warnings.simplefilter("ignore")
        return work(x, *args)
"""


def assert_model_follows_device(student: Student, work: str, *args: object) -> None:
    """Fail unless every tensor that ``work`` answers with is on the device of the tensors in ``args``.

    Args:
        work: the source of ``def work(x, ...)``: it builds a model on ``x.device``, passes it to the
            student's functions, which are among ``args``, and returns the model's tensors.
        args: what ``work`` is given; first a tensor.
    """
    probe: Remote = define(student, "probe", work + _STAND_IN)
    assert_follows_device(probe, *args)
