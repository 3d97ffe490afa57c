"""A real Jupyter kernel in a confined fork: what notebooks of any course run in, cell by cell.

The interpreter is warm, so a kernel is there in a fraction of a second. Each is alone in a PID namespace, where it may
start processes; when it ends, so do they. Its sockets are listening already when it gets them: it makes no file and
knows no path of the machine. Untrusted side: imports nothing of the graders.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import socket
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any, NoReturn

from autograder.sandbox import limits, namespaces
from autograder.sandbox.confinement import Prepared, confine

CHANNELS = ("shell", "stdin", "control", "iopub")  # in the order in which their sockets are handed over
MAX_MESSAGE = 1 << 20  # from the trusted side: settings, paths and variables of the environment
# What a kernel imports when it starts: half of the 0.3 s that it computes then, if it is not here before.
_OF_EVERY_KERNEL = (
    "debugpy.server.api", "IPython.core.completerlib", "IPython.core.debugger", "IPython.extensions.storemagic",
)  # fmt: skip
_FAILED = 71  # EX_OSERR of sysexits.h


def warm_kernels(preload: Sequence[str], path: Sequence[str]) -> None:
    """Import what a kernel is made of, and what this course's notebooks import themselves; nothing else.

    Args:
        preload: modules; one that is not here is left to the notebook, which says so.
        path: the folders of modules that the course's own interpreter has.
    """
    own = list(sys.path)
    sys.path[:] = [*own, *(place for place in path if place not in own)]
    for name in ("autograder.sandbox.probes", "autograder.worker.kernel_app", "ipykernel.ipkernel"):
        importlib.import_module(name)
    for name in (*_OF_EVERY_KERNEL, *preload):
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def rehearse() -> None:
    """Compute once more what preloaded packages compute, for a fork beside threads (see ``alone``)."""
    if "numpy" in sys.modules:
        numpy = sys.modules["numpy"]
        numpy.linalg.inv(numpy.eye(3))
    if "pandas" in sys.modules:
        sys.modules["pandas"].DataFrame({"a": [1, 2]}).describe()
    if "torch" in sys.modules:
        sys.modules["torch"].randn(3, 3).sum()


def serve_kernel(command: dict[str, Any], fds: list[int], prepared: Prepared) -> NoReturn:
    """In a fork: become three processes, of which the last is the kernel and the first waits for all to end."""
    try:
        limits.die_with_parent()
        namespaces.unshare(namespaces.PID)
        first = os.fork()
        if first:
            _wait_for(first, lambda: os.kill(first, signal.SIGUSR1))
        limits.die_with_parent()  # PID 1 of the namespace: with it everything in there ends
        kernel = os.fork()
        if kernel:
            _wait_for(kernel, lambda: os.killpg(kernel, signal.SIGINT))
        _be_kernel(command, fds[0], prepared)
    except BaseException as problem:
        with contextlib.suppress(BaseException):
            _say(fds[0], {"error": f"{type(problem).__name__}: {problem}"})
    os._exit(_FAILED)


def _wait_for(child: int, interrupt: Any) -> NoReturn:
    """Reap whatever ends, pass an interrupt on, and end as the child does."""

    def on_signal(number: int, frame: FrameType | None) -> None:
        with contextlib.suppress(OSError):
            interrupt()

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGUSR1, on_signal)
    limits.close_all_but([])
    while True:
        pid, status = os.waitpid(-1, 0)
        if pid == child:
            os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _with_own_folder(path: list[str]) -> list[str]:
    """Modules beside the notebook are found before packages and after the library, as IPython has it."""
    packages = (place for place, name in enumerate(path) if name.endswith(("site-packages", "dist-packages")))
    place = next(packages, len(path))
    return [*path[:place], "", *path[place:]]


def _say(channel: int, words: dict[str, Any], fds: Sequence[int] = ()) -> None:
    with socket.socket(fileno=os.dup(channel)) as end:
        socket.send_fds(end, [json.dumps(words).encode()], list(fds))


def _be_kernel(command: dict[str, Any], channel: int, prepared: Prepared) -> NoReturn:
    layers = confine(prepared, command["slot"], command["work"], [channel])
    folder = os.open(command["work"], os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    _say(channel, {"layers": layers.to_json()}, [folder])
    os.close(folder)
    with socket.socket(fileno=os.dup(channel)) as end:
        message, sockets, _flags, _address = socket.recv_fds(end, MAX_MESSAGE, len(CHANNELS))
        request = json.loads(message)
        if request["op"] == "probe":
            from autograder.sandbox.probes import run_probes

            probes = [vars(probe) for probe in run_probes(prepared.policy)]
            end.send(json.dumps(probes).encode())
            os._exit(0)
    from autograder.worker.kernel_app import ready_kernel

    os.environ.update(request["environment"])
    sys.path[:] = _with_own_folder(request["path"])
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # else every fork would draw the same
    app = ready_kernel(dict(zip(CHANNELS, sockets, strict=True)), request["key"].encode())
    os.close(channel)  # until here a failure of ours could be told
    app.start()  # type: ignore[no-untyped-call]
    os._exit(0)
