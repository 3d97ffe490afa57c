"""The trusted side's hold on the sandbox: starts the zygote, asks for forks, keeps the clock, and ends them."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import tempfile
from dataclasses import dataclass

from autograder.protocol.channel import AskingEnd
from autograder.sandbox.policy import Policy
from autograder.session.interpreter import SandboxError as SandboxError
from autograder.session.interpreter import WarmInterpreter
from autograder.worker.audit import MOST_BYTES, in_words


@dataclass(frozen=True)
class Ending:
    """How a confined process ended: exit code (negative: a signal), what it used, and what it tried in vain."""

    status: int
    cpu_seconds: float
    max_rss: int
    tried: tuple[str, ...] = ()


@dataclass
class Sandbox:
    """One confined process, with the trusted ends of its channel and of the pipe that tells what it tries."""

    pid: int
    channel: AskingEnd
    work: str
    notices: int


class Zygote(WarmInterpreter):
    """A warm interpreter under supervision; a context manager.

    Args:
        policy: what its forks may read and use.
        device: ``cpu`` or ``cuda``, where the forks put tensors.
    """

    def __init__(self, policy: Policy, device: str = "cpu") -> None:
        super().__init__(policy, {"cuda": device == "cuda"})
        self.device = device
        self._folders: dict[str, tempfile.TemporaryDirectory[str]] = {}

    def copy(self) -> Zygote:
        """One that is forked from this one when it is warm, for another grader; before ``begin``."""
        made = Zygote(self.policy, self.device)
        self.copied_for(made)
        return made

    def spawn(self, slot: int = 0) -> Sandbox:
        """Fork a confined process and shake hands with it.

        Raises:
            SandboxError: the fork could not confine itself, or did not answer.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        notices, tell = os.pipe()
        os.set_blocking(notices, False)
        work = "/notebook" if self.layers.mount.ok else self._folder()
        command = {"op": "spawn", "slot": slot, "work": work, "seed": secrets.randbits(31)}
        try:
            pid = int(self._command(command, [theirs.fileno(), tell])["pid"])
        except BaseException:
            os.close(notices)
            ours.close()
            raise
        finally:
            theirs.close()
            os.close(tell)
        return Sandbox(pid, AskingEnd(ours), work, notices)

    def end(self, sandbox: Sandbox) -> Ending:
        """Kill the process, and everything that it left behind."""
        sandbox.channel.close()
        try:
            reply = self._command({"op": "end", "pid": sandbox.pid})
            tried = _read_notices(sandbox.notices)
        finally:
            os.close(sandbox.notices)
        if sandbox.work in self._folders:
            self._folders.pop(sandbox.work).cleanup()
        if "error" in reply:
            raise SandboxError(str(reply["error"]))
        status = int(reply["status"])
        if status == -signal.SIGSYS:
            tried = (*tried, "made a system call in a way that no honest program does")
        return Ending(status, float(reply["cpu_seconds"]), int(reply["max_rss"]), tried)

    def close(self) -> None:
        """End the interpreter and its forks."""
        super().close()
        for folder in self._folders.values():
            folder.cleanup()
        self._folders.clear()

    def _folder(self) -> str:
        folder = tempfile.TemporaryDirectory(prefix="notebook-", ignore_cleanup_errors=True)
        self._folders[folder.name] = folder
        return folder.name


def _read_notices(pipe: int) -> tuple[str, ...]:
    """What the audit hook noticed, in words; anything else in the pipe was put there by somebody else."""
    try:
        letters = os.read(pipe, MOST_BYTES).decode("ascii", "replace")
    except BlockingIOError:
        return ()
    return in_words(letters)
