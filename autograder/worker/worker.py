"""Runs inside a fork, confined: executes the cells of one notebook and answers requests about its objects.

It imports nothing of the trusted side: no test, no reference, no expected value. Whatever a student's
code does to this process, all it can do is answer.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from autograder.protocol.channel import AnsweringEnd
from autograder.protocol.wire import Failure
from autograder.remote.objects import Objects
from autograder.remote.surroundings import gpu_is_lost, seed_everything
from autograder.sandbox.layers import Layers
from autograder.sandbox.limits import PATIENCE
from autograder.worker.audit import Notice
from autograder.worker.shell import NotebookShell, run_cell

GPU_LOST = 75  # how a process ends whose GPU answers no more


class TimeLimit(BaseException):
    """The time for a cell or a call is over. Not an ``Exception``, so that ``except Exception`` lets it pass."""

    is_time_limit = True


class Worker:
    """One notebook's shell and objects."""

    def __init__(self, shell: NotebookShell, layers: Layers, scratch: Path) -> None:
        self._shell = shell
        self._layers = layers
        self._cells = 0
        self.objects = Objects(shell.user_ns, scratch, _is_cell_file)

    def answer(self, request: Any) -> Any:
        """The reply to one request."""
        match request:
            case {"op": "hello"}:
                return json.dumps(self._layers.to_json())
            case {"op": "probe"}:
                return self._probe(request["policy"])
            case {"op": "device"}:
                return self._device()
            case {"op": "cell"}:
                return self._cell(request)
            case {"op": str(), "seconds": float() | int() as seconds}:
                try:
                    with time_limit(float(seconds), PATIENCE * seconds):
                        return self.objects.answer(request)
                except TimeLimit as late:
                    return self.objects.failure(late)
            case _:
                return Failure("unusable", "WireError", "not a request")

    def _cell(self, request: dict[str, Any]) -> dict[str, Any]:
        self._cells += 1
        started = time.monotonic()
        try:
            with time_limit(float(request["seconds"]), float(request["wall"])):
                outputs, problem = run_cell(self._shell, request["source"], self._cells)
        except TimeLimit as late:  # it went off between the cell and here
            outputs, problem = [], late
        if gpu_is_lost():
            os._exit(
                GPU_LOST
            )  # to the GPU what a crash is to the process: a fresh fork runs the others without this cell
        failure = None if problem is None else self.objects.failure(problem)
        return {
            "outputs": json.dumps(outputs),
            "failure": failure,
            "execution_count": self._cells,
            "seconds": time.monotonic() - started,
        }

    def _probe(self, policy: str) -> str:
        from autograder.sandbox.policy import Policy
        from autograder.sandbox.probes import run_probes

        return json.dumps([vars(probe) for probe in run_probes(Policy.from_json(policy))])

    def _device(self) -> str:
        from autograder.worker.device_steps import device_steps

        return json.dumps([vars(step) for step in device_steps()])


def serve(shell: NotebookShell, layers: Layers, sock: socket.socket, work: str, seed: int, notice: Notice) -> None:
    """Answer requests until the trusted side hangs up; never returns to the zygote's code."""
    os.chdir(work)
    shell.notice = notice
    random.seed(seed)
    seed_everything(seed)
    worker = Worker(shell, layers, Path(work))
    end = AnsweringEnd(sock, worker.objects.keep)
    while True:
        try:
            nonce, request = end.receive()
            end.reply(nonce, worker.answer(request))
        except EOFError:
            return
        except TimeLimit:
            continue  # it went off after the answer was complete; the trusted side has its own clock


@contextlib.contextmanager
def time_limit(seconds: float, wall: float) -> Iterator[None]:
    """Raise ``TimeLimit`` in the code inside; code that evades it meets the supervisor's clock.

    Args:
        seconds: of computing, so that what else the machine does costs no marks.
        wall: by the clock, for code that sleeps or waits.
    """
    signal.signal(signal.SIGALRM, _on_alarm)
    signal.signal(signal.SIGPROF, _on_alarm)
    signal.setitimer(signal.ITIMER_REAL, wall, 0.2)
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _on_alarm(number: int, frame: FrameType | None) -> None:
    raise TimeLimit("the time limit is over")


def _is_cell_file(name: str) -> bool:
    return "ipython-input" in name or "ipykernel" in name
