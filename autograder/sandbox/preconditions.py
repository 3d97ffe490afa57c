"""What must be true of this process and this machine before it can confine a submission."""

import contextlib
import os
import platform
import sys

from autograder.errors import ReportedError
from autograder.sandbox import limits, namespaces, seccomp
from autograder.sandbox.layers import Layer
from autograder.sandbox.policy import Policy


class ConfinementError(ReportedError):
    """A submission must not run here: which layer is missing, and what to do."""


def require_machine() -> str:
    if sys.platform != "linux":
        raise ConfinementError(
            f"submissions cannot be confined on {sys.platform}: grade on Linux (a virtual machine will do)"
        )
    machine = platform.machine()
    if machine not in seccomp.MACHINES or sys.byteorder != "little" or sys.maxsize < 2**32:
        known = ", ".join(seccomp.MACHINES)
        raise ConfinementError(f"there is no list of system calls for {machine}: grade on one of {known}")
    return machine


def require_one_thread() -> None:
    threads = limits.status()["Threads"]
    if threads != "1":
        raise ConfinementError(
            f"{threads} threads run where one may: Landlock and seccomp bind one thread only. Set "
            "OMP_NUM_THREADS=1 and OPENBLAS_NUM_THREADS=1 before the imports, and call torch.set_num_threads(1)"
        )


def require_no_gpu() -> None:
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(FileNotFoundError):
            if os.readlink(f"/proc/self/fd/{name}").startswith("/dev/nvidia"):
                raise ConfinementError("CUDA is in use already, and does not survive a fork: use it after one")


def require_apart(policy: Policy) -> None:
    """No hidden path may be readable, by any name."""
    for hidden in policy.hidden:
        for readable in policy.readable:
            if namespaces.beneath(os.path.realpath(hidden), os.path.realpath(readable)):
                raise ConfinementError(
                    f"{hidden} is to be hidden but lies under {readable}, which may be read: "
                    "list what may be read more finely"
                )


def require_own_network(network: Layer) -> None:
    """The profile `course` may open sockets, so there must be nobody to speak to."""
    if not network.ok:
        raise ConfinementError(
            f"a course's notebooks may start processes only in a network of their own: {network.note}"
        )


def require_view(mount: Layer) -> None:
    """The profile `course` may start any program, so nothing but what may be read must exist."""
    if not mount.ok:
        raise ConfinementError(
            f"a course's notebooks may start processes only where namespaces are allowed: {mount.note}. Allow them "
            "(`autograder doctor` shows how), or set c.GradeInSandbox.sandbox = 'strict' in nbgrader_config.py: the "
            "notebooks then run in one process each, without subprocess, workers and sockets"
        )


def require_reachable(policy: Policy) -> None:
    """Without a view of its own, a slot's user must get through every folder above what it reads."""
    for path in policy.readable:
        folder = os.path.dirname(os.path.realpath(path))
        while folder != "/" and os.path.exists(path) and not path.startswith("/proc/"):
            if not os.stat(folder).st_mode & 0o001:
                raise ConfinementError(
                    f"{folder} lets nobody but its owner through, and mount namespaces are missing, so a "
                    f"submission running as uid {policy.first_uid} could not read {path}: allow namespaces, put "
                    "Python and the course where other users may enter, or do not run as root"
                )
            folder = os.path.dirname(folder)


def require_private(policy: Policy) -> None:
    """Where only a user of its own keeps a submission out, modes must do it, for what lies deeper as well."""
    for path in policy.hidden:
        if not policy.disabled and os.path.exists(path) and os.stat(path).st_mode & 0o077:
            raise ConfinementError(
                f"Landlock and mount namespaces are both missing, and others may enter {path}: boot a kernel with "
                f"Landlock, or run as root and `chmod -R go= {path}`"
            )
