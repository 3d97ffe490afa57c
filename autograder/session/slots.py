"""A number for each grader of a machine, and with it users of its own for its forks: taken by a lock."""

from __future__ import annotations

import fcntl
import functools
import os
import tempfile
from pathlib import Path

from autograder.session.interpreter import SandboxError

MOST = 4000  # as many as there are users for; see ``sandbox.namespaces``


@functools.cache
def own_slot() -> int:
    """This process's slot, its own until it ends: two graders with one would share a user."""
    folder = Path(tempfile.gettempdir(), f"autograder-slots-{os.getuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise SandboxError(f"{folder} belongs to somebody else: remove it, or set TMPDIR")
    for slot in range(MOST):
        lock = os.open(folder / str(slot), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return slot  # the descriptor stays open, and with it the lock
    raise SandboxError(f"{MOST} graders are at work on this machine already")
