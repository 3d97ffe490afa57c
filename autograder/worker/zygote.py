"""A warm interpreter that forks once for each submission.

Started by exec with a clean environment, it imports everything a notebook uses, warms it up, prepares the
confinement, and then only forks: it holds no test and no expected value, and stays single-threaded.
Untrusted side: imports nothing of the graders. Its commands are JSON messages on one socket: ``spawn`` (with the
child's ends of a channel, and of a pipe for what it tries) answers a pid, ``end`` kills, reaps and reports.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from autograder.worker.pages import join_pages

MAX_MESSAGE = 1 << 18
# A child can read none of the package's files, so what it will need is imported before.
_USED_BY_CHILDREN = ("autograder.worker.worker", "autograder.sandbox.probes", "autograder.student")


def main(fd: int) -> None:
    """Serve the supervisor on descriptor ``fd`` until it hangs up."""
    control = socket.socket(fileno=fd)
    settings = json.loads(control.recv(MAX_MESSAGE))
    try:
        shell = warm_up(settings["cuda"], settings["profile"], json.loads(settings["policy"]).get("absent", ()))
        gc.collect()
        join_pages()
        from autograder.sandbox.confinement import prepare
        from autograder.sandbox.policy import Policy

        prepared = prepare(Policy.from_json(settings["policy"]))
    except Exception as problem:
        control.send(json.dumps({"error": f"{type(problem).__name__}: {problem}"}).encode())
        raise
    _silence()
    gc.collect()
    gc.freeze()  # what is here stays shared with every child
    control.send(json.dumps({"ready": prepared.layers.to_json()}).encode())
    children: set[int] = set()
    while True:
        message, fds, _flags, _address = socket.recv_fds(control, MAX_MESSAGE, 2)
        if not message:
            break
        command = json.loads(message)
        if command["op"] == "spawn":
            reply: dict[str, Any] = {"pid": _spawn(command, fds, prepared, shell, children)}
        else:
            reply = _end(command["pid"], children)
        control.send(json.dumps(reply).encode())
    for pid in list(children):
        _end(pid, children)


def _spawn(command: dict[str, Any], fds: list[int], prepared: Any, shell: Any, children: set[int]) -> int:
    pid = os.fork()
    if pid == 0:
        channel, notices = fds
        _child(command, channel, notices, prepared, shell)
    for descriptor in fds:
        os.close(descriptor)
    children.add(pid)
    return pid


def _child(command: dict[str, Any], channel: int, notices: int, prepared: Any, shell: Any) -> NoReturn:
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
        serve(shell, layers, channel_end, command["work"], command["seed"], notice, datasets)
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


# What the plots of lessons are made of: fonts, layouts and encoders are looked up once, and not once a submission.
_WARM_PLOT = """
import matplotlib.pyplot as plt
figure, axes = plt.subplots(2, 2, figsize=(8, 6))
first, second, third, fourth = axes.flat
bars = first.barh(["one", "two"], [1, 20], color="steelblue")
first.bar_label(bars, padding=3, bbox={"facecolor": "white"})
first.axvline(5, linestyle="--", label="line")
first.set(xlabel="x", ylabel="y", title="warm", xlim=(0, 25))
second.plot([1, 2, 3], [0.5, 0.25, 1e-3], "o-", label=r"$w_1$")
second.set_yscale("log")
second.grid(alpha=0.3)
third.scatter([1, 2], [-1.5, 2], c=[0.0, 1.0])
third.annotate("here", (1, 1), xytext=(2, 2), arrowprops={"arrowstyle": "->"})
third.text(0.5, 0.5, "0123456789", fontsize=9)
figure.colorbar(fourth.imshow([[0, 1], [2, 3]], cmap="viridis"), ax=fourth)
for plot in (first, second):
    plot.legend()
figure.suptitle("bold", fontweight="bold")
figure.tight_layout()
plt.show()
"""


def warm_up(cuda: bool, profile: str, absent: Sequence[str] = ()) -> Any:
    """Import what notebooks use, run each once, and build the shell; the slow first times happen here.

    Args:
        profile: an empty folder for IPython's profile, which its owner removes when all is warm.
        absent: packages that this course's students may have and the grader has not.
    """
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd
    import torch
    from torch import nn
    from torch.utils.data import DataLoader, TensorDataset

    from autograder.worker.shell import PRELUDE, build_shell, run_cell

    for name in _USED_BY_CHILDREN:
        importlib.import_module(name)

    torch.set_num_threads(1)
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    if cuda:
        torch.use_deterministic_algorithms(True, warn_only=True)
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 2))
    for optimizer in (
        torch.optim.SGD(model.parameters(), lr=0.1),
        torch.optim.Adam(model.parameters(), lr=0.1),
    ):
        for x, y in DataLoader(TensorDataset(torch.randn(8, 3), torch.arange(8) % 2), batch_size=4):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()
    pd.DataFrame({"a": np.arange(3)}).describe()
    shell = build_shell(profile, absent)
    run_cell(shell, _WARM_PLOT, 0)
    plt.close("all")
    run_cell(shell, "await __import__('asyncio').sleep(0)", 0)
    run_cell(shell, "1 / 0", 0)  # the traceback printer is slow the first time
    shell.reset(new_session=True)  # type: ignore[no-untyped-call]
    run_cell(shell, PRELUDE, 0)
    _forget_event_loop()
    return shell


def _forget_event_loop() -> None:
    """A loop made before the fork would be shared by all children; each makes its own when it needs one."""
    import asyncio

    import IPython.core.async_helpers as helpers

    loop = getattr(helpers, "_asyncio_event_loop", None)
    if loop is not None:
        loop.close()
        helpers._asyncio_event_loop = None
    with contextlib.suppress(Exception):
        asyncio.set_event_loop(None)


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
