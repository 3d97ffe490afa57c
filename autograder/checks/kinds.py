"""What a value is, in a student's words."""

from __future__ import annotations

import builtins
import types
from typing import Any

import numpy as np
import torch

from autograder.remote.proxy import Remote


def kind(dtype: torch.dtype) -> str:
    """In a student's words: real, whole, complex or true/false."""
    if dtype is torch.bool:
        return "true/false"
    if dtype.is_complex:
        return "complex"
    return "real" if dtype.is_floating_point else "whole"


def kind_of(value: Any) -> str:
    """In a student's words, what a value is: "tensor", "list", "text", ..."""
    if isinstance(value, Remote):
        name = str(getattr(value._target, "type_name", "object"))
        return name if name in _KNOWN_TYPES else "object"
    return kind_name(type(value))


# The name of a class of the student's own may have been made while it held hidden inputs.
_KNOWN_TYPES = frozenset(
    name
    for place in (builtins, types, torch.nn, torch.optim)
    for name, value in vars(place).items()
    if isinstance(value, type)
) | {"function", "generator", "module", "method", "Tensor", "DataFrame", "Series"}


def kind_name(kind: type) -> str:
    names = {
        torch.Tensor: "tensor", np.ndarray: "NumPy array", float: "float", int: "whole number", bool: "True or False",
        str: "text", type(None): "None", list: "list", tuple: "tuple", dict: "dict", set: "set",
    }  # fmt: skip
    return names.get(kind, kind.__name__)


def article(words: str) -> str:
    if words in ("None", "True or False", "text"):
        return words
    return ("an " if words[0].lower() in "aeiou" else "a ") + words
