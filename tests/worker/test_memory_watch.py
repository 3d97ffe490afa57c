"""Memory that no limit of the kernel counts is seen, and its holder ended."""

from __future__ import annotations

import mmap
import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.worker.memory_watch import held, wait_and_watch

MIB = 1 << 20
linux_only = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is seen on Linux only")


kept: list[mmap.mmap] = []  # by the child, until it ends


def shared() -> None:
    kept.append(memory := mmap.mmap(-1, 200 * MIB))
    for place in range(0, len(memory), mmap.PAGESIZE):
        memory[place] = 1


def behind_a_descriptor() -> None:
    file = os.memfd_create("no name")
    for _ in range(200):
        os.write(file, b"x" * MIB)


def little() -> None:
    kept.append(mmap.mmap(-1, 200 * MIB))  # reserved and not filled


def child_that(fills: Callable[[], None]) -> tuple[int, int, socket.socket]:
    """A fork that fills memory, says so, and then waits; its number, and what it held before."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        try:
            theirs.recv(2)
            fills()
            theirs.send(b"full")
            time.sleep(60)
        finally:
            os._exit(0)
    theirs.close()
    before = held(pid)
    ours.send(b"go")
    assert ours.recv(4) == b"full"
    return pid, before, ours


@linux_only
@pytest.mark.parametrize("fills", [shared, behind_a_descriptor])
def test_a_child_that_fills_shared_memory_is_killed(fills: Callable[[], None]) -> None:
    pid, before, control = child_that(fills)
    wait_and_watch(control, [pid], before + 100 * MIB)  # returns when the child's end has hung up
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    control.close()


@linux_only
def test_what_is_only_reserved_does_not_count() -> None:
    pid, before, control = child_that(little)
    command, zygote = socket.socketpair()
    command.send(b"next")
    time.sleep(0.3)
    wait_and_watch(zygote, [pid], before + 100 * MIB)
    assert os.waitpid(pid, os.WNOHANG) == (0, 0)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    for end in (control, command, zygote):
        end.close()
