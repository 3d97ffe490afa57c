"""Ends forks that take too much memory where no limit of the kernel counts it: what is shared, under the GPU's policy.

CUDA needs memory behind descriptors and reserves address space without filling it, so the kernel's limits count private
memory only there. The zygote looks from time to time instead. Untrusted side.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from collections.abc import Collection

SECONDS = 0.1  # between two looks; memory fills at a few GB a second at most
_PAGE = os.sysconf("SC_PAGESIZE")


def wait_and_watch(control: socket.socket, children: Collection[int], most: int) -> None:
    """Wait until there is something to read; kill each child that holds more than ``most`` bytes meanwhile."""
    while children and not select.select([control], [], [], SECONDS)[0]:
        for pid in children:
            if held(pid) > most:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def held(pid: int) -> int:
    """Bytes that a process has in memory, and in files that lie in memory and have no name."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            total = int(file.read().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
    with contextlib.suppress(OSError):  # in a user namespace descriptors are not seen: what is mapped counts
        for name in os.listdir(f"/proc/{pid}/fd"):
            path = f"/proc/{pid}/fd/{name}"
            with contextlib.suppress(OSError):
                if os.readlink(path).startswith("/memfd:"):
                    total += os.stat(path).st_blocks * 512
    return total
