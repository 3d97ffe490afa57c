"""One student's notebook, running in the sandbox: its cells, and then the requests of the tests.

A cell that hangs, eats its memory or ends the process costs that cell alone: a fresh fork runs the others
again without it. A call that does so costs that call alone: the next one finds a fresh fork.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from typing import Any

import torch

from autograder.grade import CellRun
from autograder.notebook import Notebook
from autograder.sandbox.supervisor import Sandbox, SandboxError, Zygote
from autograder.session.channel import ChannelBroken, DeadlinePassed
from autograder.session.codec import Failure


@dataclass(frozen=True)
class Limits:
    """Wall-clock limits in seconds; ``grace`` is what a limit may be overrun by code that evades the inner clock."""

    cell: float = 20.0
    notebook: float = 240.0
    grace: float = 2.0
    restarts: int = 12


class LiveSession:
    """Runs a notebook in a fork of ``zygote`` and carries requests to it."""

    def __init__(self, zygote: Zygote, notebook: Notebook, limits: Limits, slot: int = 0) -> None:
        self._zygote = zygote
        self._notebook = notebook
        self._limits = limits
        self._slot = slot
        self._sandbox: Sandbox | None = None
        self._left_out: dict[int, CellRun] = {}
        self._restarts = 0
        self.cells: dict[int, CellRun] = {}
        self.flags: list[str] = []
        self.cpu_seconds = 0.0
        self.call_seconds = 10.0  # the limit of one call; the tests of a question set it
        self.device = "cpu"

    def restart(self) -> None:
        """A fresh fork in which every cell has run, but for those that ended an earlier one."""
        while True:
            self.close()
            self._restarts += 1
            if self._restarts > self._limits.restarts:
                raise TooManyRestarts
            self._sandbox = self._zygote.spawn(self._slot)
            hello = self._sandbox.channel.ask({"op": "hello"}, 30)
            if isinstance(hello, Failure):
                raise SandboxError(f"a fork could not confine itself: {hello.message}")
            if self._run_cells():
                return

    def _run_cells(self) -> bool:
        """Run every cell that was not left out; False if one ended the process."""
        deadline = time.monotonic() + self._limits.notebook
        self.cells = dict(self._left_out)
        for cell in self._notebook.code:
            if cell.index in self._left_out:
                continue
            seconds = min(self._limits.cell, deadline - time.monotonic())
            if seconds <= 0:
                note = f"not run: the notebook's time of {self._limits.notebook:g} s was over"
                self.cells[cell.index] = CellRun(cell.index, (), None, "skipped", note=note)
                continue
            run = self._run_cell(cell.index, cell.source, seconds)
            self.cells[cell.index] = run
            if self._sandbox is None:
                self._left_out[cell.index] = run
                return False
        return True

    def _run_cell(self, index: int, source: str, seconds: float) -> CellRun:
        started = time.monotonic()
        try:
            reply = self._carry({"op": "cell", "source": source, "seconds": seconds}, seconds)
            outputs = tuple(json.loads(reply["outputs"]))
            failure = reply["failure"]
            run = CellRun(index, outputs, int(reply["execution_count"]), seconds=float(reply["seconds"]))
            if isinstance(failure, Failure):
                failure = in_our_words(failure, seconds)
                note = f"stopped after {seconds:g} s" if failure.kind == "timeout" else f"line {failure.line}"
                run = replace(run, ended=failure.kind, note=note)
            return run
        except DeadlinePassed:
            self.close()
            return CellRun(index, (), None, "timeout", time.monotonic() - started, f"stopped after {seconds:g} s")
        except (ChannelBroken, TypeError, KeyError, ValueError, OverflowError, RecursionError) as problem:
            # A reply that is no reply to a cell can only come from code that tampers with the worker.
            if not isinstance(problem, ChannelBroken) or problem.forged:
                self.flags.append("a cell answered for the grader's worker")
            self.close()
            return CellRun(index, (), None, "died", time.monotonic() - started, "this cell ended the Python process")

    def ask(self, request: dict[str, Any]) -> Any:
        """The reply to a test's request; a ``Failure`` where the student's code hung or ended the process."""
        if self._sandbox is None:
            try:
                self.restart()
            except TooManyRestarts:
                return Failure("died", "SystemExit", "the process was ended too often")
        try:
            reply = self._carry({**request, "seconds": self.call_seconds, "device": self.device}, self.call_seconds)
            return in_our_words(reply, self.call_seconds) if isinstance(reply, Failure) else reply
        except DeadlinePassed:
            self.close()
            return Failure("timeout", "TimeLimit", f"no answer within {self.call_seconds:g} s")
        except ChannelBroken as problem:
            if problem.forged:
                self.flags.append("forged or malformed reply to the grader")
            self.close()
            return Failure("died", "SystemExit", "the Python process ended during the call")

    def forget(self) -> None:
        """Let go of every object that an earlier test held."""
        if self._sandbox is not None:
            self.ask({"op": "forget"})

    def close(self) -> None:
        """End the fork."""
        if self._sandbox is not None:
            sandbox, self._sandbox = self._sandbox, None
            self.cpu_seconds += self._zygote.end(sandbox).cpu_seconds

    def _carry(self, request: dict[str, Any], seconds: float) -> Any:
        if self._sandbox is None:
            raise ChannelBroken("there is no process")
        return self._sandbox.channel.ask(request, seconds + self._limits.grace)


class TooManyRestarts(Exception):
    """The notebook keeps ending its process."""


def in_our_words(failure: Failure, seconds: float) -> Failure:
    """A failure from over there with a kind that we know, and with our words where a student reads them.

    Whoever wrote the message may have held hidden inputs: what a student's code raises can call itself anything.
    """
    kind, message = failure.kind, failure.message
    match kind:
        case "timeout":
            message = f"no answer within {seconds:g} s"
        case "missing":
            message = "A name that the question asks for is not defined"
        case "forbidden":
            message = message if _of_torch(message) else "something that is forbidden here"
        case "raised" | "not_attempted" | "memory" | "unusable":
            pass
        case _:
            kind = "raised"
    return replace(failure, kind=kind, message=message, cell="")


def _of_torch(words: str) -> bool:
    """Whether ``words`` are the name of something that torch has, and no more."""
    name = words.removeprefix("torch's ").removeprefix("torch.optim.")
    return any(hasattr(place, name) for place in (torch, torch.Tensor, torch.nn.functional, torch.optim)) and words in (
        f"torch's {name}",
        f"torch.optim.{name}",
    )
