"""The trusted side's hold on the sandbox: starts the zygote, asks for forks, keeps the clock, and ends them."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from autograder.sandbox.confinement import ConfinementError, Layers, Policy
from autograder.session.channel import AskingEnd

START_SECONDS = 120.0
_BOOT = "import sys; sys.path.insert(0, {root!r}); from autograder.sandbox.zygote import main; main({fd})"
_PASSED_ON = ("LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES")


class SandboxError(RuntimeError):
    """The sandbox itself failed: our fault, and never a student's zero."""


@dataclass(frozen=True)
class Ending:
    """How a confined process ended: exit code (negative: a signal) and what it used."""

    status: int
    cpu_seconds: float
    max_rss: int


@dataclass
class Sandbox:
    """One confined process, with the trusted end of its channel."""

    pid: int
    channel: AskingEnd
    work: str


class Zygote:
    """A warm interpreter under supervision; a context manager.

    Args:
        policy: what its forks may read and use.
        device: ``cpu`` or ``cuda``, where the forks put tensors.
    """

    def __init__(self, policy: Policy, device: str = "cpu") -> None:
        self.policy = policy
        self.device = device
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        self._layers: Layers | None = None
        self._folders: list[tempfile.TemporaryDirectory[str]] = []

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
        """Exec the interpreter and wait until it is warm and locked down.

        Raises:
            ConfinementError: a layer that grading demands is missing here.
            SandboxError: it did not start.
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
        ours.settimeout(START_SECONDS)
        reply = self._command({"policy": self.policy.to_json(), "cuda": self.device == "cuda"})
        if "error" in reply:
            kind, _, words = str(reply["error"]).partition(": ")
            raise (ConfinementError if kind == "ConfinementError" else SandboxError)(words or kind)
        self._layers = Layers.from_json(reply["ready"])

    def spawn(self, slot: int = 0) -> Sandbox:
        """Fork a confined process and shake hands with it.

        Raises:
            SandboxError: the fork could not confine itself, or did not answer.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        work = "/notebook" if self.layers.mount.ok else self._folder()
        command = {"op": "spawn", "slot": slot, "work": work, "seed": secrets.randbits(31)}
        try:
            pid = int(self._command(command, theirs.fileno())["pid"])
        finally:
            theirs.close()
        return Sandbox(pid, AskingEnd(ours), work)

    def end(self, sandbox: Sandbox) -> Ending:
        """Kill the process, and everything that it left behind."""
        sandbox.channel.close()
        reply = self._command({"op": "end", "pid": sandbox.pid})
        if "error" in reply:
            raise SandboxError(str(reply["error"]))
        return Ending(int(reply["status"]), float(reply["cpu_seconds"]), int(reply["max_rss"]))

    def close(self) -> None:
        """End the interpreter and its forks."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        for folder in self._folders:
            folder.cleanup()
        self._folders.clear()
        self._log.close()

    def _folder(self) -> str:
        folder = tempfile.TemporaryDirectory(prefix="notebook-", ignore_cleanup_errors=True)
        self._folders.append(folder)
        return folder.name

    def _command(self, command: dict[str, Any], fd: int | None = None) -> dict[str, Any]:
        if self._control is None:
            raise SandboxError("the sandbox is not started")
        try:
            socket.send_fds(self._control, [json.dumps(command).encode()], [] if fd is None else [fd])
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
