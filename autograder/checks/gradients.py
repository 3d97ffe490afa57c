"""Fingerprints of a weight update: how many times −lr·grad did each tensor move?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch

from autograder.checks.closeness import assert_close
from autograder.checks.failed import CheckFailed, Wanted
from autograder.checks.numbers import as_tensor


def update_ratio(before: torch.Tensor, after: torch.Tensor, gradient: torch.Tensor, lr: float) -> tuple[float, float]:
    """(k, residual) with after − before ≈ −k·lr·gradient.

    k = −⟨Δ, g⟩ / (lr·⟨g, g⟩) is 1 for a right step, −1 for ascent, 0 for no step, 1/lr where the
    learning rate was left out. The residual is the share of Δ that is not along g: it tells a step
    by the sign of the gradient, or a multiplicative one, from a scaled one.
    """
    g = gradient.double()
    delta = after.double() - before.double()
    k = -float((delta * g).sum() / (lr * (g * g).sum()))
    rest = delta + k * lr * g
    size = float(delta.norm())
    return k, float(rest.norm()) / size if size > 0 else 0.0


def assert_moved_by_gradient(
    before: Mapping[str, torch.Tensor],
    after: Mapping[str, Any],
    gradients: Mapping[str, torch.Tensor],
    lr: float,
    what: str = "",
) -> None:
    """Fail unless every tensor moved by −lr times its gradient, and by nothing else.

    ``actual`` of the failure is each tensor's k, to two decimals, and ``residual`` where the step is
    not along the gradient: the fingerprint by which mistakes are told apart.
    """
    moved: dict[str, Any] = {}
    wrong = False
    for name, start in before.items():
        end = as_tensor(after[name])
        if end.shape != start.shape:
            raise CheckFailed(f"{what}: the shape of {name} changed", tuple(end.shape), tuple(start.shape))
        k, residual = update_ratio(start, end, gradients[name], lr)
        # For the words alone. Rounding leaves up to 4e-5 (right answers of sgd_step and train_step, two draws each).
        moved[name] = _rounded(k) if residual < 0.05 else ["not along the gradient", _rounded(k)]
        try:
            assert_close(end, start.detach() - lr * gradients[name], name)
        except CheckFailed:
            wrong = True
    if wrong:
        raise CheckFailed(
            (f"{what}: " if what else "") + "each parameter should move by 1 times −lr · gradient",
            moved,
            Wanted("1 for each"),
        )


def assert_unchanged(before: Any, after: Any, what: str) -> None:
    """Fail unless ``after`` is bit for bit ``before``; nests of lists, tuples and dicts too."""
    if isinstance(before, Mapping):
        if not isinstance(after, Mapping) or set(before) != set(after):
            raise CheckFailed(f"{what}: the names changed", sorted(after), sorted(before))
        for name in before:
            assert_unchanged(before[name], after[name], f"{what} ({name})")
        return
    if isinstance(before, (list, tuple)):
        if not isinstance(after, (list, tuple)) or len(after) != len(before):
            raise CheckFailed(f"{what}: the number of entries changed", after, before)
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            assert_unchanged(one, other, f"{what} (number {index + 1})")
        return
    one, other = as_tensor(before), as_tensor(after)
    same = one.shape == other.shape and one.dtype == other.dtype
    same = same and bool(((one == other) | (one.isnan() & other.isnan())).all())
    if not same:
        raise CheckFailed(f"{what} changed", after, before)


def _rounded(k: float) -> float:
    return round(k, 2) + 0.0 if math.isfinite(k) else k  # + 0.0 makes −0.0 a plain zero
