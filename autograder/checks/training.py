"""Comparing a training run with a replay of it from the same start, on the same data, in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from autograder.checks.closeness import compare_values
from autograder.checks.failed import CheckFailed, Wanted
from autograder.checks.kinds import kind_of
from autograder.checks.tolerances import REPLAY, Tolerance


def assert_losses_close(
    actual: Any,
    expected: Sequence[float],
    what: str = "the losses",
    *,
    rtol: float = REPLAY.rtol,
    atol: float = REPLAY.atol,
) -> None:
    """Fail unless ``actual`` is a list of as many plain floats, each close to the replay's.

    Tensors in the list fail: they keep the graph of every step alive.
    """
    if not isinstance(actual, (list, tuple)):
        raise CheckFailed(
            f"{what}: a {kind_of(actual)} came back where a list was wanted",
            actual,
            Wanted("a list of floats"),
        )
    if any(isinstance(loss, torch.Tensor) for loss in actual):
        raise CheckFailed(f"{what} are tensors, plain floats were wanted", _head(actual), _head(expected))
    odd = next((loss for loss in actual if isinstance(loss, bool) or not isinstance(loss, (int, float))), None)
    if odd is not None:
        raise CheckFailed(f"{what} hold a {kind_of(odd)}, plain floats were wanted", _head(actual), _head(expected))
    if len(actual) != len(expected):
        raise CheckFailed(
            f"{what}: {len(actual)} came back, {len(expected)} were wanted", _head(actual), _head(expected)
        )
    got, wanted = (
        torch.tensor(list(actual), dtype=torch.float64),
        torch.tensor(list(expected), dtype=torch.float64),
    )
    tolerance = Tolerance(rtol, atol)
    try:
        compare_values(got, wanted, tolerance, "", actual, expected)
    except CheckFailed as failed:
        distance = (got - wanted).abs()
        first = int((~(distance <= tolerance.allowed(wanted))).nonzero()[0])
        raise CheckFailed(
            f"{what} are different from step {first + 1} on", _head(actual), _head(expected),
            where=f"first at step {first + 1}", excess=failed.excess,
        ) from None  # fmt: skip


def _head(values: Sequence[Any]) -> dict[str, Any]:
    """The first three, how many there are and the last: enough to tell one run from another."""
    return {"first": list(values[:3]), "how many": len(values), "last": values[-1] if values else None}
