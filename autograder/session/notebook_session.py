"""One student's notebook, running in the sandbox: its cells, and then the requests of the tests.

A cell that hangs, eats its memory or ends the process costs its statements alone: a fresh fork runs the others
again, and of that cell what it defines. A call that does so costs that call alone: the next one finds a fresh fork.
The notebook need not be run to its end: a question may be asked at its test cell, with the cells above it run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.protocol.channel import ChannelBroken, DeadlinePassed
from autograder.protocol.decoder import decode
from autograder.protocol.encoder import encode
from autograder.protocol.wire import FAILED, Failure, WireError
from autograder.results import CellRun
from autograder.sandbox.limits import PATIENCE, waited
from autograder.session.beside import Beside, lay_out
from autograder.session.claims import MAX_NOTEBOOK, NotAReply, cell_run, in_our_words, size_of
from autograder.session.patience import Limits as Limits
from autograder.session.patience import Patience, Plan
from autograder.session.supervisor import Sandbox, SandboxError, Zygote
from autograder.submission.notebook import Cell, Notebook

_FIRST = -(1 << 30)  # above every cell: what a door puts before a notebook has negative places
CALL_SECONDS = 10.0  # as a question's own limit, unless it states another


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
        self._restarts = 0  # since the session was opened
        self._upto: int | None = None  # the cell above which all have run; None: every cell
        self._next = _FIRST  # the cell at which the present fork goes on
        self._unseen = False
        self._spent = 0.0  # seconds that the cells of the present fork have computed
        self._deadline = time.monotonic() + limits.patience * limits.total
        self._room = MAX_NOTEBOOK
        self.cells: dict[int, CellRun] = {}
        self.flags: list[str] = list(notebook.flags)
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

    def put(self, source: str) -> None:
        """Run a cell of the grader's own in the present fork; where that fails, the notebook's own names stand.

        A later fork knows nothing of it.
        """
        seconds = self._limits.grace
        request = {"op": "cell", "source": source, "number": 0, "seconds": seconds, "wall": seconds}
        try:
            self._carry(request, seconds)
        except (ChannelBroken, DeadlinePassed):
            self.close()

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
            self.cells, self._next, self._spent, self._room = dict(self._patience.left_out), _FIRST, 0.0, MAX_NOTEBOOK
            hello = self._greet(self._sandbox)
            if isinstance(hello, Failure):
                raise SandboxError(f"a fork could not confine itself: {hello.message}")
            self.flags += [flag for flag in lay_out(self._sandbox.channel, self._files) if flag not in self.flags]
            self._tell_share()
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
        deadline = min(self._clock() + self._limits.patience * self._limits.notebook, self._deadline)
        for cell in self._notebook.code:
            if not self._next <= cell.index < upto or cell.index in self._patience.left_out:
                continue
            left = deadline - self._clock()
            if left <= 0:
                note = "not run: the time for the whole notebook was over"
                self.cells[cell.index] = CellRun(cell.index, (), None, "skipped", note=note)
                continue
            plan, before = self._patience.plan(cell, self._spent), self._computed()
            run, stopped_at = self._run_cell(cell, plan, left)
            lives = self._sandbox is not None
            self.cells[cell.index] = self._patience.take(plan, run, stopped_at, lives=lives)
            if not lives:
                return False
            self._spent += self._computed() - before
        self._next = max(self._next, upto)
        return True

    @property
    def computed(self) -> float:
        """Seconds that all forks of this session have computed so far."""
        return self.cpu_seconds + self._computed()

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
            if not isinstance(problem, ChannelBroken):
                self.flags.append(str(problem))
            elif problem.forged:
                self.flags.append(str(NotAReply()))
            self.close()
            note = "this cell ended the Python process"
            return CellRun(index, (), None, "died", time.monotonic() - started, note), None

    def ask(self, request: dict[str, Any]) -> Any:
        """The reply to a request that is of no question; a ``Failure`` where the code hung or ended the process."""
        return Requests(self, CALL_SECONDS).ask(request)

    def exchange(self, body: bytes, seconds: float) -> bytes | Failure:
        """What came back for a phrased request within ``seconds`` of computing; a ``Failure`` where nothing did."""
        if self._clock() > self._deadline or self.computed > self._limits.total:
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
            wall = PATIENCE * seconds * self._patience.share + self._limits.grace
            return self._sandbox.channel.exchange(body, wall, self._starved(seconds))
        except DeadlinePassed:
            self.close()
            return self.hung(seconds)
        except ChannelBroken as problem:
            return self.died(forged=problem.forged)

    def died(self, *, forged: bool) -> Failure:
        """End the fork: it hung up, or (``forged``, which is flagged) gave a reply that no worker of ours gives."""
        if forged:
            self.flags.append("forged or malformed reply to the grader")
        self.close()
        return Failure("died", "SystemExit", "the Python process ended during the call")

    def hung(self, seconds: float) -> Failure:
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
        more = self._starved(request["seconds"])
        return self._sandbox.channel.ask(request, seconds + self._limits.grace, more)

    def _starved(self, seconds: float) -> Callable[[], float]:
        """Tells for how long, from now on, the fork was kept waiting by other processes.

        Nothing is given to one that has computed its ``seconds``: threads of its own can keep it waiting as well.
        """
        assert self._sandbox is not None
        pid, computed, before = self._sandbox.pid, self._computed(), waited(self._sandbox.pid)

        def told() -> float:
            return 0.0 if self._computed() - computed > seconds + self._limits.grace else waited(pid) - before

        return told

    def _clock(self) -> float:
        """The time, less what the present fork was kept waiting by other processes."""
        return time.monotonic() - (0.0 if self._sandbox is None else waited(self._sandbox.pid))


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

    def exchange_all(self, bodies: list[bytes]) -> list[bytes] | Failure:
        """What came back for phrased requests that cross in one message: nothing after the first that failed."""
        replies = self.understand(self.exchange(encode({"op": "several", "bodies": bodies})))
        if isinstance(replies, Failure):
            return replies
        whole = isinstance(replies, list) and 0 < len(replies) <= len(bodies)
        if not whole or not all(isinstance(reply, bytes) for reply in replies):
            return self.session.died(forged=True)  # no worker of ours says that
        if len(replies) < len(bodies) and not replies[-1].startswith(FAILED):
            return self.session.died(forged=True)
        told: list[bytes] = replies
        return told

    def understand(self, reply: bytes | Failure) -> Any:
        """What a reply says."""
        if isinstance(reply, Failure):
            return reply
        try:
            said = decode(reply)
        except WireError:
            return self.session.died(forged=True)
        if not isinstance(said, Failure):
            return said
        if said.kind == "ours":
            self.session.flags.append("the grader's own code failed in the notebook's process")
        if said.type_name == "AcceleratorError" or "CUDA error" in said.message:
            self.session.close()  # the GPU answers this process no more: a fresh fork takes the next request
        return self.session.hung(self.seconds) if said.kind == "timeout" else in_our_words(said, self.seconds)


class TooManyRestarts(Exception):
    """The notebook keeps ending its process."""


def run_to(session: LiveSession, place: int | None, *, begin: bool) -> None:
    """Bring the session to the cell at ``place``, in a fresh fork (``begin``) or from further up."""
    try:
        session.open_unseen(place) if begin else session.advance(place)
    except TooManyRestarts:
        session.flags.append("the notebook ends its process again and again")
