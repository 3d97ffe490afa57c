"""One student's notebook, running in the sandbox: its cells, and then the requests of the tests.

A cell that hangs, eats its memory or ends the process costs that cell alone: a fresh fork runs the others
again without it. A call that does so costs that call alone: the next one finds a fresh fork.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from autograder.protocol.channel import ChannelBroken, DeadlinePassed
from autograder.protocol.decoder import decode
from autograder.protocol.encoder import encode
from autograder.protocol.wire import Failure, WireError
from autograder.results import CellRun
from autograder.sandbox.limits import PATIENCE
from autograder.session.claims import MAX_NOTEBOOK, NotAReply, cell_run, in_our_words, size_of
from autograder.session.supervisor import Sandbox, SandboxError, Zygote
from autograder.submission.notebook import Notebook


@dataclass(frozen=True)
class Limits:
    """Limits in seconds.

    ``cell`` is of computing, like the limit of a call; by the clock it may be ``patience`` times as long. ``notebook``
    and ``total`` are by the clock: ``total`` is for everything that one submission does, without which calls that each
    stay just below their limit would hold up the class. ``grace`` is what code may overrun that evades the inner clock.
    """

    cell: float = 20.0
    notebook: float = 240.0
    grace: float = 2.0
    restarts: int = 12
    total: float = 900.0
    patience: float = PATIENCE


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
        self._deadline = time.monotonic() + limits.total
        self._room = MAX_NOTEBOOK
        self.cells: dict[int, CellRun] = {}
        self.flags: list[str] = []
        self.cpu_seconds = 0.0
        self.call_seconds = 10.0  # the limit of one call; the tests of a question set it
        self.device = "cpu"
        self.not_again: frozenset[int] = frozenset()  # cells that a later fork need not run

    def restart(self) -> None:
        """A fresh fork in which every cell has run, but for those that ended an earlier one."""
        while True:
            self.close()
            self._restarts += 1
            if self._restarts > self._limits.restarts:
                raise TooManyRestarts
            self._sandbox = self._zygote.spawn(self._slot)
            hello = self._greet(self._sandbox)
            if isinstance(hello, Failure):
                raise SandboxError(f"a fork could not confine itself: {hello.message}")
            if self._run_cells():
                return

    def _greet(self, sandbox: Sandbox) -> Any:
        try:
            return sandbox.channel.ask({"op": "hello"}, 30)
        except (ChannelBroken, DeadlinePassed) as problem:  # no code of the student's has run yet
            raise SandboxError(f"a fork did not answer: {problem or 'its time was over'}") from problem

    def _run_cells(self) -> bool:
        """Run every cell that was not left out; False if one ended the process."""
        deadline = min(time.monotonic() + self._limits.notebook, self._deadline)
        self.cells = dict(self._left_out)
        self._room = MAX_NOTEBOOK
        for cell in self._notebook.code:
            if cell.index in self._left_out or cell.index in self.not_again:
                continue
            left = deadline - time.monotonic()
            if left <= 0:
                note = "not run: the time for the whole notebook was over"
                self.cells[cell.index] = CellRun(cell.index, (), None, "skipped", note=note)
                continue
            run = self._run_cell(cell.index, cell.source, min(self._limits.cell, left), left)
            self.cells[cell.index] = run
            if self._sandbox is None:
                self._left_out[cell.index] = run
                return False
        return True

    def _run_cell(self, index: int, source: str, seconds: float, left: float) -> CellRun:
        started = time.monotonic()
        try:
            wall = min(self._limits.patience * seconds, left)
            reply = self._carry({"op": "cell", "source": source, "seconds": seconds, "wall": wall}, wall)
            run = cell_run(index, reply, seconds, self._room)
            self._room -= size_of(run.outputs)
            return replace(run, seconds=time.monotonic() - started)
        except DeadlinePassed:
            self.close()
            return CellRun(
                index, (), None, "timeout", time.monotonic() - started, f"stopped after more than {seconds:g} s"
            )
        except (ChannelBroken, NotAReply) as problem:
            # A reply that is no reply to a cell can only come from code that tampers with the worker.
            if not isinstance(problem, ChannelBroken) or problem.forged:
                self.flags.append("a cell answered for the grader's worker")
            self.close()
            return CellRun(index, (), None, "died", time.monotonic() - started, "this cell ended the Python process")

    def ask(self, request: dict[str, Any]) -> Any:
        """The reply to a test's request; a ``Failure`` where the student's code hung or ended the process."""
        return self.understand(self.exchange(self.phrase(request)))

    def phrase(self, request: dict[str, Any]) -> bytes:
        """The request as it goes over there, with the limit and the device of the question."""
        place = {} if self.device == "cpu" else {"device": self.device}
        return encode({**request, "seconds": self.call_seconds, **place})

    def exchange(self, body: bytes) -> bytes | Failure:
        """What came back for a phrased request, not yet read; a ``Failure`` where nothing did."""
        if time.monotonic() > self._deadline:
            self.close()
            return Failure("timeout", "TimeLimit", f"the submission's time of {self._limits.total:g} s was over")
        if self._sandbox is None:
            try:
                self.restart()
            except TooManyRestarts:
                return Failure("died", "SystemExit", "the process was ended too often")
        if self._sandbox is None:
            raise SandboxError("there is no process")
        try:
            return self._sandbox.channel.exchange(body, PATIENCE * self.call_seconds + self._limits.grace)
        except DeadlinePassed:
            self.close()
            return Failure("timeout", "TimeLimit", f"no answer within {self.call_seconds:g} s")
        except ChannelBroken as problem:
            return self.died(forged=problem.forged)

    def understand(self, reply: bytes | Failure) -> Any:
        """What a reply says."""
        if isinstance(reply, Failure):
            return reply
        try:
            said = decode(reply)
        except WireError:
            return self.died(forged=True)
        if not isinstance(said, Failure):
            return said
        if said.type_name == "AcceleratorError" or "CUDA error" in said.message:
            self.close()  # the GPU answers this process no more: a fresh fork takes the next request
        return in_our_words(said, self.call_seconds)

    def died(self, *, forged: bool) -> Failure:
        """End the fork: it hung up, or (``forged``, which is flagged) gave a reply that no worker of ours gives."""
        if forged:
            self.flags.append("forged or malformed reply to the grader")
        self.close()
        return Failure("died", "SystemExit", "the Python process ended during the call")

    @property
    def forks(self) -> int:
        """How many there were so far."""
        return self._restarts

    def close(self) -> None:
        """End the fork."""
        if self._sandbox is not None:
            sandbox, self._sandbox = self._sandbox, None
            ending = self._zygote.end(sandbox)
            self.cpu_seconds += ending.cpu_seconds
            self.flags += ending.tried

    def _carry(self, request: dict[str, Any], seconds: float) -> Any:
        if self._sandbox is None:
            raise ChannelBroken("there is no process")
        return self._sandbox.channel.ask(request, seconds + self._limits.grace)


class TooManyRestarts(Exception):
    """The notebook keeps ending its process."""
