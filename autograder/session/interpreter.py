"""A warm interpreter on the trusted side's string: started by exec, told what to do in JSON, ended with what it forked.

What it forks into, and how that is spoken to, stands in ``supervisor`` (notebooks of this course) and ``kernels``
(notebooks of any). This module imports nothing of either.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from autograder.errors import ReportedError
from autograder.sandbox.layers import Layers
from autograder.sandbox.policy import Policy
from autograder.sandbox.preconditions import ConfinementError

# A start takes 7 s of computing where it was measured. By the clock it may take long where many others compute.
START_CPU_SECONDS, START_WALL_SECONDS = 120.0, 1200.0
COMMAND_SECONDS = 120.0  # for a fork, or its end: milliseconds, and a busy machine
_BOOT = "import sys; sys.path.insert(0, {root!r}); from autograder.worker.zygote import main; main({fd})"
_PASSED_ON = ("LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES")


class SandboxError(ReportedError):
    """The sandbox itself failed: our fault, and never a student's zero."""


class WarmInterpreter:
    """A warm interpreter under supervision; a context manager.

    Args:
        policy: what its forks may read and use.
        warm: what it makes warm before it forks, as ``worker.zygote`` reads it.
    """

    def __init__(self, policy: Policy, warm: dict[str, Any]) -> None:
        self.policy = policy
        self._warm = warm
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._pid = 0  # of what gets warm: its process, or the one that it is a copy of
        self._copies: list[tuple[WarmInterpreter, socket.socket]] = []
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        self._profile = ""  # a folder, while there is one
        self._layers: Layers | None = None

    @property
    def layers(self) -> Layers:
        """The layers that hold its forks."""
        if self._layers is None:
            raise SandboxError("the sandbox is not started")
        return self._layers

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Exec the interpreter and wait until it is warm and locked down; raises as ``wait`` does."""
        self.begin()
        self.wait()

    def copied_for(self, other: WarmInterpreter) -> None:
        """Let ``other`` hold a copy of this one, which forks itself for it when it is warm; before ``begin``.

        A copy costs a fork, where one more start costs seconds. It ends when ``other`` is closed, or this one.
        """
        other._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        other._control.settimeout(COMMAND_SECONDS)
        other._log.close()
        other._log = self._log
        self._copies.append((other, theirs))

    def begin(self) -> None:
        """Exec the interpreter; it gets warm while this process does something else.

        Raises:
            SandboxError: it cannot be told what to do.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        root = str(Path(__file__).resolve().parents[2])
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _BOOT.format(root=root, fd=theirs.fileno())],
            pass_fds=[theirs.fileno()], env=_clean_environment(), cwd="/",
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self._log,
        )  # fmt: skip
        theirs.close()
        self._control = ours
        ours.settimeout(COMMAND_SECONDS)
        self._profile = tempfile.mkdtemp(prefix="profile-")
        settings = {**self._warm, "policy": self.policy.to_json(), "profile": self._profile}
        try:
            self._tell(settings, [end.fileno() for _, end in self._copies])
        except SandboxError:
            self.close()  # nobody will: it never started
            raise
        self._pid = self._process.pid
        for copy, end in self._copies:
            copy._pid = self._pid
            end.close()
        self._copies.clear()

    def wait(self) -> None:
        """Wait until the interpreter is warm and locked down.

        Raises:
            ConfinementError: a layer that grading demands is missing here.
            SandboxError: it did not start.
        """
        try:
            self._wait_while_it_computes()
            reply = self._answer()
        except SandboxError:
            self.close()
            raise
        if "error" in reply:
            kind, _, words = str(reply["error"]).partition(": ")
            raise (ConfinementError if kind == "ConfinementError" else SandboxError)(words or kind)
        self._layers = Layers.from_json(reply["ready"])

    def let_go(self) -> None:
        """In a fork of the process that started it: leave it to that one."""
        if self._control is not None:
            self._control.close()
            self._control = None

    def close(self) -> None:
        """End the interpreter and its forks."""
        if self._control is not None:
            # Where it has not said that it is warm there are no forks yet, and it would hear of the end only later.
            if self._process is not None and self._layers is None and not select.select([self._control], [], [], 0)[0]:
                self._process.kill()
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._profile:  # it removes this folder itself when it is warm
            shutil.rmtree(self._profile, ignore_errors=True)
            self._profile = ""
        self._log.close()

    def _wait_while_it_computes(self) -> None:
        """Wait for what the start says, until it has computed, or taken by the clock, longer than any start does."""
        if self._control is None:
            raise SandboxError("the sandbox is not started")
        started = time.monotonic()
        while not select.select([self._control], [], [], 1.0)[0]:
            computed, taken = _cpu_seconds(self._pid), time.monotonic() - started
            if computed > START_CPU_SECONDS or taken > START_WALL_SECONDS:
                words = f"it was not warm after {computed:.0f} s of computing, {taken:.0f} s by the clock"
                raise SandboxError(f"the warm interpreter does not start: {words}{self._last_words()}")

    def _command(self, command: dict[str, Any], fds: Sequence[int] = ()) -> dict[str, Any]:
        self._tell(command, fds)
        return self._answer()

    def _tell(self, command: dict[str, Any], fds: Sequence[int] = ()) -> None:
        if self._control is None:
            raise SandboxError("the sandbox is not started")
        try:
            socket.send_fds(self._control, [json.dumps(command).encode()], list(fds))
        except OSError as problem:
            raise SandboxError(f"the warm interpreter does not answer: {problem}{self._last_words()}") from problem

    def _answer(self) -> dict[str, Any]:
        assert self._control is not None
        try:
            answer = self._control.recv(1 << 18)
        except OSError as problem:
            raise SandboxError(f"the warm interpreter does not answer: {problem}{self._last_words()}") from problem
        if not answer:
            raise SandboxError(f"the warm interpreter ended{self._last_words()}")
        reply: dict[str, Any] = json.loads(answer)
        return reply

    def _last_words(self) -> str:
        self._log.seek(0)
        words = self._log.read()[-2000:].decode("utf-8", "replace").strip()
        return f":\n{words}" if words else ""


def _cpu_seconds(pid: int) -> float:
    """What a process and its children have computed; 0 where the system does not tell."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if folder.name == str(pid) or fields[1] == str(pid):
            total += sum(map(int, fields[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


def _clean_environment() -> dict[str, str]:
    """Nothing of ours, one thread for every library, and CUDA asked about without being started."""
    own = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    one_thread = dict.fromkeys(
        (
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS",
            "NUMEXPR_NUM_THREADS",
            "VECLIB_MAXIMUM_THREADS",
        ),
        "1",
    )
    folder = tempfile.gettempdir()
    return {
        **own,
        **one_thread,
        "PATH": "/usr/bin:/bin",
        "HOME": folder,
        "MPLCONFIGDIR": os.path.join(folder, f"matplotlib-{os.getuid()}"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
        "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "NBGRADER_EXECUTION": "autograde",
    }
