"""Models with known weights, for tests of training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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


# Weights of a nested network that may be frozen.
NESTED_WEIGHTS = ("0.0.inner.0.weight", "0.1.inner.0.weight", "0.1.inner.0.bias", "0.1.norm.weight")


def nested_network(
    side: Student, layers: Sequence[tuple[torch.Tensor, torch.Tensor]], frozen: str, old: float | None = None
) -> Remote:
    """A model over there with blocks inside blocks, parameters that are no linear layer's, and one that is not used.

    Args:
        layers: weight (out, in) and bias (out,) of its three linear layers.
        frozen: the parameter that does not learn, one of ``NESTED_WEIGHTS``.
        old: what stands in the gradients of all others; None: nothing.
    """
    net: Remote = transfer(side, _nested)(list(layers), frozen, old)
    return net


def _made(layers: list[tuple[torch.Tensor, torch.Tensor]], between: str) -> nn.Sequential:
    """The network, where it is wanted."""
    modules: list[nn.Module] = []
    for weight, bias in layers:
        layer = nn.Linear(weight.shape[1], weight.shape[0], device=weight.device, dtype=weight.dtype)
        layer.load_state_dict({"weight": weight, "bias": bias})
        modules += [layer, getattr(nn, between)()]
    return nn.Sequential(*modules[:-1])


def _nested(layers: list[tuple[torch.Tensor, torch.Tensor]], frozen: str, old: float | None) -> nn.Sequential:
    """The nested network, where it is wanted."""

    def linear(weight: Any, bias: Any) -> Any:
        layer = nn.Linear(weight.shape[1], weight.shape[0], device=weight.device, dtype=weight.dtype)
        layer.load_state_dict({"weight": weight, "bias": bias})
        return layer

    class Block(nn.Module):
        def __init__(self, weight: Any, bias: Any) -> None:
            super().__init__()
            self.inner = nn.Sequential(linear(weight, bias), nn.Tanh())
            self.norm = nn.LayerNorm(len(bias), device=bias.device, dtype=bias.dtype)
            self.scale = nn.Parameter(torch.full_like(bias, 1.5))

        def forward(self, x: torch.Tensor) -> Any:
            return self.norm(self.inner(x)) * self.scale

    model = nn.Sequential(nn.Sequential(Block(*layers[0]), Block(*layers[1])), linear(*layers[2]))
    model.spare = nn.Parameter(torch.ones_like(layers[0][1]))
    model.get_parameter(frozen).requires_grad_(False)
    for parameter in model.parameters():
        if old is not None and parameter.requires_grad:
            parameter.grad = torch.full_like(parameter, old)
    return model
