"""Models with known weights, for tests of training."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

from autograder.remote.proxy import Remote, Student, transfer


def network(side: Student, layers: Sequence[tuple[torch.Tensor, torch.Tensor]], between: str = "Tanh") -> Remote:
    """A fresh ``nn.Sequential`` over there, on the device where inputs are put.

    Args:
        layers: weight (out, in) and bias (out,) of each linear layer, as ``rng.linear`` draws them.
        between: the activation after every layer but the last, by its name in ``torch.nn``.
    """
    net: Remote = transfer(side, _made)(list(layers), between)
    return net


def _made(layers: list[tuple[torch.Tensor, torch.Tensor]], between: str) -> nn.Sequential:
    """The network, where it is wanted."""
    modules: list[nn.Module] = []
    for weight, bias in layers:
        layer = nn.Linear(weight.shape[1], weight.shape[0], device=weight.device, dtype=weight.dtype)
        layer.load_state_dict({"weight": weight, "bias": bias})
        modules += [layer, getattr(nn, between)()]
    return nn.Sequential(*modules[:-1])
