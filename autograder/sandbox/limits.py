"""What a submission may hold: descriptors, identity, memory, time.

Imports only the standard library; it runs on the untrusted side too.
"""

import os
import signal
import struct
import sys
from collections.abc import Sequence

from autograder.sandbox.seccomp import prctl, system_call

if sys.platform != "win32":
    import resource

DESCRIPTORS = 256  # open files: an answer opens a few, and a leak of them ends here
THREADS = 64  # of one uid, so only where each slot has its own
# Under the profile `course`: a kernel has 9 threads itself, joblib and DataLoader start some for each processor.
COURSE_DESCRIPTORS, COURSE_THREADS = 1024, 512
COURSE_VIRTUAL = 2 << 30  # a kernel's own threads reserve 0.7 GiB of address space; what is filled is watched
# Seconds by the clock for each second of computing, for code that sleeps or waits. What a process waits for others that
# compute does not count: a busy machine must not cost marks.
PATIENCE = 3.0  # a decision, no measurement: code of the course waits for nothing
CUDA_DATA = 4 << 30  # bytes of private memory that CUDA may map: it was seen to work within
GRACE_SECONDS = 2  # of CPU time between SIGXCPU and SIGKILL

_SET_PDEATHSIG, _SET_DUMPABLE, _CAPBSET_DROP, _SET_CHILD_SUBREAPER, _SET_NO_NEW_PRIVS, _CAP_AMBIENT = (
    1,
    4,
    24,
    36,
    38,
    47,
)
_CAPABILITY_VERSION_3 = 0x2008_0522


def status() -> dict[str, str]:
    """The lines of /proc/self/status by name."""
    with open("/proc/self/status", encoding="utf-8", errors="replace") as file:
        return {name: value.strip() for name, _, value in (line.partition(":") for line in file)}


def waited(pid: int) -> float:
    """Seconds that a process's first thread was ready to compute while others did; 0 where the system does not tell."""
    try:
        descriptor = os.open(f"/proc/{pid}/schedstat", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return 0.0
    try:  # three numbers; the second tells nanoseconds
        return int(os.read(descriptor, 200).split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
    finally:
        os.close(descriptor)


def hide_memory() -> None:
    """Keep other processes of the same user out of this one's memory, and its core off the disk."""
    prctl(_SET_DUMPABLE, 0)


def adopt_orphans() -> None:
    """Become the parent of a descendant whose own parent died."""
    prctl(_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Be killed when the parent ends; a change of credentials forgets it."""
    prctl(_SET_PDEATHSIG, signal.SIGKILL)


def no_new_privileges() -> None:
    """Make set-uid programs and file capabilities give nothing; Landlock and seccomp demand it."""
    prctl(_SET_NO_NEW_PRIVS, 1)


def close_all_but(keep: Sequence[int]) -> None:
    """Close every descriptor except the standard three and `keep`."""
    start = 0
    for descriptor in [*sorted({0, 1, 2, *keep}), 0xFFFF_FFFF]:
        if descriptor > start:
            last = descriptor if descriptor == 0xFFFF_FFFF else descriptor - 1
            system_call("close_range", start, last, 0)
        start = descriptor + 1


def become(uid: int) -> None:
    """Give up root for a user that owns nothing else; every way back is closed by drop_capabilities."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    if os.getresuid() != (uid, uid, uid) or os.getresgid() != (uid, uid, uid):
        raise PermissionError("the process kept a part of its old identity")


def drop_bounding_set() -> None:
    """Forget the capabilities a later exec could give back; needs CAP_SETPCAP, so comes before `become`."""
    for capability in range(64):
        try:
            prctl(_CAPBSET_DROP, capability)
        except OSError:
            return  # past the last capability of this kernel, or no right to drop: then seccomp forbids exec


def drop_capabilities() -> None:
    """Hold no capability, and prove it."""
    prctl(_CAP_AMBIENT, 4)  # CLEAR_ALL
    system_call("capset", struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), bytes(24))
    held = status()
    left = [name for name in ("CapInh", "CapPrm", "CapEff", "CapAmb") if int(held[name], 16)]
    if left:
        raise PermissionError(f"capabilities are left: {', '.join(left)}")


def address_space() -> int:
    """Bytes this process has mapped."""
    with open("/proc/self/statm", encoding="utf-8") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGESIZE")


def limit(
    *, memory: int, cuda: bool, cpu_seconds: int, file_bytes: int, own_uid: bool, processes: bool = False
) -> None:
    """Set the limits; `memory` is how many bytes may be mapped beyond what already is.

    CUDA reserves address space that it does not fill (18 GB were seen), so where it may run only private memory counts
    here, with what CUDA's libraries take; the zygote watches what is shared.
    """

    def cap(which: int, soft: int, hard: int | None = None) -> None:
        ceiling = resource.getrlimit(which)[1]  # an inherited limit may already be lower, and only falls
        wanted = soft if hard is None else hard
        allowed = wanted if ceiling == resource.RLIM_INFINITY else min(wanted, ceiling)
        resource.setrlimit(which, (min(soft, allowed), allowed))

    none = (
        resource.RLIMIT_CORE,
        resource.RLIMIT_MEMLOCK,
        resource.RLIMIT_MSGQUEUE,
        resource.RLIMIT_NICE,
        resource.RLIMIT_RTPRIO,
    )
    for which in none:
        cap(which, 0)
    cap(resource.RLIMIT_NOFILE, COURSE_DESCRIPTORS if processes else DESCRIPTORS)
    cap(resource.RLIMIT_FSIZE, file_bytes)
    cap(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + GRACE_SECONDS)
    if own_uid:  # the kernel counts these by user: with a shared one, somebody else's would use them up
        cap(resource.RLIMIT_SIGPENDING, 64)
    if own_uid or processes:  # in a user namespace of its own the count is its own as well
        cap(resource.RLIMIT_NPROC, COURSE_THREADS if processes else THREADS)
    if cuda:
        cap(resource.RLIMIT_DATA, (int(status()["VmData"].split()[0]) << 10) + memory + CUDA_DATA)
    else:
        cap(resource.RLIMIT_AS, address_space() + memory + (COURSE_VIRTUAL if processes else 0))


def raise_descriptors() -> None:
    """Allow the zygote as many descriptors as it may have: it holds one for each readable path."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def too_few_descriptors() -> str:
    """What to say where the limit that `raise_descriptors` met was too low."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return (
        f"only {hard} files may be open at a time here (`ulimit -Hn`); the sandbox holds one for each readable path, "
        "some hundreds; start in a shell where `ulimit -n 1024` works, or have the administrator raise nofile"
    )
