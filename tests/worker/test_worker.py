"""A worker in its sandbox, asked directly: time limits, memory, replies to nonsense."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.grader.grader import Grader
from autograder.protocol.channel import ChannelBroken, DeadlinePassed
from autograder.protocol.wire import Failure, Name
from autograder.session.supervisor import Sandbox, SandboxError, Zygote


@pytest.fixture(scope="module")
def zygote(small_grader: Grader) -> Zygote:
    assert small_grader._zygote is not None
    return small_grader._zygote


@pytest.fixture
def sandbox(zygote: Zygote) -> Iterator[Sandbox]:
    sandbox = zygote.spawn()
    yield sandbox
    zygote.end(sandbox)


def cell(sandbox: Sandbox, source: str, seconds: float = 10.0) -> dict[str, Any]:
    reply = sandbox.channel.ask({"op": "cell", "source": source, "seconds": seconds, "wall": 3 * seconds}, 30)
    assert isinstance(reply, dict), reply
    return reply


def call(sandbox: Sandbox, name: str, *args: Any, seconds: float = 10.0) -> Any:
    request = {"op": "call", "target": Name(name), "args": list(args), "kwargs": {}, "keep": False}
    return sandbox.channel.ask(
        {**request, "seed": 1, "forbid": [], "place": None, "seconds": seconds, "device": "cpu"}, 30
    )


def test_cells_define_and_calls_find(sandbox: Sandbox) -> None:
    reply = cell(sandbox, "def f(x):\n    return x + k\nk = 2\nf(1)")
    assert json.loads(reply["outputs"])[0]["data"]["text/plain"] == "3"
    assert call(sandbox, "f", 40) == 42


def test_the_names_of_the_course_are_there_without_an_import(sandbox: Sandbox) -> None:
    reply = cell(sandbox, "torch, nn, F, np, plt, math; __name__")
    assert json.loads(reply["outputs"])[0]["data"]["text/plain"] == "'__main__'"


def test_a_cell_that_takes_too_long_is_stopped_and_the_worker_lives(sandbox: Sandbox) -> None:
    started = time.monotonic()
    reply = cell(sandbox, "n = 1\nwhile True: pass", seconds=0.5)
    assert reply["failure"].kind == "timeout"
    assert time.monotonic() - started < 10
    assert cell(sandbox, "n")["failure"] is None


def test_a_call_that_takes_too_long_is_stopped_and_the_worker_lives(sandbox: Sandbox) -> None:
    cell(sandbox, "def f():\n    try:\n        while True: pass\n    except Exception: pass\ndef g(): return 1")
    assert call(sandbox, "f", seconds=0.5).kind == "timeout"
    assert call(sandbox, "g") == 1


def test_memory_has_a_limit_and_the_worker_lives(sandbox: Sandbox) -> None:
    cell(sandbox, "def f(): return torch.ones(1 << 34)\ndef g(): return bytearray(1 << 40)\ndef h(): return 1")
    assert call(sandbox, "f").kind == "memory"
    assert call(sandbox, "g").kind == "memory"
    assert call(sandbox, "h") == 1


def test_an_error_of_ours_comes_back_as_ours_and_the_worker_lives(sandbox: Sandbox) -> None:
    cell(sandbox, "import torch\nkept, torch.empty = torch.empty, 3")  # our encoder calls it
    cell(sandbox, "def f(): return torch.ones(2)\ndef mend(): torch.empty = kept")
    assert call(sandbox, "f").kind == "ours"
    assert call(sandbox, "mend") is None
    assert call(sandbox, "f").tolist() == [1, 1]


def test_one_element_of_a_larger_tensor_comes_back(sandbox: Sandbox) -> None:
    cell(sandbox, "def f(): return nn.Parameter(torch.ones(2, 12, dtype=torch.float64)[:-1, -1].float())")
    assert call(sandbox, "f").tolist() == [1]


@pytest.mark.parametrize(
    "request_", [None, 3, "cell", [], {}, {"op": 3}, {"op": "no such", "seconds": 1.0}, {"op": "call"}]
)
def test_nonsense_is_answered_with_a_failure(sandbox: Sandbox, request_: Any) -> None:
    assert isinstance(sandbox.channel.ask(request_, 10), Failure)
    assert cell(sandbox, "1")["failure"] is None


def test_forks_share_nothing(zygote: Zygote) -> None:
    first, second = zygote.spawn(), zygote.spawn(1)
    try:
        cell(first, "secret = 5\nopen('mine.txt', 'w').write('x')")
        assert cell(second, "secret")["failure"].type_name == "NameError"
        assert cell(second, "open('mine.txt')")["failure"].type_name == "FileNotFoundError"
        seeds = [
            json.loads(cell(one, "float(torch.rand(()))")["outputs"])[0]["data"]["text/plain"]
            for one in (first, second)
        ]
        assert seeds[0] != seeds[1]
    finally:
        zygote.end(first)
        zygote.end(second)


def test_an_ending_tells_status_and_time(zygote: Zygote) -> None:
    sandbox = zygote.spawn()
    with pytest.raises(ChannelBroken):
        sandbox.channel.ask({"op": "cell", "source": "import os; os._exit(9)", "seconds": 5.0, "wall": 5.0}, 10)
    ending = zygote.end(sandbox)
    assert ending.status == 9
    assert ending.cpu_seconds > 0
    assert ending.max_rss > 1 << 20


def test_what_ignores_every_signal_is_killed(zygote: Zygote) -> None:
    sandbox = zygote.spawn()
    source = (
        "import signal, time\nfor s in (15, 2, 14, 27): signal.signal(s, signal.SIG_IGN)\nwhile True: time.sleep(1)"
    )
    with pytest.raises(DeadlinePassed):
        sandbox.channel.ask({"op": "cell", "source": source, "seconds": 0.2, "wall": 0.2}, 1.0)
    assert zygote.end(sandbox).status == -9


def test_only_its_own_children_are_ended(zygote: Zygote) -> None:
    theirs = zygote.spawn()
    zygote.end(theirs)
    bystander = Sandbox(os.getpid(), theirs.channel, "", os.dup(0))
    with pytest.raises(SandboxError, match="no child"):
        zygote.end(bystander)


def test_a_zygote_that_was_not_started_says_so(zygote: Zygote) -> None:
    idle = Zygote(zygote.policy)
    with pytest.raises(SandboxError, match="not started"):
        _ = idle.layers
    idle.close()


BUSY = "def busy():\n    until = time.process_time() + 0.4\n    while time.process_time() < until: pass\n    return 1"
OTHER = "print('here', flush=True)\nwhile True: pass"


def test_a_limit_counts_computing_so_that_a_busy_machine_costs_no_marks(sandbox: Sandbox) -> None:
    """Four other programs on the processor of a call of 0.4 s make it take some 2 s; its limit of 1.5 s holds.

    By the clock a call has 4.5 s here, which leaves room for what else this machine does.
    """
    cell(sandbox, f"import time\n{BUSY}")
    one = {min(os.sched_getaffinity(0))}
    os.sched_setaffinity(sandbox.pid, one)
    with contextlib.ExitStack() as others:
        for _ in range(4):
            # Each in a session of its own, since Linux may share a processor between sessions first.
            command = [sys.executable, "-c", OTHER]
            other = others.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True))
            others.callback(other.kill)
            os.sched_setaffinity(other.pid, one)
            assert other.stdout is not None
            assert other.stdout.readline() == b"here\n"
        started = time.monotonic()
        assert call(sandbox, "busy", seconds=1.5) == 1
        assert time.monotonic() - started > 1.5, "the others took nothing away, so this shows nothing"


def test_waiting_has_a_limit_of_its_own(sandbox: Sandbox) -> None:
    cell(sandbox, "import time\ndef nap(seconds):\n    time.sleep(seconds)\n    return 1")
    assert call(sandbox, "nap", 0.6, seconds=0.5) == 1
    started = time.monotonic()
    assert call(sandbox, "nap", 60.0, seconds=0.5).kind == "timeout"
    assert time.monotonic() - started < 10
