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
from autograder.student import door
from autograder.student.door import check_safely
from autograder.student.recorded import RecordedQuestion, recorded_questions
from autograder.student.validating import NotRightYet
from autograder.student.verdict import Note, Verdict
from autograder.student.which import assignment_at_work, find_question

COUNT = "count_linear"


def question(name: str = COUNT, **changes: Any) -> RecordedQuestion:
    """A recorded question, changed."""
    return replace(recorded_questions()[name], **changes)


def verdict_of(function: Callable[..., Any], **changes: Any) -> Verdict:
    """The verdict on ``function`` as the answer to ``count_linear``."""
    verdict = check_safely(question(**changes), {COUNT: function})
    assert isinstance(verdict, Verdict), repr(verdict)
    assert "Traceback" not in repr(verdict)
    assert verdict._repr_html_().startswith('<div role="status"'), "a live region"
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


def test_unknown_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is nearly right, one that is not, and things that are no names."""
    monkeypatch.setattr(door, "_LAST", [])
    assert "sgd_step" in repr(check("sgd_stp"))
    assert "test cell" in repr(check("zzzzz"))
    for meant in ("Count_Linear", " count_linear ", "test-count_linear", _named(COUNT)):
        assert find_question(meant) is recorded_questions()[COUNT], meant
    assert find_question("2", "03-parameter-counting") is find_question(2, "03-parameter-counting")
    for unknown in (3, [], 1.5, True, Hostile()):
        assert "Which question?" in repr(check(unknown)), unknown.__class__


def test_no_name_shows_the_whole_assignment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question with its points, and what comes next; a blank has another sign than a wrong answer."""
    monkeypatch.setattr(door, "_LAST", [])
    assert "Which question?" in repr(check())
    assert "Which question?" in repr(hint())
    space: dict[str, Any] = {"check": check, "hint": hint}
    exec(
        "def linear(*a): raise NotImplementedError\n"
        "def count_linear(n_in, n_out, bias=True): return n_in * n_out + n_out * bool(bias)\n"
        "def count_mlp(*a, **k): return 1\nwhole = check()\nthird, hinted, tenth = check(3), hint(), check(10)",
        space,
    )
    whole, lines = space["whole"], repr(space["whole"]).splitlines()
    ours = [one for one in recorded_questions().values() if one.assignment == "03-parameter-counting"]
    assert [line.split()[1:3] for line in lines[1:5]] == [
        ["○", "linear"], ["✓", "count_linear"], ["✗", "count_mlp"], ["○", "count_parameters"]
    ]  # fmt: skip
    seen = question().visible_points
    assert lines[0] == f"03-parameter-counting: {seen:g} of {sum(q.visible_points for q in ours):g} visible points"
    assert f"worth {sum(q.points for q in ours):g} points" in lines[-1]
    assert "Next: linear" in lines[-2]
    assert all(one.id in whole._repr_html_() and one.title in whole._repr_html_() for one in ours)
    assert space["third"].question == "count_mlp"
    assert space["hinted"].head.startswith("count_mlp: hint 1")
    assert "count_mlp" in repr(space["tenth"])
    assert space["tenth"].head == "There is no question 10"


def test_the_assignment_is_that_of_the_open_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Jupyter's server and VS Code name it; a copy's name tells as well."""
    assert assignment_at_work({}, None) is None
    assert assignment_at_work({}, "05-one-hot-and-losses") == "05-one-hot-and-losses"
    vscode = {"__vsc_ipynb_file__": "C:\\work\\13-freezing-layers.ipynb"}
    assert assignment_at_work(vscode, "05-one-hot-and-losses") == "13-freezing-layers"
    monkeypatch.setenv("JPY_SESSION_NAME", "homework/06-manual-weight-updates-Copy1.ipynb")
    assert assignment_at_work({}, None) == "06-manual-weight-updates"


def test_what_the_code_prints_is_shown() -> None:
    """As text, cut where nobody reads on, and with nothing left in the kernel's own output."""

    def loud(*args: Any, **kwargs: Any) -> int:
        print("<b>called</b> with", args)
        return 0

    verdict = verdict_of(loud)
    assert "| <b>called</b> with (" in repr(verdict)
    assert "&lt;b&gt;called" in verdict._repr_html_()

    def endless(*args: Any, **kwargs: Any) -> int:
        for step in range(5000):
            print("step", step)
        return 0

    printed = verdict_of(endless).printed
    assert "step 19" in printed
    assert "step 20" not in printed
    assert printed.endswith("000 lines in all)")


def test_in_validation_what_is_not_right_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader shows a student the error's text: it is the verdict, in lines that fit, with no frame of ours."""
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    with pytest.raises(NotRightYet, match="count_linear: not there yet") as found:
        check(COUNT)
    assert max(map(len, found.value._render_traceback_())) <= 83
    assert "hint(" in str(found.value)
    with pytest.raises(NotRightYet, match="no question 'zzzz'"):
        check("zzzz")


def test_in_validation_what_is_right_is_no_result(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """nbgrader would take it for points, and warn three times of each."""
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    space: dict[str, Any] = {"check": check, COUNT: lambda n_in, n_out, bias=True: n_in * n_out + bias * n_out}
    exec(f'told = check("{COUNT}")', space)
    assert space["told"] is None
    assert "right so far" in capsys.readouterr().out


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
