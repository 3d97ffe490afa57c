"""Runs inside a fork, confined: executes the cells of one notebook and answers requests about its objects.

It imports nothing of the trusted side: no test, no reference, no expected value. Whatever a student's
code does to this process, all it can do is answer.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import socket
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

from autograder.protocol.channel import AnsweringEnd, read
from autograder.protocol.wire import FAILED, Failure
from autograder.remote.objects import Objects
from autograder.remote.request_state import fresh, theirs
from autograder.remote.surroundings import gpu_is_lost, seed_everything
from autograder.sandbox.layers import Layers
from autograder.sandbox.limits import PATIENCE
from autograder.worker.audit import Notice, now_runs
from autograder.worker.clock import TimeLimit, time_limit
from autograder.worker.shell import NotebookShell, run_cell

# Modules that code replaces without saying "modules": a file that the notebook writes may do so, and is imported.
_WELL_KNOWN = (
    "builtins", "sys", "os", "io", "time", "json", "random", "math", "numpy", "pandas", "torch", "torch.nn",
    "torch.nn.functional", "torch.optim", "torch.utils.data", "torch.autograd", "IPython", "matplotlib",
)  # fmt: skip
GPU_LOST = 75  # how a process ends whose GPU answers no more


class Worker:
    """One notebook's shell and objects.

    Args:
        modules: those that were there before the fork, which a cell may lose or replace, and with them what our own
            code needs.
    """

    def __init__(self, shell: NotebookShell, layers: Layers, folder: Path, modules: Mapping[str, ModuleType]) -> None:
        self._shell = shell
        self._layers = layers
        self._cells = 0
        self._folder = folder
        self._share = 1.0  # of a call's limit: less where others hung
        self._modules = modules
        self.objects = Objects(shell.user_ns, folder, self._is_student_file)

    def answer(self, request: Any) -> Any:
        """The reply to one request."""
        match request:
            case {"op": "hello"}:
                if request.get("unseen") and self._shell.display_formatter is not None:
                    # What cells show is thrown away, so pictures need not be drawn.
                    self._shell.display_formatter.active_types = ["text/plain"]
                return json.dumps(self._layers.to_json())
            case {"op": "probe"}:
                return self._probe(request["policy"])
            case {"op": "device"}:
                return self._device()
            case {"op": "cell"}:
                return self._cell(request)
            case {"op": "file", "name": str(name), "data": bytes(data)}:
                return put_file(self._folder, name, data)
            case {"op": "share", "of": float(share)}:
                self._share = share
                return None
            case {"op": str(), "seconds": float() | int() as seconds}:
                now_runs(0)
                seconds = float(seconds) * self._share
                try:
                    with time_limit(seconds, PATIENCE * seconds):
                        return self.objects.answer(request)
                except TimeLimit as late:
                    return self.objects.failure(late)
            case Failure():
                return request  # it could not be read
            case _:
                return Failure("unusable", "WireError", "not a request")

    def answer_safely(self, request: Any) -> Any:
        """The reply to one request; where our own code fails, that is said, and this process goes on."""
        if len(sys.modules) < len(self._modules):
            self._put_back_modules()
        try:
            return self.answer(request)
        except Exception as problem:
            self._put_back_modules()
            return self.objects.unsent(problem)

    def answer_several(self, bodies: list[bytes], written: Callable[[Any], bytes]) -> list[bytes]:
        """The replies to requests that came in one message, one after the other, up to the first that fails."""
        replies: list[bytes] = []
        for body in bodies:
            replies.append(written(self.answer_safely(read(body))))
            if replies[-1].startswith(FAILED):
                break
        return replies

    def _cell(self, request: dict[str, Any]) -> dict[str, Any]:
        self._cells += 1
        now_runs(int(request.get("number", self._cells)))
        started = time.monotonic()
        try:
            with theirs(), time_limit(float(request["seconds"]), float(request["wall"])):
                outputs, problem = run_cell(self._shell, request["source"], self._cells, request.get("leave_out"))
        except TimeLimit as late:  # it went off between the cell and here
            outputs, problem = [], late
        if "modules" in request["source"] or not all(sys.modules.get(n) is self._modules.get(n) for n in _WELL_KNOWN):
            self._put_back_modules()  # not after every cell: it touches each module, and so copies a page for each
        if gpu_is_lost():
            os._exit(GPU_LOST)  # as after a crash, a fresh fork runs the other cells without this one
        failure = None if problem is None else self.objects.failure(problem)
        return {
            "outputs": json.dumps(outputs),
            "failure": failure,
            "execution_count": self._cells,
            "seconds": time.monotonic() - started,
            "stopped_at": self._shell.stopped_at,
        }

    def _put_back_modules(self) -> None:
        sys.modules.update(self._modules)

    def _is_student_file(self, name: str) -> bool:
        return "ipython-input" in name or "ipykernel" in name or name.startswith(str(self._folder))

    def _probe(self, policy: str) -> str:
        from autograder.sandbox.policy import Policy
        from autograder.sandbox.probes import run_probes

        return json.dumps([vars(probe) for probe in run_probes(Policy.from_json(policy))])

    def _device(self) -> str:
        from autograder.worker.device_steps import device_steps

        return json.dumps([vars(step) for step in device_steps()])


def serve(
    shell: NotebookShell,
    layers: Layers,
    sock: socket.socket,
    work: str,
    seed: int,
    notice: Notice,
    datasets: str,
    modules: Mapping[str, ModuleType],
) -> None:
    """Answer requests until the trusted side hangs up; never returns to the zygote's code.

    Args:
        datasets: the course's folder of data; "" where it has none.
        modules: a copy of ``sys.modules`` from before the fork: made here, it copies a page of memory for each.
    """
    folder = settle_in(Path(work), datasets)
    shell.notice = notice
    random.seed(seed)
    seed_everything(seed)
    worker = Worker(shell, layers, folder, modules)
    end = AnsweringEnd(sock, worker.objects.keep, worker.objects.unsent)
    with fresh():  # but for cells, which have the notebook's own settings
        while True:
            try:
                match end.receive():
                    case nonce, {"op": "several", "bodies": list(bodies)}:
                        end.reply(nonce, worker.answer_several(bodies, end.written))
                    case nonce, request:
                        end.reply(nonce, worker.answer_safely(request))
            except EOFError:
                return
            except TimeLimit:
                continue  # it went off after the answer was complete; the trusted side has its own clock


def settle_in(work: Path, datasets: str) -> Path:
    """Make the notebook's folder the working folder, and the first place of imports, as a kernel does.

    The course's data are found by every path by which notebooks name them: beside the notebook, and from a folder
    such as ``release/ASSIGNMENT``.
    """
    folder = work / "release" / "notebook"
    folder.mkdir(parents=True, exist_ok=True)
    if datasets:
        for place in (folder, folder.parent, work):
            with contextlib.suppress(FileExistsError):
                (place / "datasets").symlink_to(datasets)
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    return folder


def put_file(folder: Path, name: str, data: bytes) -> None:
    """Put a file beside the notebook, as it was handed in: to be read, and not changed."""
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or not place.parts:
        raise ValueError("no place in the work folder")
    top = folder / place.parts[0]
    if top.is_symlink():  # an own folder of that name is closer than the course's
        top.unlink()
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    # The mode is given now, since changing it later is not done here.
    with open(path, "xb", opener=lambda file, flags: os.open(file, flags, 0o444)) as file:
        file.write(data)
