"""What failures show about an answer: the numbers in them, and in which relation they stand to what was wanted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch

from autograder.checks.numbers import as_tensor
from autograder.judging.failures import Kind
from autograder.judging.run_test import Fingerprint

Explains = Callable[[Sequence[Fingerprint]], bool]  # whether all failures of a question show one mistake

CLOSE = 1e-4  # relative: ten times a float32 answer's tolerance; one number meets a relation by chance as seldom
SMALL = 1e-3  # of numbers that are all smaller, every multiple is nearly alike
FEW = 3  # numbers that a relation without a natural reason must hold for


class Pair(NamedTuple):
    """The numbers of an answer and of what was wanted, in a row each and equally many."""

    mine: torch.Tensor
    wanted: torch.Tensor


def every(shows: Callable[[Fingerprint], bool], follows: Callable[[Fingerprint], bool] | None = None) -> Explains:
    """At least one failure shows it, and every other one shows it too or ``follows`` from it."""

    def explains(failures: Sequence[Fingerprint]) -> bool:
        showing = [shows(failure) for failure in failures]
        rest = (failure for failure, shown in zip(failures, showing, strict=True) if not shown)
        return any(showing) and all(follows is not None and follows(failure) for failure in rest)

    return explains


def by_numbers(relates: Callable[[Pair], bool], *, at_least: int = 1) -> Explains:
    """Every failure compares real numbers that ``relates`` holds for, and there are ``at_least`` of them in all."""

    def explains(failures: Sequence[Fingerprint]) -> bool:
        pairs = pairs_of(failures)
        if pairs is None or sum(len(pair.wanted) for pair in pairs) < at_least:
            return False
        return all(relates(pair) for pair in pairs)

    return explains


def pairs_of(failures: Iterable[Fingerprint]) -> list[Pair] | None:
    """The real numbers that each failure compares; None where one compares something else, or differs in size."""
    pairs = []
    for failure in failures:
        if failure.kind is not Kind.CHECK or failure.what.endswith("changed"):  # what should have stayed as it was
            return None
        actual, expected = failure.compared
        if isinstance(actual, dict) and isinstance(expected, dict) and actual.keys() != expected.keys():
            return None
        mine, wanted = numbers(actual), numbers(expected)
        if mine is None or wanted is None or len(mine) != len(wanted) or not len(wanted):
            return None
        if not bool(torch.isfinite(wanted).all()):
            return None
        pairs.append(Pair(mine, wanted))
    return pairs or None


def close(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Whether two rows of numbers are equal but for rounding."""
    return bool(torch.allclose(one, other, rtol=CLOSE, atol=1e-7))


def numbers(value: Any) -> torch.Tensor | None:
    """All numbers of a nest of tensors and numbers in a row; None where it holds anything else, or whole numbers."""
    match value:
        case torch.Tensor() | np.ndarray() | np.generic() | float():
            tensor = as_tensor(value)
            real = tensor.dtype.is_floating_point and tensor.device.type != "meta"
            return tensor.detach().double().flatten() if real else None
        case list() | tuple():
            parts = [numbers(item) for item in value]
        case dict():
            parts = [numbers(value[key]) for key in sorted(value, key=str)]
        case _:
            return None
    found = [part for part in parts if part is not None]
    return torch.cat(found) if found and len(found) == len(parts) else None


def any_numbers(value: Any) -> torch.Tensor | None:
    """The numbers of a tensor, an array, a number or a (nested) list as a tensor of its shape, else None."""
    match value:
        case torch.Tensor() | np.ndarray() | np.generic() | bool() | int() | float():
            tensor = as_tensor(value)
            return None if tensor.device.type == "meta" or tensor.is_complex() else tensor.detach().double()
        case list() | tuple():
            parts = [any_numbers(item) for item in value]
            found = [part for part in parts if part is not None]
            if not found or len(found) != len(parts) or len({part.shape for part in found}) != 1:
                return None
            return torch.stack(found)
        case _:
            return None


def one_factor(pairs: Sequence[Pair]) -> Iterator[float | None]:
    """For each pair the number by which all that was wanted was multiplied; None where there is no such number."""
    for mine, wanted in pairs:
        largest = int(wanted.abs().argmax())
        if wanted[largest].abs() < SMALL or not math.isfinite(float(mine[largest])):
            yield None
            continue
        factor = float(mine[largest] / wanted[largest])
        yield factor if close(mine, factor * wanted) else None
