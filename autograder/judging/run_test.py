"""One grading test tried on one side: did it pass, and if not, what is the failure's fingerprint?

A *side* is a student in the sandbox, a student's own kernel, the reference, or a mistake: whatever
answers requests. All are tried in the same way, so a mistake fails a test exactly where a student who
made it fails, and is recognised by that.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import torch

from autograder.checks.failed import CheckFailed
from autograder.checks.numbers import as_tensor
from autograder.checks.tolerances import device_in_use
from autograder.judging.failures import Kind
from autograder.protocol.wire import Failure
from autograder.remote.proxy import Remote, Student, StudentFailed, Transport

TestFunction = Callable[..., None]


class Rng(Protocol):
    """Anything that draws inputs; see ``autograder.judging.inputs``."""


@dataclass(frozen=True)
class Fingerprint:
    """Where and how a test failed: after how many requests, in what way, with which answer.

    ``kind`` is ``check`` for a wrong answer, else the kind of the student's failure (raised, timeout, ...),
    or ``unusable`` where the test could make nothing of the answer.
    """

    requests: int
    kind: Kind
    what: str
    actual: Any = field(compare=False)
    expected: Any = field(compare=False)
    where: str = ""
    excess: float = float("inf")
    failure: Failure | None = None
    call: str = ""
    problem: BaseException | None = field(default=None, compare=False)
    whole: tuple[Any, Any] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))  # out of a recorded case it comes as text

    @property
    def compared(self) -> tuple[Any, Any]:
        """What tells mistakes apart: the whole answer and the whole of what was wanted, not one piece of them."""
        return self.whole or (self.actual, self.expected)


def try_test(
    test: TestFunction,
    student: Transport,
    reference: Transport,
    rng: Rng,
    seed: int = 0,
    forbid: tuple[str, ...] = (),
    device: str = "cpu",
) -> Fingerprint | None:
    """Run ``test`` and return None if it passed, else the fingerprint of its failure.

    Args:
        device: where the student's side computes, and with whose tolerances it is judged. The reference, and a mistake
            that is tried, answer on the CPU.
    """
    side = Student(student, seed, forbid)
    fixtures: dict[str, Any] = {
        "student": side, "reference": Student(reference, seed), "rng": rng, "device": device,
    }  # fmt: skip
    token = device_in_use.set(device)
    try:
        test(**{name: fixtures[name] for name in wanted_by(test)})
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:  # what pytest.fail and pytest.raises raise is no Exception
        return fingerprint_of(problem, side)
    finally:
        device_in_use.reset(token)
    return None


@functools.cache
def wanted_by(test: TestFunction) -> tuple[str, ...]:
    """The names of the fixtures that a test asks for."""
    return tuple(inspect.signature(test).parameters)


def fingerprint_of(problem: BaseException, side: Student) -> Fingerprint:
    """The fingerprint of what a test raised."""
    line = side._line
    requests, asked = line.requests, line.last_call
    match problem:
        case CheckFailed():
            whole = problem.whole or (problem.actual, problem.expected)
            return Fingerprint(
                requests, Kind.CHECK, problem.what, plain(problem.actual), plain(problem.expected),
                problem.where, problem.excess, call=line.call_that_gave(problem.actual, whole[0]),
                whole=(plain(whole[0]), plain(whole[1])),
            )  # fmt: skip
        case StudentFailed():
            failure = problem.failure
            words = f"{failure.type_name}: {re.sub(r'[0-9]+', '#', failure.message)}"
            return Fingerprint(requests, Kind(failure.kind), words, words, None, failure=failure, call=asked)
        case _:
            # The test itself stumbled: over an answer of an unexpected type, or through a fault of ours.
            # The caller finds out which, by trying the reference.
            words = f"{type(problem).__name__}: {problem}"
            return Fingerprint(
                requests, Kind.UNUSABLE, words, type(problem).__name__, None, call=asked, problem=problem
            )


def plain(value: Any) -> Any:
    """``value`` without its connection: what stays over there is told by its type's name."""
    match value:
        case Remote():
            return f"<{getattr(value._target, 'type_name', 'object')}>"
        case list() | tuple():
            return (
                type(value)(plain(item) for item in value)
                if type(value) in (list, tuple)
                else [plain(v) for v in value]
            )
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case torch.Tensor():
            return value.detach()
        case _:
            return value


def same_failure(student: Fingerprint, mistake: Fingerprint) -> bool:
    """Whether the student failed just as the mistake does.

    Types and dtypes may differ (a float for a 0-d tensor) unless they are what the mistake gets wrong.
    """
    if student.kind != mistake.kind or student.requests != mistake.requests:
        return False
    if mistake.kind is Kind.FORBIDDEN:
        return True
    if mistake.kind is not Kind.CHECK:
        return student.what == mistake.what
    answer = student.compared[0]
    mistaken, wanted = mistake.compared
    if alike(answer, mistaken, strict=True):
        return True
    return alike(answer, mistaken) and not alike(mistaken, wanted)


def alike(one: Any, other: Any, *, strict: bool = False) -> bool:
    """Equal to a part in a thousand; ``strict``: of the same type and dtype as well.

    That is a hundred times the tolerance of float32, so that ways to make one mistake agree, also where it adds up
    steps; ``autograder verify`` proves that all mistakes of a question still differ.
    """
    if strict and (type(one) is not type(other) or getattr(one, "dtype", None) != getattr(other, "dtype", None)):
        return False
    numeric = (torch.Tensor, np.ndarray, np.generic, int, float, complex)
    if isinstance(one, numeric) and isinstance(other, numeric):
        a, b = as_tensor(one), as_tensor(other)
        if a.shape != b.shape or a.device.type == "meta" or b.device.type == "meta":
            return a.shape == b.shape and a.device == b.device
        if not (a.dtype.is_floating_point or a.dtype.is_complex or b.dtype.is_floating_point or b.dtype.is_complex):
            return bool((a.to(torch.int64) == b.to(torch.int64)).all())
        return torch.allclose(a.to(torch.complex128), b.to(torch.complex128), rtol=1e-3, atol=1e-6, equal_nan=True)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(alike(a, b, strict=strict) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key], strict=strict) for key in one)
    if isinstance(one, numeric) or isinstance(other, numeric):
        return False
    return (type(one) is type(other) and bool(one == other)) or repr(one) == repr(other)


def seed_of(*parts: object) -> int:
    """A number from ``parts`` that is the same on every machine."""
    return int.from_bytes(hashlib.sha256("\0".join(map(str, parts)).encode()).digest()[:6], "little")
