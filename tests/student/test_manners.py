"""Whatever a student's code does, ``check`` answers in words, in time, and leaves the kernel as it was."""

from __future__ import annotations

import _thread
import contextlib
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from autograder import check, hint
from autograder.results import Outcome
from autograder.student.door import check_safely, find_question
from autograder.student.recorded import RecordedQuestion, recorded_questions
from autograder.student.verdict import Note, Verdict

COUNT = "count_linear"


def question(name: str = COUNT, **changes: Any) -> RecordedQuestion:
    """A recorded question, changed."""
    return replace(recorded_questions()[name], **changes)


def verdict_of(function: Callable[..., Any], **changes: Any) -> Verdict:
    """The verdict on ``function`` as the answer to ``count_linear``."""
    verdict = check_safely(question(**changes), {COUNT: function})
    assert isinstance(verdict, Verdict), repr(verdict)
    assert "Traceback" not in repr(verdict)
    assert verdict._repr_html_().startswith("<div")
    return verdict


class Hostile:
    """An object that raises wherever it is touched."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("hands off")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("hands off")

    def __hash__(self) -> int:
        raise RuntimeError("hands off")

    def __repr__(self) -> str:
        raise RuntimeError("hands off")

    def __len__(self) -> int:
        raise SystemExit(3)


class HostileDict(dict[str, int]):
    """A dict whose items cannot be read."""

    def items(self) -> Any:
        raise RuntimeError("no items")


class AlwaysEqual(int):
    """Equal to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


RETURNS = [
    None, "text", 3.5, float("nan"), 10**400, [], {}, {"a": [1, (2,)]}, torch.zeros(3), torch.empty(2, device="meta"),
    np.array(["a"]), np.float64("nan"), lambda: 1, object, Hostile(), HostileDict(a=1), AlwaysEqual(3), iter([1]),
    torch.nn.Linear(1, 1), b"bytes", 1j, NotImplemented, torch.eye(3).to_sparse(),
]  # fmt: skip


@pytest.mark.parametrize("answer", RETURNS, ids=lambda answer: type(answer).__name__)
def test_weird_returns(answer: Any) -> None:
    """Anything that is not the right number is wrong, in words."""
    assert verdict_of(lambda *a, **k: answer).outcome in (Outcome.WRONG, Outcome.ERROR)


RAISES = [
    ValueError("no"),
    SystemExit(1),
    RecursionError(),
    StopIteration(),
    GeneratorExit(),
    KeyError("k"),
    AssertionError(),
]


@pytest.mark.parametrize("problem", RAISES, ids=lambda problem: type(problem).__name__)
def test_raising(problem: BaseException) -> None:
    """An error of the student's is told by its name, with no traceback."""

    def answer(*args: Any, **kwargs: Any) -> None:
        raise problem

    verdict = verdict_of(answer)
    assert verdict.outcome is Outcome.ERROR
    assert type(problem).__name__ in repr(verdict)


def test_not_a_function() -> None:
    """A number where a function is wanted."""
    assert check_safely(question(), {COUNT: 7}).__class__ is Verdict


def test_missing_name() -> None:
    """The cell was not run yet."""
    verdict = check_safely(question(), {})
    assert isinstance(verdict, Verdict)
    assert verdict.outcome is Outcome.MISSING
    assert "run the cell" in repr(verdict)


def loop(*args: Any, **kwargs: Any) -> None:
    """Never ends, and lets nothing ordinary stop it."""
    while True:
        with contextlib.suppress(Exception):
            time.sleep(0.01)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no interval timer here")
def test_an_endless_loop_ends_in_time() -> None:
    """The time limit ends it, and timer and handler are what they were."""
    handler = signal.getsignal(signal.SIGALRM)
    signal.setitimer(signal.ITIMER_REAL, 50)
    try:
        started = time.monotonic()
        verdict = verdict_of(loop, seconds=0.3)
        assert verdict.outcome is Outcome.TIMEOUT
        assert time.monotonic() - started < 10
        assert signal.getsignal(signal.SIGALRM) is handler
        assert 40 < signal.getitimer(signal.ITIMER_REAL)[0] < 50
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def test_ctrl_c_stops_a_check() -> None:
    """An interrupt is no error of the student's, and no traceback either."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a kernel; in the background it is ignored
    try:
        timer = threading.Timer(0.3, _thread.interrupt_main)
        timer.start()
        said = check_safely(question(), {COUNT: loop})
        timer.join()
    finally:
        signal.signal(signal.SIGINT, before)
    assert isinstance(said, Note)
    assert "stopped" in said.head


def test_works_beside_the_main_thread() -> None:
    """Where no timer can be set, checks run all the same."""
    found: list[Verdict | Note] = []
    thread = threading.Thread(target=lambda: found.append(check_safely(question(), {COUNT: lambda *a, **k: 0})))
    thread.start()
    thread.join()
    assert isinstance(found[0], Verdict)


def test_random_numbers_go_on_as_before() -> None:
    """A check uses up none of the student's random numbers."""

    def draw(*args: Any, **kwargs: Any) -> int:
        return int(torch.rand(1) * 0 + np.random.rand() * 0 + random.random() * 0)

    torch.manual_seed(5), np.random.seed(5), random.seed(5)
    expected = torch.rand(3).tolist(), np.random.rand(3).tolist(), random.random()
    torch.manual_seed(5), np.random.seed(5), random.seed(5)
    verdict_of(draw)
    assert (torch.rand(3).tolist(), np.random.rand(3).tolist(), random.random()) == expected


def test_checks_twice_alike() -> None:
    """The recorded cases are not used up."""
    assert verdict_of(lambda *a, **k: 3) == verdict_of(lambda *a, **k: 3)


def test_forbidden_names() -> None:
    """A rule of the question holds here as at grading, hidden behind another name too."""
    renamed = torch.nn.functional.one_hot
    verdict = check_safely(
        question("one_hot"), {"one_hot": lambda labels, num_classes, **k: renamed(labels, num_classes)}
    )
    assert isinstance(verdict, Verdict)
    assert verdict.outcome is Outcome.FORBIDDEN


def test_unknown_questions() -> None:
    """A name that is nearly right, one that is not, and things that are no names."""
    assert "sgd_step" in repr(check("sgd_stp"))
    assert "test cell" in repr(check("zzzzz"))
    assert 'check("count_linear")' in repr(find_question(_named(COUNT)))
    assert isinstance(check(3), Note)  # type: ignore[arg-type]


def _named(name: str) -> Callable[[], None]:
    def function() -> None: ...

    function.__name__ = name
    return function


def test_uses_the_callers_variables() -> None:
    """Outside IPython the names are those of the module that calls."""
    space: dict[str, Any] = {"check": check}
    exec(
        f"def {COUNT}(n_in, n_out, bias=True): return n_in * n_out + n_out * bool(bias)\nsaid = check({COUNT!r})", space
    )
    assert space["said"].outcome is Outcome.CORRECT


def test_hints_come_one_by_one() -> None:
    """A nudge, the method, almost the code; then no more."""
    first, second, third, fourth = (repr(hint("mse")) for _ in range(4))
    hints = recorded_questions()["mse"].hints
    assert hints[0] in first
    assert hints[1] not in first
    assert hints[1] in second
    assert hints[2] not in second
    assert hints[2] in third
    assert third == fourth
    assert "sgd_step" in repr(hint("sgd_ste"))


def test_html_shows_code_as_text() -> None:
    """What a student's code says is escaped; nothing is loaded from outside."""

    def answer(*args: Any, **kwargs: Any) -> None:
        raise ValueError("<script>alert(1)</script>")

    page = verdict_of(answer)._repr_html_()
    assert "<script" not in page
    assert "&lt;script" in page
    assert "http" not in page
    assert "url(" not in page
