"""A warm interpreter that forks once for each submission.

Started by exec with a clean environment, it imports everything a notebook uses, warms it up, prepares the
confinement, and then only forks: it holds no test and no expected value, and forks with one thread (`alone.py`).
Untrusted side: imports nothing of the graders. Its commands are JSON messages on one socket: ``spawn`` (with the
child's ends of a channel, and of a pipe for what it tries) answers a pid, ``end`` kills, reaps and reports.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from autograder.sandbox import limits
from autograder.worker.alone import go_on_alone
from autograder.worker.memory_watch import held, wait_and_watch, wait_and_watch_all
from autograder.worker.pages import join_pages

MAX_MESSAGE = 1 << 18  # from the trusted side: settings and paths, some kilobytes
COPIES_SECONDS = 3.0  # for copies to end: they take milliseconds, and whoever ends this process waits for five seconds
MAX_COPIES = 250  # descriptors that one message can carry, on Linux, less a few

# What a fork does, with the command, its descriptors, its confinement and the modules that were there before.
Child = Callable[[dict[str, Any], list[int], Any, dict[str, Any]], NoReturn]


def main(fd: int) -> None:
    """Serve the supervisor on descriptor ``fd`` until it hangs up; copies of this process serve others."""
    control = socket.socket(fileno=fd)
    message, more, _flags, _address = socket.recv_fds(control, MAX_MESSAGE, MAX_COPIES)
    settings = json.loads(message)
    supervisors = [control, *map(_socket_of, more)]
    try:
        child, rehearse = _kernels(settings) if "kernels" in settings else _notebooks(settings)
        shutil.rmtree(settings["profile"], ignore_errors=True)
        go_on_alone([fd, *more], rehearse)
        gc.collect()
        join_pages()
        from autograder.sandbox.confinement import prepare
        from autograder.sandbox.policy import Policy

        prepared = prepare(Policy.from_json(settings["policy"]))
        limits.die_with_parent()  # entering a user namespace has forgotten it
    except Exception as problem:
        for each in supervisors:
            each.send(json.dumps({"error": f"{type(problem).__name__}: {problem}"}).encode())
        raise
    _silence()
    modules = dict(sys.modules)
    gc.collect()
    gc.freeze()  # what is here stays shared with every child
    control, copies = _copied(supervisors)
    control.send(json.dumps({"ready": prepared.layers.to_json()}).encode())
    children: set[int] = set()
    own = held(os.getpid())
    while True:
        if prepared.policy.cuda:
            wait_and_watch(control, children, own + prepared.policy.memory_bytes + limits.CUDA_DATA)
        if prepared.policy.processes:
            wait_and_watch_all(control, children, prepared.policy.memory_bytes)
        message, fds, _flags, _address = socket.recv_fds(control, MAX_MESSAGE, 2)
        if not message:
            break
        command = json.loads(message)
        if command["op"] == "spawn":
            become = functools.partial(child, command, fds, prepared, modules)
            reply: dict[str, Any] = {"pid": _spawn(fds, children, become)}
        elif command["op"] == "interrupt":
            reply = {}
            if command["pid"] in children:
                os.kill(command["pid"], signal.SIGUSR1)
        else:
            reply = _end(command["pid"], children)
        control.send(json.dumps(reply).encode())
    for pid in list(children):
        _end(pid, children)
    _wait_for(copies)


def _socket_of(descriptor: int) -> socket.socket:
    return socket.socket(fileno=descriptor)


def _copied(supervisors: Sequence[socket.socket]) -> tuple[socket.socket, list[int]]:
    """Fork once for each supervisor but the first: the supervisor of the process at hand, and its copies."""
    mine, *others = supervisors
    copies: list[int] = []
    for other in others:
        pid = os.fork()
        if pid == 0:
            limits.die_with_parent()  # neither this nor the next is inherited
            limits.adopt_orphans()
            mine, copies = other, []
            break
        copies.append(pid)
    for each in supervisors:
        if each is not mine:
            each.close()
    return mine, copies


def _wait_for(copies: Sequence[int]) -> None:
    """See the copies end, whose supervisors have hung up or are about to; what they computed is counted as ours."""
    ends = time.monotonic() + COPIES_SECONDS
    for pid in copies:
        while os.waitpid(pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > ends:
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.005)


def _notebooks(settings: dict[str, Any]) -> tuple[Child, Callable[[], None]]:
    """Forks for the notebooks of this course, and what must work in a fork beside threads."""
    from autograder.worker.warm_up import compute, warm_up

    policy = json.loads(settings["policy"])
    shell = warm_up(settings["cuda"], settings["profile"], policy.get("absent", ()), policy.get("checks", ""))

    def child(command: dict[str, Any], fds: list[int], prepared: Any, modules: dict[str, Any]) -> NoReturn:
        channel, notices = fds
        _child(command, channel, notices, prepared, shell, modules)

    return child, compute


def _kernels(settings: dict[str, Any]) -> tuple[Child, Callable[[], None]]:
    """The same for notebooks of any course."""
    from autograder.worker.kernels import rehearse, serve_kernel, warm_kernels

    warm_kernels(settings["kernels"]["preload"], settings["kernels"]["path"])

    def child(command: dict[str, Any], fds: list[int], prepared: Any, _modules: dict[str, Any]) -> NoReturn:
        serve_kernel(command, fds, prepared)

    return child, rehearse


def _spawn(fds: list[int], children: set[int], become: Callable[[], NoReturn]) -> int:
    pid = os.fork()
    if pid == 0:
        become()
    for descriptor in fds:
        os.close(descriptor)
    children.add(pid)
    return pid


def _child(command: dict[str, Any], channel: int, notices: int, prepared: Any, shell: Any, modules: Any) -> NoReturn:
    from autograder.protocol.channel import AnsweringEnd
    from autograder.protocol.wire import Failure, Handle
    from autograder.sandbox.confinement import confine
    from autograder.worker.audit import watch
    from autograder.worker.worker import serve

    try:
        layers = confine(prepared, command["slot"], command["work"], [channel, notices])
    except BaseException as problem:
        with contextlib.suppress(BaseException):
            end = AnsweringEnd(socket.socket(fileno=channel), lambda value: Handle(0, ""))
            nonce, _request = end.receive()
            end.reply(nonce, Failure("unusable", type(problem).__name__, str(problem)))
        os._exit(71)
    try:
        channel_end = socket.socket(fileno=channel)
        notice = watch(notices, prepared.policy.hidden)
        datasets = next((path for path in prepared.policy.readable if os.path.basename(path) == "datasets"), "")
        serve(shell, layers, channel_end, command["work"], command["seed"], notice, datasets, modules)
    finally:
        os._exit(0)


def _end(pid: int, children: set[int]) -> dict[str, Any]:
    """Kill a child and whatever it left behind, and tell how it ended and what it used."""
    if pid not in children:
        return {"error": f"no child {pid}"}
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    _pid, status, usage = os.wait4(pid, 0)
    children.discard(pid)
    while not children:  # orphans of the child come to us, since we are a subreaper
        try:
            stray, _status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if stray == 0:
            _kill_strays()
    return {
        "status": os.waitstatus_to_exitcode(status),
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "max_rss": usage.ru_maxrss * 1024,
    }


def _kill_strays() -> None:
    me = str(os.getpid())
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError, IndexError), open(f"/proc/{name}/stat") as stat:
            if stat.read().rpartition(")")[2].split()[1] == me:
                os.kill(int(name), signal.SIGKILL)


def _silence() -> None:
    """From here on nothing is read from, or written to, the streams that the supervisor gave."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    if null > 2:
        os.close(null)
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
