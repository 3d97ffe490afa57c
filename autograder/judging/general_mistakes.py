"""Mistakes that can be made in every question, told from what came back alone.

They are asked for where none of the question's own mistakes explains a failure. Each needs the same evidence in every
test that failed: what came back is None, or it is what was wanted with the other sign, half of it, twice it, or with
rows and columns exchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from autograder.checks.numbers import as_tensor
from autograder.judging.failures import Kind
from autograder.judging.run_test import Fingerprint, alike
from autograder.results import Mistake


@dataclass(frozen=True)
class GeneralMistake:
    """A mistake with words that fit every question; ``shows`` is the evidence: (came back, wanted)."""

    mistake: Mistake
    shows: Callable[[Any, Any], bool]


def general_mistake(observed: Mapping[str, Fingerprint | None]) -> Mistake | None:
    """The general mistake that every failure shows; None if there is none.

    Args:
        observed: for each test, how the student failed it; None where it passed.
    """
    failed = [failure for failure in observed.values() if failure is not None]
    if not failed or any(failure.kind is not Kind.CHECK for failure in failed):
        return None
    return next((one.mistake for one in GENERAL if all(_shows(one, failure) for failure in failed)), None)


def _shows(general: GeneralMistake, failure: Fingerprint) -> bool:
    try:
        return general.shows(*failure.compared)
    except (TypeError, ValueError, RuntimeError):  # numbers of a kind that nobody can compute with
        return False


def _is_times(factor: float) -> Callable[[Any, Any], bool]:
    def shows(actual: Any, wanted: Any) -> bool:
        mine, ours = _numbers(actual), _numbers(wanted)
        if mine is None or ours is None or len(mine) != len(ours) or not bool((ours.abs() > 1e-3).any()):
            return False  # of nothing but zeros, every multiple is alike
        # The mistake's own rounding: ten times a float32 answer's; half and twice are 5,000 of these apart from right.
        return bool(torch.allclose(mine, factor * ours, rtol=1e-4, atol=1e-7))

    return shows


def _numbers(value: Any) -> torch.Tensor | None:
    """All numbers of a nest of tensors and numbers in a row; None where it holds anything else, or whole numbers."""
    match value:
        case torch.Tensor() | np.ndarray() | np.generic() | float():
            tensor = as_tensor(value)
            real = tensor.dtype.is_floating_point and tensor.device.type != "meta"
            return tensor.detach().double().flatten() if real else None
        case list() | tuple():
            parts = [_numbers(item) for item in value]
        case dict():
            parts = [_numbers(value[key]) for key in sorted(value, key=str)]
        case _:
            return None
    found = [part for part in parts if part is not None]
    return torch.cat(found) if found and len(found) == len(parts) else None


def _is_transposed(actual: Any, wanted: Any) -> bool:
    both = isinstance(actual, torch.Tensor) and isinstance(wanted, torch.Tensor)
    return both and actual.dim() == wanted.dim() == 2 and alike(actual.T, wanted) and not alike(actual, wanted)


GENERAL = (
    GeneralMistake(
        Mistake(
            "nothing_returned",
            "Your function gives nothing back: what it returns is None. `print` only shows a value; `return` hands it "
            "on.",
            "Does every way through your function end with `return` and a value?",
        ),
        lambda actual, wanted: actual is None and wanted is not None,
    ),
    GeneralMistake(
        Mistake(
            "sign_wrong",
            "All your numbers are right but for their sign.",
            "Which difference is asked for: a − b or b − a?",
        ),
        _is_times(-1.0),
    ),
    GeneralMistake(
        Mistake(
            "half_of_it",
            "All your numbers are half of what is wanted.",
            "Is there a factor 2 in the formula, from the derivative of a square, say?",
        ),
        _is_times(0.5),
    ),
    GeneralMistake(
        Mistake(
            "twice_as_much",
            "All your numbers are twice what is wanted.",
            "Which factor 2 is too much, or what should be halved?",
        ),
        _is_times(2.0),
    ),
    GeneralMistake(
        Mistake(
            "rows_and_columns_exchanged",
            "Your table has rows and columns exchanged.",
            "What stands in one row of the answer, and what in one column?",
        ),
        _is_transposed,
    ),
)
