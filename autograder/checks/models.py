"""Models with known weights, for tests of training."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from autograder.remote.proxy import Remote, Student, define

_SOURCE = """
def network(layers, between):
    modules = []
    for weight, bias in layers:
        layer = nn.Linear(weight.shape[1], weight.shape[0], device=weight.device, dtype=weight.dtype)
        layer.load_state_dict({"weight": weight, "bias": bias})
        modules += [layer, getattr(nn, between)()]
    return nn.Sequential(*modules[:-1])
"""


def network(side: Student, layers: Sequence[tuple[torch.Tensor, torch.Tensor]], between: str = "Tanh") -> Remote:
    """A fresh ``nn.Sequential`` over there, on the device where inputs are put.

    Args:
        layers: weight (out, in) and bias (out,) of each linear layer, as ``rng.linear`` draws them.
        between: the activation after every layer but the last, by its name in ``torch.nn``.
    """
    net: Remote = define(side, "network", _SOURCE)(list(layers), between)
    return net
