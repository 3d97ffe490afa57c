"""Numbers out of what came back, whatever holds them: Python, NumPy or torch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from autograder.checks.failed import CheckFailed, Wanted
from autograder.checks.kinds import article, kind_of
from autograder.protocol.wire import MAX_VALUES


def as_tensor(value: Any) -> torch.Tensor:
    """A CPU tensor of the same dtype; Python floats become float64 and ints int64."""
    if isinstance(value, torch.Tensor):
        return value.detach()
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
        if array.dtype in (np.uint16, np.uint32, np.uint64):
            array = array.astype(np.int64)
        return torch.from_numpy(np.array(array))
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**63:
        value = float(value) if abs(value) < 2**1023 else math.nan  # no number that anybody wants
    if isinstance(value, float):
        return torch.tensor(value, dtype=torch.float64)
    return torch.tensor(value)


def as_flag(value: Any) -> Any:
    """A truth value of Python, NumPy or torch as Python's own; anything else as it is."""
    if isinstance(value, (torch.Tensor, np.ndarray, np.generic)) and as_tensor(value).numel() == 1:
        tensor = as_tensor(value)
        return tensor.item() if tensor.dtype is torch.bool and not tensor.is_meta else value
    return value


def as_number(actual: Any, what: str) -> float:
    """One finite real number, from Python, NumPy or a tensor of one element.

    Raises:
        CheckFailed: it is not one, or it is NaN or infinite.
    """
    if isinstance(actual, (torch.Tensor, np.ndarray, np.generic)) and as_tensor(actual).numel() == 1:
        tensor = as_tensor(actual)
        actual = tensor.item() if tensor.device.type != "meta" else actual
    if isinstance(actual, bool) or not isinstance(actual, (int, float)):
        raise CheckFailed(
            f"{what}: {article(kind_of(actual))} came back where a number was wanted",
            actual,
            Wanted("a number"),
        )
    if not math.isfinite(actual):
        raise CheckFailed(f"{what} is {actual}", actual, Wanted("a finite number"))
    return float(actual)


def sequence_of_numbers(values: Any, what: str) -> Sequence[float]:
    """The plain numbers in a list, tuple, array or 1-D tensor.

    Raises:
        CheckFailed: something in it is not a finite number.
    """
    if isinstance(values, (torch.Tensor, np.ndarray)):
        if np.prod(values.shape) > MAX_VALUES:  # no list that comes is longer, and each number is looked at
            told = f"{what}: far too many numbers came back"
            raise CheckFailed(told, tuple(values.shape), Wanted("a list of numbers"))
        values = values.tolist()
    if not isinstance(values, (list, tuple)):
        raise CheckFailed(
            f"{what}: {article(kind_of(values))} came back where a list was wanted",
            values,
            Wanted("a list of numbers"),
        )
    return [as_number(value, f"{what}, number {index + 1}") for index, value in enumerate(values)]
