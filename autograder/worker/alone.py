"""Goes on with one thread where a package that was imported runs threads of its own.

A fork has one thread: the one that called it. So where others run, the zygote forks itself once, the fork serves in its
place, and the process that stays behind becomes a small one that only waits: its threads end there. Every later fork
is then one of a process with one thread. What this may break is a lock that another thread held at that moment, so
the fork does once more what notebooks do: with such a lock it stops there, before there is anything to grade, and never
in a submission. Untrusted side.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.sandbox import limits

# What is done again takes a second of computing; this is by the clock, and generous, for machines that are busy.
_SECONDS = 120
_WAIT = "import os, sys; sys.exit(os.waitstatus_to_exitcode(os.waitpid(-1, 0)[1]) % 256)"


def go_on_alone(keep: Sequence[int], rehearse: Callable[[], None]) -> list[str]:
    """Return in a process that has one thread, this one if it has; the names of the threads left behind.

    Args:
        keep: descriptors for the fork alone: held open by the process that waits, they would never seem closed.
        rehearse: what must work in the fork.
    """
    others = thread_names()
    if not others:
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # from Python 3.12 on: a fork of a process with threads
        child = os.fork()
    if child:
        for descriptor in keep:
            os.set_inheritable(descriptor, False)
        os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", _WAIT])
    limits.die_with_parent()
    print(f"a fork beside the threads {', '.join(others)}; nothing after this: they held a lock", file=sys.stderr)
    sys.stderr.flush()
    signal.alarm(_SECONDS)  # ends the process, and so the start
    rehearse()
    signal.alarm(0)
    return others


def thread_names() -> list[str]:
    """The names of this process's threads but for the one that asks."""
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        return []
    own = str(os.getpid())  # the first thread's number is its process's
    names = []
    for task in sorted(tasks.iterdir()):
        if task.name != own:
            try:
                names.append((task / "comm").read_text("utf-8", "replace").strip())
            except OSError:  # it ended meanwhile
                continue
    return names
