"""How far right answers lie apart: the reference in float32 and float64, on one thread and on two.

A tolerance is right only where this spread is far below it. So each visible test is also run with a
student whose every answer is ``FACTOR`` times as far off as the spread, and must still pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from autograder.course.question import GradingTest
from autograder.grader.reference_runs import Truth
from autograder.checks.numbers import as_tensor
from autograder.checks.tolerances import CPU
from autograder.protocol.decoder import decode
from autograder.remote.recorded import Recorder, Replies
from autograder.protocol.wire import Failure
from autograder.judging.run_test import try_test

FACTOR = 10.0  # other machines, versions and ways to write it spread further than what was tried
Request = dict[str, Any]


@dataclass(frozen=True)
class Spread:
    """The greatest difference seen, in units of the dtype's usual tolerance; None where it cannot be tried."""

    dtype: float | None
    threads: float | None
    problem: str = ""


class _Unlike(Exception):
    """Two replies that are not of one form."""


def spread_of(truth: Truth, test: GradingTest, seed: int) -> Spread:
    """The spread of the reference's answers to one test; ``problem`` says where it is too near the tolerance."""
    log = _answers(truth, test, seed)
    requests, base = [decode(request) for request, _ in log], [decode(reply) for _, reply in log]
    with _threads(2):
        twofold = [decode(reply) for _, reply in _answers(truth, test, seed)]
    others: dict[str, list[Any] | None] = {"threads": twofold, "dtype": None}
    if not _depends_on_seed(truth, requests, base):  # random numbers are other ones in float64
        with _wide():
            others["dtype"] = _ask(truth, requests, _widened)
    seen: dict[str, float | None] = {}
    problem = ""
    for name, other in others.items():
        try:
            seen[name] = None if other is None else max(_pairs(base, other), default=0.0)
            far = None if other is None else _further(base, other)
        except _Unlike:
            seen[name], far = None, None
        if far is not None and not problem:
            sides = Replies(far), truth.reference(test, seed)
            failure = try_test(test.function, *sides, truth.rng(test, seed), seed)
            if failure is not None:
                problem = f"{test.question}: {test.name} allows less than {FACTOR:g} times the spread over {name}"
                problem += f": {failure.what}"
    return Spread(seen["dtype"], seen["threads"], problem)


def in_float64(truth: Truth, test: GradingTest, seed: int) -> list[float] | None:
    """Every real number that the reference answers to the test, computed in float64; None where random numbers decide."""
    log = _answers(truth, test, seed)
    requests, base = [decode(request) for request, _ in log], [decode(reply) for _, reply in log]
    if _depends_on_seed(truth, requests, base):
        return None
    with _wide():
        replies = _ask(truth, requests, _widened)
    return [number for reply in replies for number in _numbers(reply)]


def _numbers(value: Any) -> Iterator[float]:
    if _is_real(value):
        yield from as_tensor(value).double().flatten().tolist()
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _numbers(item)


def _answers(truth: Truth, test: GradingTest, seed: int) -> list[tuple[bytes, bytes]]:
    """What the test asks of a student who answers as the reference does, with the replies."""
    student = Recorder(truth.double(truth.question.answers.reference))
    try_test(test.function, student, truth.reference(test, seed), truth.rng(test, seed), seed)
    return student.log


def _ask(truth: Truth, requests: list[Request], change: Callable[[Any], Any]) -> list[Any]:
    far_end = truth.double(truth.question.answers.reference)
    return [far_end.ask(change(request)) for request in requests]


def _depends_on_seed(truth: Truth, requests: list[Request], base: list[Any]) -> bool:
    def reseed(request: Request) -> Request:
        return {**request, "seed": request["seed"] + 1} if "seed" in request else request

    try:
        reseeded = _ask(truth, requests, reseed)
        return max(_pairs(base, reseeded), default=0.0) > 0
    except _Unlike:
        return True


def _widened(value: Any) -> Any:
    match value:
        case torch.Tensor() if value.dtype is torch.float32:
            return value.detach().double().requires_grad_(value.requires_grad)
        case list() | tuple():
            return type(value)(_widened(item) for item in value)
        case dict():
            return {key: _widened(item) for key, item in value.items()}
        case _:
            return value


def _pairs(base: Any, other: Any) -> Iterator[float]:
    """The difference of each real number or tensor, in tolerances."""
    for one, two in _leaves(base, other):
        if _is_real(one):
            a, b = as_tensor(one), as_tensor(two)
            tolerance = CPU[torch.float32 if a.dim() == 0 else a.dtype]  # plain floats come from float32 too
            distance = (a.double() - b.double()).abs()
            excess = (distance / tolerance.allowed(a.double())).nan_to_num(0.0)
            if excess.numel():
                yield float(excess.max())


def _further(base: Any, other: Any) -> Any:
    """``base``, moved towards ``other`` by ``FACTOR`` times their distance."""
    if _is_real(base):
        a, b = as_tensor(base), as_tensor(other)
        moved = (a.double() + FACTOR * (b.double() - a.double())).to(a.dtype)
        moved = torch.where(torch.isfinite(moved), moved, a)
        if isinstance(base, torch.Tensor):
            return moved
        return moved.numpy() if isinstance(base, np.ndarray) else type(base)(moved.item())
    match base:
        case list() | tuple():
            return type(base)(_further(one, two) for one, two in zip(base, other, strict=True))
        case dict():
            return {key: _further(base[key], other[key]) for key in base}
        case _:
            return base


def _leaves(base: Any, other: Any) -> Iterator[tuple[Any, Any]]:
    if _is_real(base):
        if not _is_real(other) or as_tensor(base).shape != as_tensor(other).shape:
            raise _Unlike
        yield base, other
    elif isinstance(base, (list, tuple)):
        if not isinstance(other, (list, tuple)) or len(base) != len(other):
            raise _Unlike
        for one, two in zip(base, other, strict=True):
            yield from _leaves(one, two)
    elif isinstance(base, dict):
        if not isinstance(other, dict) or base.keys() != other.keys():
            raise _Unlike
        for key in base:
            yield from _leaves(base[key], other[key])
    elif isinstance(base, Failure) != isinstance(other, Failure):
        raise _Unlike


def _is_real(value: Any) -> bool:
    if isinstance(value, torch.Tensor):
        return value.dtype.is_floating_point and value.device.type == "cpu"
    return isinstance(value, (float, np.floating)) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")


@contextmanager
def _threads(count: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@contextmanager
def _wide() -> Iterator[None]:
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(before)
