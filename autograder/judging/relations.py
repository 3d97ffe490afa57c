"""Relations between what came back and what was wanted, each of them the evidence for one mistake."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from autograder.checks.failed import Wanted
from autograder.judging.evidence import (
    CLOSE,
    FEW,
    SMALL,
    Pair,
    any_numbers,
    close,
    one_factor,
    pairs_of,
)
from autograder.judging.failures import Kind
from autograder.judging.run_test import Fingerprint, alike

_TENSORS = (torch.Tensor, np.ndarray, np.generic)
_SEVERAL = re.compile(r"\b(two|three) (things|tensors|numbers|tables|loaders) were wanted")


def compares(relates: Callable[[Any, Any], bool]) -> Callable[[Fingerprint], bool]:
    """A failure of a check whose answer and whose wanted value ``relates`` holds for."""

    def shows(failure: Fingerprint) -> bool:
        return failure.kind is Kind.CHECK and relates(*failure.compared)

    return shows


def is_nothing(actual: Any, wanted: Any) -> bool:
    if isinstance(actual, list) and isinstance(wanted, list) and actual:  # the answers to several calls
        return len(actual) == len(wanted) and all(map(is_nothing, actual, wanted))
    told = isinstance(wanted, Wanted) and isinstance(actual, str) and actual == "None"  # where kinds are compared
    return (actual is None and wanted is not None) or told


def follows_from_none(failure: Fingerprint) -> bool:
    """What a test meets that goes on with None: an error that names its type, or no tensor to ask for its device."""
    if failure.kind is Kind.CHECK:
        return failure.what == "no tensor came back" or failure.compared[0] == "the code stops"
    return failure.kind in (Kind.RAISED, Kind.UNUSABLE) and "NoneType" in failure.what


def refusal(failure: Fingerprint) -> bool:
    return failure.kind is Kind.CHECK and failure.what.startswith("no error was raised")


def device_only(failure: Fingerprint) -> bool:
    """What a check of devices says, of whatever came back."""
    words = ("the answer is not on the device of the input", "no tensor came back")
    return failure.kind is Kind.CHECK and failure.what.startswith(words)


def _same_numbers(actual: Any, wanted: Any) -> bool:
    mine, ours = any_numbers(actual), any_numbers(wanted)
    if mine is None or ours is None or mine.numel() != ours.numel() or not ours.numel():
        return False
    return close(mine.flatten(), ours.flatten())


def other_shape(failure: Fingerprint) -> bool:
    """The same numbers in another shape; or as many, where a check compares shapes alone."""
    if failure.kind is not Kind.CHECK:
        return False
    actual, wanted = failure.compared
    if _is_shape(actual) and _is_shape(wanted):
        return "shape" in failure.what and actual != wanted and math.prod(actual) == math.prod(wanted)
    if not (isinstance(actual, _TENSORS) and isinstance(wanted, _TENSORS)):
        return False
    return _same_numbers(actual, wanted) and tuple(actual.shape) != tuple(wanted.shape) and _dtype_of(actual, wanted)


def _is_shape(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(type(size) is int for size in value)


def other_dtype(actual: Any, wanted: Any) -> bool:
    if not _same_numbers(actual, wanted):
        return False
    if isinstance(actual, _TENSORS) and isinstance(wanted, _TENSORS):
        return actual.shape == wanted.shape and not _dtype_of(actual, wanted)
    plain = isinstance(actual, (bool, int, float)) and isinstance(wanted, (bool, int, float))
    return plain and type(actual) is not type(wanted)


def other_shape_and_dtype(actual: Any, wanted: Any) -> bool:
    tensors = isinstance(actual, _TENSORS) and isinstance(wanted, _TENSORS)
    return tensors and _same_numbers(actual, wanted) and actual.shape != wanted.shape and not _dtype_of(actual, wanted)


def _dtype_of(actual: Any, wanted: Any) -> bool:
    """Whether the dtypes are the same, NumPy's float32 being torch's."""
    return str(actual.dtype).removeprefix("torch.") == str(wanted.dtype).removeprefix("torch.")


def other_container(actual: Any, wanted: Any) -> bool:
    if isinstance(actual, dict) and isinstance(wanted, dict) and wanted:
        return actual.keys() == wanted.keys() and all(other_container(actual[key], wanted[key]) for key in wanted)
    if not _same_numbers(actual, wanted):
        return False
    lists = (list, tuple)
    if not (isinstance(actual, lists) and isinstance(wanted, lists)):
        return isinstance(actual, lists) != isinstance(wanted, lists)
    nested = [isinstance(item, (torch.Tensor, np.ndarray, *lists)) for item in (actual[0], wanted[0])]
    return nested[0] != nested[1]


def is_transposed(actual: Any, wanted: Any) -> bool:
    both = isinstance(actual, torch.Tensor) and isinstance(wanted, torch.Tensor)
    return both and actual.dim() == wanted.dim() == 2 and alike(actual.T, wanted) and not alike(actual, wanted)


def off_by(step: int) -> Callable[[Sequence[Fingerprint]], bool]:
    """Whole numbers, given by the student's own calls, that are each wrong by ``step``; not all the same is wanted."""

    def explains(failures: Sequence[Fingerprint]) -> bool:
        wanted: set[float] = set()
        for failure in failures:
            mine, ours = (any_numbers(value) for value in failure.compared)
            if mine is None or ours is None or mine.shape != ours.shape or failure.kind is not Kind.CHECK:
                return False
            if not failure.call or any(_is_real(value) for value in failure.compared):
                return False
            if not bool((mine - ours == step).all()):
                return False
            wanted |= set(ours.flatten().tolist())
        return len(wanted) > 1

    return explains


def _is_real(value: Any) -> bool:
    match value:
        case list() | tuple():
            return any(_is_real(item) for item in value)
        case bool():
            return True  # a flag is no count
        case int():
            return False
        case torch.Tensor() | np.ndarray() | np.generic():
            return torch.as_tensor(value).dtype in (torch.bool, torch.float16, torch.float32, torch.float64)
        case _:
            return True


def times(factor: float) -> Callable[[Pair], bool]:
    return lambda pair: bool((pair.wanted.abs() > SMALL).any()) and close(pair.mine, factor * pair.wanted)


def whole_times(pick: Callable[[float], float]) -> Callable[[Sequence[Fingerprint]], bool]:
    """Every failure shows what was wanted, times (or, by ``pick``, divided by) a whole number of at least 3."""

    def explains(failures: Sequence[Fingerprint]) -> bool:
        pairs = pairs_of(failures)
        factors = [] if pairs is None else list(one_factor(pairs))
        found = [pick(factor) for factor in factors if factor is not None and factor > 0]
        if not factors or len(found) != len(factors):
            return False
        return all(abs(number - round(number)) < CLOSE * number and round(number) > 2 for number in found)

    return explains


def one_factor_for_all(failures: Sequence[Fingerprint]) -> bool:
    """At least ``FEW`` numbers, all of them what was wanted times one number, in each failure; or counts, in each."""
    counts = [failure.compared for failure in failures if failure.call and failure.kind is Kind.CHECK]
    if len(counts) == len(failures) and all(type(one) is int for pair in counts for one in pair):
        factors = {mine / ours for mine, ours in counts if ours}
        return len({ours for _, ours in counts}) > 1 and len(factors) == 1 and 0 not in factors
    pairs = pairs_of(failures)
    if pairs is None or any(len(pair.wanted) < FEW for pair in pairs):
        return False
    found = list(one_factor(pairs))
    return all(factor is not None and abs(factor) > SMALL and abs(factor - 1) > CLOSE for factor in found)


def nearly_right(failures: Sequence[Fingerprint]) -> bool:
    """Every failure compares numbers that are those wanted but for their last digits."""
    pairs = pairs_of(failures)
    if pairs is None or not all(bool(torch.isfinite(pair.wanted).all()) for pair in pairs):
        return False
    return any(not torch.equal(*pair) for pair in pairs) and all(
        torch.allclose(mine, wanted, rtol=CLOSE, atol=CLOSE * float(wanted.abs().max())) for mine, wanted in pairs
    )


def one_number_added(failures: Sequence[Fingerprint]) -> bool:
    pairs = pairs_of(failures)
    if pairs is None or any(len(pair.wanted) < FEW for pair in pairs):
        return False
    return all(
        bool(torch.isfinite(mine).all())
        and close(mine - mine[0], wanted - wanted[0])
        and not (_flat(wanted) or close(mine, wanted))
        for mine, wanted in pairs
    )


def _flat(row: torch.Tensor) -> bool:
    return bool((row - row[0]).abs().max() < SMALL)


def all_alike(pair: Pair) -> bool:
    """One number throughout where several are wanted; not 0 for a few, which has many reasons."""
    return len(pair.wanted) >= FEW and _flat(pair.mine) and not _flat(pair.wanted)


def same_in_another_order(pair: Pair) -> bool:
    return not _flat(pair.wanted) and close(pair.mine.sort().values, pair.wanted.sort().values)


def rounded(failures: Sequence[Fingerprint]) -> bool:
    """Every failure compares numbers that are wanted ones, rounded (or cut) to one and the same number of digits."""
    pairs = pairs_of(failures)
    if pairs is None:
        return False  # whole numbers wanted, say
    mine = torch.cat([pair.mine for pair in pairs])
    wanted = torch.cat([pair.wanted for pair in pairs])
    if not bool(torch.isfinite(mine).all()):
        return False
    for digits in range(5):
        if digits < 2 and len(wanted) < FEW:  # one number meets such a grid by chance
            continue
        scaled = wanted * 10**digits
        grid = mine * 10**digits
        if any(bool((grid - by(scaled)).abs().max() < CLOSE) for by in (torch.round, torch.trunc)):
            # Numbers that lie on such a grid themselves, and are only just missed, are not rounded.
            return not _flat(mine) and bool((grid - scaled).abs().max() > CLOSE)
    return False


def logit(p: torch.Tensor) -> torch.Tensor:
    return torch.log(p / (1 - p))


def changed_by(function: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[Pair], bool]:
    def relates(pair: Pair) -> bool:
        expected = function(pair.wanted)
        if not bool(torch.isfinite(expected).all()) or not close(pair.mine, expected) or close(*pair):
            return False
        # Where the function changes one number only, and 0, 1 and the like stay, any other slip may have changed it.
        changed = pair.wanted[(expected - pair.wanted).abs() > SMALL]
        return len(pair.wanted) < FEW or len(torch.unique(changed)) > 1

    return relates


def not_finite(failure: Fingerprint) -> bool:
    if failure.kind is not Kind.CHECK:
        return False
    mine, ours = (any_numbers(value) for value in failure.compared)
    if mine is None or not mine.numel() or bool(torch.isfinite(mine).all()):
        return False
    return ours is None or bool(torch.isfinite(ours).all())


def always_the_same(failures: Sequence[Fingerprint]) -> bool:
    """One answer came back to different calls, that each want another one of the same form."""
    if len(failures) < 2 or any(failure.kind is not Kind.CHECK for failure in failures):
        return False
    calls = {failure.call for failure in failures}
    pairs = [[any_numbers(value) for value in failure.compared] for failure in failures]
    if "" in calls or len(calls) < 2 or any(value is None for pair in pairs for value in pair):
        return False
    if any(isinstance(failure.compared[0], bool) for failure in failures):
        return False  # of two possible answers, one comes twice without any reason
    answers, wanted = ([pair[side] for pair in pairs] for side in (0, 1))
    same_form = all(mine is not None and ours is not None and mine.shape == ours.shape for mine, ours in pairs)
    others = any(not alike(wanted[0], other) for other in wanted[1:])
    return same_form and others and all(alike(answers[0], other) for other in answers[1:])


def other_keys(actual: Any, wanted: Any) -> bool:
    return isinstance(actual, dict) and isinstance(wanted, dict) and actual.keys() != wanted.keys()


def told_of_keys(failure: Fingerprint) -> bool:
    """A dict with other keys, or a check that says so of their names."""
    told = failure.what.endswith("the keys are different") or other_keys(*failure.compared)
    return failure.kind is Kind.CHECK and told


def word_not_offered(failure: Fingerprint) -> bool:
    return failure.kind is Kind.CHECK and " is none of " in failure.what


def several_wanted(failure: Fingerprint) -> bool:
    """A check that wants two or three values and got them not, such as one tensor for a pair."""
    return failure.kind is Kind.CHECK and _SEVERAL.search(failure.what) is not None


def other_size(actual: Any, wanted: Any) -> bool:
    both = isinstance(actual, _TENSORS) and isinstance(wanted, _TENSORS)
    mine, ours = any_numbers(actual), any_numbers(wanted)
    return both and mine is not None and ours is not None and mine.numel() != ours.numel()


def other_kind(failure: Fingerprint) -> bool:
    """A list for a number, a model for a tensor, flags for numbers; the numbers may be right or not."""
    if failure.kind is not Kind.CHECK:
        return False
    forms = [_form(value) for value in failure.compared]
    return " came back where " in failure.what or (None not in forms and forms[0] != forms[1])


def _form(value: Any) -> str | None:
    """The kind of a value, as coarsely as a learner means it; None where it says nothing, such as words for it."""
    match value:
        case list() | tuple():
            inner = {_form(item) for item in value}
            return "flags in a row" if inner == {"flag"} else "row"
        case dict():
            return "dict"
        case bool():
            return "flag"
        case torch.Tensor() | np.ndarray() if value.ndim:
            return "row"
        case torch.Tensor() | np.ndarray() | np.generic() | int() | float():
            return "number"
        case str() if value.startswith("<"):
            return "object"  # which stays over there, and is told by its type's name
        case _:
            return None
