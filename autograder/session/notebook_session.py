"""One student's notebook, running in the sandbox: its cells, and then the requests of the tests.

A cell that hangs, eats its memory or ends the process costs that cell alone: a fresh fork runs the others
again without it. A call that does so costs that call alone: the next one finds a fresh fork. The notebook need
not be run to its end: a question may be asked at its test cell, with the cells above it run.
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


_FIRST = -(1 << 30)  # above every cell: what a door puts before a notebook has negative places
CALL_SECONDS = 10.0  # as a question's own limit, unless it states another


class LiveSession:
    """Runs a notebook in a fork of ``zygote`` and carries requests to it."""

    def __init__(self, zygote: Zygote, notebook: Notebook, limits: Limits, slot: int = 0) -> None:
        self._zygote = zygote
        self._notebook = notebook
        self._limits = limits
        self._slot = slot
        self._sandbox: Sandbox | None = None
        self._left_out: dict[int, CellRun] = {}
        self._restarts = 0  # since the session was opened
        self._upto: int | None = None  # the cell above which all have run; None: every cell
        self._next = _FIRST  # the cell at which the present fork goes on
        self._unseen = False
        self._spent = 0.0  # seconds of the notebook's own limit that the present fork has used
        self._deadline = time.monotonic() + limits.total
        self._room = MAX_NOTEBOOK
        self.cells: dict[int, CellRun] = {}
        self.flags: list[str] = []
        self.cpu_seconds = 0.0
        self.forks = 0

    def open_unseen(self, upto: int | None) -> None:
        """Begin again in a fresh fork, in which the cells above ``upto`` have run and whose outputs nobody reads.

        Nothing that an earlier fork was told is in it. Pictures are not drawn there.
        """
        self._restarts, self._unseen, self._upto = 0, True, upto
        self.restart()

    def advance(self, upto: int | None) -> None:
        """Run on to the cell ``upto``, or to the end; in a fresh fork if the present one has ended."""
        self._upto = upto
        if self._sandbox is None or not self._run_cells():
            self.restart()

    def restart(self) -> None:
        """A fresh fork in which the cells have run that are to run, but for those that ended an earlier one.

        Raises:
            TooManyRestarts: the notebook keeps ending its process.
        """
        while True:
            self.close()
            self._restarts += 1
            self.forks += 1
            if self._restarts > self._limits.restarts:
                raise TooManyRestarts
            self._sandbox = self._zygote.spawn(self._slot)
            self.cells, self._next, self._spent, self._room = dict(self._left_out), _FIRST, 0.0, MAX_NOTEBOOK
            hello = self._greet(self._sandbox)
            if isinstance(hello, Failure):
                raise SandboxError(f"a fork could not confine itself: {hello.message}")
            if self._run_cells():
                return

    def _greet(self, sandbox: Sandbox) -> Any:
        try:
            return sandbox.channel.ask({"op": "hello", "unseen": self._unseen}, 30)
        except (ChannelBroken, DeadlinePassed) as problem:  # no code of the student's has run yet
            raise SandboxError(f"a fork did not answer: {problem or 'its time was over'}") from problem

    def _run_cells(self) -> bool:
        """Run the cells that are to come; whether the fork lives on."""
        upto = self._notebook.end if self._upto is None else self._upto
        started = time.monotonic()
        deadline = min(started + self._limits.notebook - self._spent, self._deadline)
        for cell in self._notebook.code:
            if not self._next <= cell.index < upto or cell.index in self._left_out:
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
        self._next = max(self._next, upto)
        self._spent += time.monotonic() - started
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
        """The reply to a request that is of no question; a ``Failure`` where the code hung or ended the process."""
        return Requests(self, CALL_SECONDS).ask(request)

    def exchange(self, body: bytes, seconds: float) -> bytes | Failure:
        """What came back for a phrased request within ``seconds`` of computing; a ``Failure`` where nothing did."""
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
            return self._sandbox.channel.exchange(body, PATIENCE * seconds + self._limits.grace)
        except DeadlinePassed:
            self.close()
            return Failure("timeout", "TimeLimit", f"no answer within {seconds:g} s")
        except ChannelBroken as problem:
            return self.died(forged=problem.forged)

    def died(self, *, forged: bool) -> Failure:
        """End the fork: it hung up, or (``forged``, which is flagged) gave a reply that no worker of ours gives."""
        if forged:
            self.flags.append("forged or malformed reply to the grader")
        self.close()
        return Failure("died", "SystemExit", "the Python process ended during the call")

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


@dataclass(frozen=True)
class Requests:
    """Carries the requests of one question to a session, each with the limit of its calls and the device.

    Args:
        seconds: of computing, for one call.
        device: where tensors are put: ``cpu`` or ``cuda``.
        own_state: leave the student's own settings of torch and NumPy in force during a call.
    """

    session: LiveSession
    seconds: float
    device: str = "cpu"
    own_state: bool = False

    def ask(self, request: dict[str, Any]) -> Any:
        """The reply to a test's request; a ``Failure`` where the student's code hung or ended the process."""
        return self.understand(self.exchange(self.phrase(request)))

    def phrase(self, request: dict[str, Any]) -> bytes:
        """The request as it goes over there."""
        place = {} if self.device == "cpu" else {"device": self.device}
        state = {"own_state": True} if self.own_state else {}
        return encode({**request, "seconds": self.seconds, **place, **state})

    def exchange(self, body: bytes) -> bytes | Failure:
        """What came back for a phrased request, not yet read; a ``Failure`` where nothing did."""
        return self.session.exchange(body, self.seconds)

    def understand(self, reply: bytes | Failure) -> Any:
        """What a reply says."""
        if isinstance(reply, Failure):
            return reply
        try:
            said = decode(reply)
        except WireError:
            return self.session.died(forged=True)
        if isinstance(said, Failure) and said.kind == "ours":
            self.session.flags.append("the grader's own code failed in the notebook's process")
        return in_our_words(said, self.seconds) if isinstance(said, Failure) else said


class TooManyRestarts(Exception):
    """The notebook keeps ending its process."""
