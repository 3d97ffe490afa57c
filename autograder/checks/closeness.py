"""Comparing what came back with what was wanted: type, shape and dtype first, then values.

Nothing broadcasts, NaN never passes unless NaN is wanted, and a failure says what came back, what was
wanted, where, and how much was allowed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch

from autograder.checks.failed import CheckFailed, Wanted
from autograder.checks.kinds import article, kind, kind_name, kind_of
from autograder.checks.numbers import as_number, as_tensor
from autograder.checks.tolerances import Tolerance, tolerance_for
from autograder.remote.proxy import Remote


def assert_true(condition: bool, what: str, *, actual: Any = None, expected: Any = None) -> None:
    """Fail with ``what`` unless ``condition``; ``actual`` is what tells mistakes apart."""
    if not condition:
        raise CheckFailed(what, actual, expected)


def assert_type(actual: Any, *kinds: type, what: str = "") -> None:
    """Fail unless ``actual`` is of one of ``kinds``; a bool is not taken for a number."""
    if isinstance(actual, kinds) and not (isinstance(actual, bool) and bool not in kinds):
        return
    names = " or ".join(kind_name(kind) for kind in kinds)
    raise CheckFailed(
        (f"{what}: " if what else "") + f"{article(kind_of(actual))} came back where {article(names)} was wanted",
        actual, Wanted(article(names)),
    )  # fmt: skip


def assert_equal(actual: Any, expected: Any, what: str = "the answer is different") -> None:
    """Fail unless the answer is exactly ``expected``: whole numbers, texts, flags, shapes, and nests of them.

    Whole numbers may come as Python, NumPy or 0-d torch numbers, and as floats of that value: 46.0 is what a division
    leaves, and whoever wrote it counted right. Where the kind itself is asked for, ``assert_type`` stands beside it.
    Lists and tuples are alike.
    """
    where = _difference(actual, expected, "")
    if where is not None:
        wanted = Wanted("None") if expected is None else expected  # a failure without a wanted value tells none
        raise CheckFailed(what, actual, wanted, where=where, whole=(actual, expected))


def assert_at_most(actual: Any, bound: float, what: str) -> None:
    """Fail unless ``actual`` is one finite number of at most ``bound``."""
    number = as_number(actual, what)
    if not number <= bound:
        raise CheckFailed(
            f"{what} is too large",
            number,
            Wanted(f"at most {bound:g}"),
            excess=_outside(number - bound, bound),
        )


def assert_at_least(actual: Any, bound: float, what: str) -> None:
    """Fail unless ``actual`` is one finite number of at least ``bound``."""
    number = as_number(actual, what)
    if not number >= bound:
        raise CheckFailed(
            f"{what} is too small",
            number,
            Wanted(f"at least {bound:g}"),
            excess=_outside(bound - number, bound),
        )


def assert_close(
    actual: Any,
    expected: Any,
    what: str = "",
    *,
    rtol: float | None = None,
    atol: float | None = None,
    check_dtype: bool = True,
) -> None:
    """Fail unless the answer equals ``expected`` within the tolerance of its dtype.

    Shapes must be equal; the dtype too, except for single numbers, where the kind (whole, real) decides.
    A NumPy array does where a tensor is wanted. Nests of lists, tuples and dicts are compared piece by piece.

    Args:
        rtol, atol: both or neither; by default those of the expected dtype on the device in use.

    Raises:
        CheckFailed: with the worst place and how many tolerances away it is.
    """
    if (rtol is None) != (atol is None):
        raise ValueError("give both rtol and atol, or neither")
    try:
        _compare(actual, expected, what, None if rtol is None or atol is None else Tolerance(rtol, atol), check_dtype)
    except CheckFailed as failed:
        failed.whole = actual, expected
        raise


def _compare(actual: Any, expected: Any, what: str, tolerance: Tolerance | None, check_dtype: bool) -> None:
    prefix = f"{what}: " if what else ""
    match expected:
        case dict():
            if not isinstance(actual, dict) or set(actual) != set(expected):
                raise CheckFailed(f"{prefix}the keys are different", _keys(actual), _keys(expected))
            for key, item in expected.items():
                _compare(actual[key], item, f"{prefix}{key!r}", tolerance, check_dtype)
        case list() | tuple():
            if not isinstance(actual, (list, tuple)):
                raise CheckFailed(
                    f"{prefix}{article(kind_of(actual))} came back where {article(kind_of(expected))} was wanted",
                    actual,
                    expected,
                )
            if len(actual) != len(expected):
                raise CheckFailed(
                    f"{prefix}{len(actual)} values came back, {len(expected)} were wanted", actual, expected
                )
            for index, (one, other) in enumerate(zip(actual, expected, strict=True)):
                label = f"{prefix}number {index + 1}" if len(expected) > 1 else what
                _compare(one, other, label, tolerance, check_dtype)
        case torch.Tensor() | np.ndarray() | float() | np.floating() | int() | np.integer():
            _assert_numbers(actual, expected, prefix, tolerance, check_dtype)
        case None if isinstance(actual, str):  # the text "None" is shown like the None that was wanted
            raise CheckFailed(f"{prefix}text came back where None was wanted", actual, expected)
        case _:
            assert_equal(actual, expected, f"{prefix}the answer is different")


def _assert_numbers(actual: Any, expected: Any, prefix: str, tolerance: Tolerance | None, check_dtype: bool) -> None:
    wanted = as_tensor(expected)
    if isinstance(actual, Remote) or not isinstance(
        actual, (torch.Tensor, np.ndarray, np.generic, int, float, complex)
    ):
        raise CheckFailed(
            f"{prefix}{article(kind_of(actual))} came back where {article(kind_of(expected))} was wanted",
            actual,
            expected,
        )
    got = as_tensor(actual)
    if got.device.type == "meta":
        raise CheckFailed(f"{prefix}the tensor has no values: it is on the meta device", actual, expected)
    if got.shape != wanted.shape:
        raise CheckFailed(f"{prefix}the shape is {_shape(got)}, {_shape(wanted)} was wanted", actual, expected)
    single = wanted.dim() == 0
    if (
        single
        and kind(got.dtype) != kind(wanted.dtype)
        and not (kind(got.dtype) == "whole" and kind(wanted.dtype) == "real")
    ):
        raise CheckFailed(f"{prefix}the number is {kind(got.dtype)}, {kind(wanted.dtype)} was wanted", actual, expected)
    if not single and check_dtype and got.dtype != wanted.dtype:
        raise CheckFailed(f"{prefix}the dtype is {_dtype(got)}, {_dtype(wanted)} was wanted", actual, expected)
    if tolerance is None:
        # A float32 may stand for a float64; what is coarser than that was not wanted, and buys no tolerance.
        single_precision = got.dtype is torch.float32 and wanted.dtype is torch.float64
        tolerance = tolerance_for(got.dtype if single_precision else wanted.dtype)
    compare_values(got, wanted, tolerance, prefix, actual, expected)


def compare_values(
    got: torch.Tensor, wanted: torch.Tensor, tolerance: Tolerance, prefix: str, actual: Any, expected: Any
) -> None:
    """Fail where two tensors of one shape differ by more than ``tolerance``; computed in float64."""
    wide = torch.complex128 if got.is_complex() or wanted.is_complex() else torch.float64
    a, e = got.detach().to(wide), wanted.detach().to(wide)
    distance = (a - e).abs()
    same = (a == e) | (torch.isnan(a) & torch.isnan(e))  # equal infinities; NaN only where NaN is wanted
    excess = torch.where(same, 0.0, distance / tolerance.allowed(e).clamp_min(1e-300))
    excess = torch.where(torch.isnan(excess), math.inf, excess)
    far = excess > 1
    if not bool(far.any()):
        return
    worst = int(excess.argmax())
    place = [int(i) for i in np.unravel_index(worst, tuple(a.shape))] if a.dim() else []
    count, total = int(far.sum()), a.numel()
    what = "the value is different" if total == 1 else f"{count} of {total} values are different"
    if bool(torch.isnan(a).any()) and not bool(torch.isnan(e).any()):
        what = "the answer is NaN" if total == 1 else f"{int(torch.isnan(a).sum())} of {total} values are NaN"
    raise CheckFailed(
        prefix + what, actual, expected, where=_place(place, a, e) if place else "", excess=float(excess.max())
    )


def _place(place: list[int], actual: torch.Tensor, expected: torch.Tensor) -> str:
    """The worst place with what stands there, since of a large tensor nothing else is shown."""
    at = tuple(place)
    return f"at {place}: {actual[at].item():.6g} instead of {expected[at].item():.6g}"


def _difference(actual: Any, expected: Any, path: str) -> str | None:
    """None where equal, else the path to the first difference ('' at the top)."""
    if isinstance(expected, Mapping):
        if not isinstance(actual, Mapping) or set(actual) != set(expected):
            return path
        return next(
            (
                found
                for key in expected
                if (found := _difference(actual[key], expected[key], f"{path}[{key!r}]")) is not None
            ),
            None,
        )
    if isinstance(expected, (list, tuple)):
        if isinstance(actual, (torch.Tensor, np.ndarray)) and actual.ndim == 1:
            actual = actual.tolist() if not isinstance(actual, torch.Tensor) or actual.device.type != "meta" else None
        if not isinstance(actual, (list, tuple)) or len(actual) != len(expected):
            return path
        return next(
            (
                found
                for index, (one, other) in enumerate(zip(actual, expected, strict=True))
                if (found := _difference(one, other, f"{path}[{index}]")) is not None
            ),
            None,
        )
    return None if plain_equal(actual, expected) else path


def plain_equal(actual: Any, expected: Any) -> bool:
    """Equality of two leaves: numbers by value and kind, everything else by type and value."""
    if isinstance(actual, (torch.Tensor, np.ndarray, np.generic)) and not isinstance(
        expected, (torch.Tensor, np.ndarray)
    ):
        tensor = as_tensor(actual)
        if tensor.dim() or tensor.device.type == "meta":
            return False
        actual = tensor.item()
    if isinstance(expected, (torch.Tensor, np.ndarray)):
        if not isinstance(actual, (torch.Tensor, np.ndarray)):
            return False
        one, other = as_tensor(actual), as_tensor(expected)
        return one.shape == other.shape and one.dtype == other.dtype and bool(torch.equal(one, other))
    if isinstance(expected, bool) or isinstance(actual, bool):
        return isinstance(expected, bool) and isinstance(actual, bool) and actual == expected
    if isinstance(expected, (int, float)) and isinstance(actual, (int, float)):
        return actual == expected
    if isinstance(actual, Remote) or isinstance(expected, Remote):
        return False
    return type(actual) is type(expected) and bool(actual == expected)


def _keys(value: Any) -> Any:
    return sorted(value, key=repr) if isinstance(value, dict) else value


def _shape(tensor: torch.Tensor) -> str:
    return str(tuple(tensor.shape))


def _dtype(tensor: torch.Tensor) -> str:
    return str(tensor.dtype).removeprefix("torch.")


def _outside(distance: float, bound: float) -> float:
    return distance / (1e-5 * abs(bound) + 1e-6)
