"""Checking that an answer holds numbers, before they are compared."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks.failed import CheckFailed, Wanted


def assert_finite(answer: Any) -> None:
    """Fail if a number of a tensor is NaN or infinite; which one, and where, does not matter."""
    if isinstance(answer, torch.Tensor) and not bool(torch.isfinite(answer).all()):
        told = ("not finite", "finite numbers")
        raise CheckFailed("the answer has NaN or infinite numbers in it", answer, Wanted("finite numbers"), whole=told)
