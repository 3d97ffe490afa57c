"""One student's notebook, running in the sandbox: its cells, and then the requests of the tests.

A cell that hangs, eats its memory or ends the process costs its statements alone: a fresh fork runs the others
again, and of that cell what it defines. A call that does so costs that call alone: the next one finds a fresh fork.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograder.protocol.channel import ChannelBroken, DeadlinePassed
from autograder.protocol.decoder import decode
from autograder.protocol.encoder import encode
from autograder.protocol.wire import Failure, WireError
from autograder.results import CellRun
from autograder.sandbox.limits import PATIENCE
from autograder.session.beside import Beside, lay_out
from autograder.session.claims import MAX_NOTEBOOK, NotAReply, cell_run, in_our_words, size_of
from autograder.session.patience import Limits as Limits
from autograder.session.patience import Patience, Plan
from autograder.session.supervisor import Sandbox, SandboxError, Zygote
from autograder.submission.notebook import Cell, Notebook


class LiveSession:
    """Runs a notebook in a fork of ``zygote`` and carries requests to it.

    Args:
        files: what was handed in beside the notebook.
    """

    def __init__(
        self, zygote: Zygote, notebook: Notebook, limits: Limits, slot: int = 0, files: Sequence[Beside] = ()
    ) -> None:
        self._zygote = zygote
        self._notebook = notebook
        self._limits = limits
        self._slot = slot
        self._sandbox: Sandbox | None = None
        self._files = files
        self._patience = Patience(limits)
        self._restarts = 0
        self._deadline = time.monotonic() + limits.patience * limits.total
        self._room = MAX_NOTEBOOK
        self.cells: dict[int, CellRun] = {}
        self.flags: list[str] = list(notebook.flags)
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
            self.flags += [flag for flag in lay_out(self._sandbox.channel, self._files) if flag not in self.flags]
            self._tell_share()
            if self._run_cells():
                return

    def _greet(self, sandbox: Sandbox) -> Any:
        try:
            return sandbox.channel.ask({"op": "hello"}, 30)
        except (ChannelBroken, DeadlinePassed) as problem:  # no code of the student's has run yet
            raise SandboxError(f"a fork did not answer: {problem or 'its time was over'}") from problem

    def _run_cells(self) -> bool:
        """Run every cell that was not left out; False if one ended the process."""
        deadline = min(time.monotonic() + self._limits.patience * self._limits.notebook, self._deadline)
        self.cells = dict(self._patience.left_out)
        self._room = MAX_NOTEBOOK
        for cell in self._notebook.code:
            if cell.index in self._patience.left_out or cell.index in self.not_again:
                continue
            left = deadline - time.monotonic()
            if left <= 0:
                note = "not run: the time for the whole notebook was over"
                self.cells[cell.index] = CellRun(cell.index, (), None, "skipped", note=note)
                continue
            plan = self._patience.plan(cell, self._computed())
            run, stopped_at = self._run_cell(cell, plan, left)
            lives = self._sandbox is not None
            self.cells[cell.index] = self._patience.take(plan, run, stopped_at, lives=lives)
            if not lives:
                return False
        return True

    def _computed(self) -> float:
        """Seconds that the present fork has computed so far, by the system's account and not its own."""
        if self._sandbox is None:
            return 0.0
        try:
            return time.clock_gettime(~self._sandbox.pid << 3 | 2)  # the clock of that process
        except OSError:  # it has ended
            return 0.0

    def _run_cell(self, cell: Cell, plan: Plan, left: float) -> tuple[CellRun, int | None]:
        """How a cell ran, and at which of its statements it was stopped for its time."""
        index, started, seconds = cell.index, time.monotonic(), min(plan.seconds, left)
        try:
            wall = min(self._limits.patience * seconds, left)
            request = {"op": "cell", "source": cell.source, "number": index + 1, "seconds": seconds, "wall": wall}
            reply = self._carry({**request, "leave_out": plan.leave_out}, wall)
            run = cell_run(index, reply, seconds, self._room)
            self._room -= size_of(run.outputs)
            run = replace(run, seconds=time.monotonic() - started)
            stopped_at = reply.get("stopped_at")
            return run, stopped_at if isinstance(stopped_at, int) and stopped_at >= 0 else None
        except DeadlinePassed:
            self.close()
            note = f"stopped after more than {seconds:g} s"
            return CellRun(index, (), None, "timeout", time.monotonic() - started, note), None
        except (ChannelBroken, NotAReply) as problem:
            # A reply that is no reply to a cell can only come from code that tampers with the worker.
            if not isinstance(problem, ChannelBroken) or problem.forged:
                self.flags.append("a cell answered for the grader's worker")
            self.close()
            note = "this cell ended the Python process"
            return CellRun(index, (), None, "died", time.monotonic() - started, note), None

    def ask(self, request: dict[str, Any]) -> Any:
        """The reply to a test's request; a ``Failure`` where the student's code hung or ended the process."""
        return self.understand(self.exchange(self.phrase(request)))

    def phrase(self, request: dict[str, Any]) -> bytes:
        """The request as it goes over there, with the limit and the device of the question."""
        place = {} if self.device == "cpu" else {"device": self.device}
        return encode({**request, "seconds": self.call_seconds, **place})

    def exchange(self, body: bytes) -> bytes | Failure:
        """What came back for a phrased request, not yet read; a ``Failure`` where nothing did."""
        if time.monotonic() > self._deadline or self.cpu_seconds + self._computed() > self._limits.total:
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
            wall = PATIENCE * self.call_seconds * self._patience.share + self._limits.grace
            return self._sandbox.channel.exchange(body, wall)
        except DeadlinePassed:
            self.close()
            return self._hung(self.call_seconds)
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
        if isinstance(said, Failure) and said.kind == "ours":
            self.flags.append("the grader's own code failed in the notebook's process")
        if not isinstance(said, Failure):
            return said
        return self._hung(self.call_seconds) if said.kind == "timeout" else in_our_words(said, self.call_seconds)

    def _hung(self, seconds: float) -> Failure:
        """What is said of a call that hung; after some of them the next ones get shorter limits."""
        told = Failure("timeout", "TimeLimit", f"no answer within {seconds * self._patience.share:.3g} s")
        if self._patience.hung():
            self._tell_share()
        return told

    def _tell_share(self) -> None:
        if self._sandbox is not None and self._patience.share < 1:
            try:
                self._sandbox.channel.ask({"op": "share", "of": self._patience.share}, self._limits.grace)
            except (ChannelBroken, DeadlinePassed):
                self.close()

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
