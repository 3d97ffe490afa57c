"""Kernels for notebooks of any course: a warm interpreter that forks them, confined under the profile ``course``."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.policy import Policy
from autograder.sandbox.preconditions import ConfinementError
from autograder.sandbox.probes import Probe, verdict
from autograder.session.interpreter import SandboxError, WarmInterpreter

MAX_MESSAGE = 1 << 20  # from the interpreter: a word, an error, or what its probes found
START_SECONDS = 60.0  # for a fork to confine itself: it takes 0.1 s where nothing else runs
CHANNELS = ("shell", "stdin", "control", "iopub")  # as ``worker.kernels`` takes their sockets


@dataclass
class ConfinedFork:
    """A confined process that waits to be told to be a kernel.

    Args:
        folder: a descriptor of its work folder, which exists as long as this is open, whatever became of the process.
        handle: a descriptor of the process, which can be read when it has ended.
    """

    pid: int
    channel: socket.socket
    folder: int
    handle: int

    def be_kernel(
        self, sockets: Sequence[socket.socket], key: str, environment: Mapping[str, str], path: Sequence[str]
    ) -> None:
        """Let it be a kernel on ``sockets``, one for each of ``CHANNELS``."""
        request = {"op": "kernel", "key": key, "environment": dict(environment), "path": list(path)}
        socket.send_fds(self.channel, [json.dumps(request).encode()], [end.fileno() for end in sockets])

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return not select.select([self.handle], [], [], 0)[0]

    @property
    def last_words(self) -> str:
        """What it said when it ended before it was a kernel; "" for nothing."""
        with contextlib.suppress(OSError, ValueError):
            self.channel.settimeout(0)
            return str(json.loads(self.channel.recv(MAX_MESSAGE))["error"])[:500]
        return ""

    @property
    def files(self) -> Path:
        """The work folder, as this process sees it."""
        return Path(f"/proc/self/fd/{self.folder}")

    def release(self) -> None:
        """Let go of its folder and handle."""
        self.channel.close()
        for descriptor in (self.folder, self.handle):
            with contextlib.suppress(OSError):
                os.close(descriptor)


class Kernels(WarmInterpreter):
    """A warm interpreter that forks confined Jupyter kernels; a context manager.

    Args:
        policy: with ``processes`` set.
        preload: modules that notebooks of this course import.
        path: where modules are looked for.
    """

    def __init__(self, policy: Policy, preload: Sequence[str], path: Sequence[str]) -> None:
        super().__init__(policy, {"kernels": {"preload": list(preload), "path": list(path)}})
        self.path = tuple(path)

    def fork(self, work: str, slot: int) -> ConfinedFork:
        """A confined fork.

        Args:
            work: where its work folder stands for it, beneath ``policy.above``.

        Raises:
            SandboxError: it could not confine itself.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(START_SECONDS)
        with theirs:
            pid = int(self._command({"op": "spawn", "slot": slot, "work": work}, [theirs.fileno()])["pid"])
        try:
            handle = os.pidfd_open(pid)
            message, folders, _flags, _address = socket.recv_fds(ours, MAX_MESSAGE, 1)
        except OSError as problem:
            self._end(pid)
            raise SandboxError(f"a kernel's process did not answer: {problem}") from problem
        said = json.loads(message) if message else {"error": "it ended at once"}
        if not folders:
            self._end(pid)
            raise SandboxError(f"a kernel's process could not confine itself: {said.get('error')}")
        return ConfinedFork(pid, ours, folders[0], handle)

    def interrupt(self, fork: ConfinedFork) -> None:
        """As Ctrl-C, to the kernel and what it started."""
        self._command({"op": "interrupt", "pid": fork.pid})

    def end(self, fork: ConfinedFork) -> None:
        """Kill it, and everything that it left behind; its folder stays until it is released."""
        self._end(fork.pid)

    def _end(self, pid: int) -> None:
        with contextlib.suppress(SandboxError):
            self._command({"op": "end", "pid": pid})

    def probe(self, work: str, slot: int) -> tuple[Probe, ...]:
        """What a confined fork was denied, tried one by one."""
        fork = self.fork(work, slot)
        try:
            fork.channel.send(json.dumps({"op": "probe"}).encode())
            return tuple(Probe(**entry) for entry in json.loads(fork.channel.recv(MAX_MESSAGE)))
        finally:
            self.end(fork)
            fork.release()


def started_kernels(
    policy: Policy, preload: Sequence[str], path: Sequence[str], work: str, slot: int, require: str = "partial"
) -> Kernels:
    """A warm interpreter whose sandbox has proved itself; nothing stays where it has not.

    Raises:
        ConfinementError, SandboxError: it cannot confine students' code, or did not start.
    """
    kernels = Kernels(policy, preload, path)
    try:
        kernels.start()
        reasons = verdict(kernels.layers, kernels.probe(work, slot))
    except BaseException:
        kernels.close()
        raise
    if require == "full" and kernels.layers.level != "full":
        reasons.append(f"full isolation is required, and this would be {kernels.layers.level}")
    if reasons:
        kernels.close()
        raise ConfinementError("a course's notebooks cannot be confined on this machine: " + "; ".join(reasons))
    return kernels
