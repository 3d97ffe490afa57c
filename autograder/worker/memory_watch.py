"""Ends forks that take too much memory where no limit of the kernel counts it: what is shared, under the GPU's policy,
and what several processes take together, under the profile ``course``.

CUDA needs memory behind descriptors and reserves address space without filling it, so the kernel's limits count private
memory only there. The zygote looks from time to time instead. Untrusted side.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from collections.abc import Collection, Iterator

SECONDS = 0.1  # between two looks; memory fills at a few GB a second at most
_PAGE = os.sysconf("SC_PAGESIZE")


def wait_and_watch(control: socket.socket, children: Collection[int], most: int) -> None:
    """Wait until there is something to read; kill each child that holds more than ``most`` bytes meanwhile."""
    while children and not select.select([control], [], [], SECONDS)[0]:
        for pid in children:
            if held(pid) > most:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def wait_and_watch_all(control: socket.socket, children: Collection[int], most: int) -> None:
    """The same for children that start processes: what all of them hold together, beyond what the zygote gave them."""
    given = _private(os.getpid())
    while children and not select.select([control], [], [], SECONDS)[0]:
        for pid in children:
            together = list(descendants(pid))
            if sum(max(_private(one) - given, 0) for one in together) <= most:
                continue  # a bound that is quick to have: pages that they share are counted for each
            if sum(map(_share, together)) > most:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def descendants(pid: int) -> Iterator[int]:
    """A process and all that it and its threads started; nothing where the system does not tell."""
    yield pid
    with contextlib.suppress(OSError):
        for thread in os.listdir(f"/proc/{pid}/task"):
            with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{thread}/children", encoding="ascii") as file:
                for child in file.read().split():
                    yield from descendants(int(child))


def _private(pid: int) -> int:
    """Bytes in memory that are of no file; those that a fork has from its parent count too."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            fields = file.read().split()
    except (OSError, IndexError):
        return 0
    return (int(fields[1]) - int(fields[2])) * _PAGE


def _share(pid: int) -> int:
    """A process's share of the memory that is of no file: a page that several have counts once among them."""
    total = 0
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            for line in file:
                if line.startswith(("Pss_Anon:", "Pss_Shmem:", "SwapPss:")):
                    total += int(line.split()[1]) << 10
    except (OSError, IndexError):
        return 0
    return total


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
