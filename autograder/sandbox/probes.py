"""Tried inside a confined child: each thing a submission must not get, and whether it was denied.

A call counts as denied only if the kernel said so. Any other error means that the call was let through and
failed later, for its arguments, which are chosen so that nothing happens where a layer is missing.
Imports only the standard library; it runs on the untrusted side too.
"""

import ctypes
import errno
import functools
import mmap
import os
import signal
import socket
import stat
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from autograder.sandbox.layers import Layers
from autograder.sandbox.limits import COURSE_VIRTUAL, CUDA_DATA, DESCRIPTORS
from autograder.sandbox.namespaces import beneath
from autograder.sandbox.policy import Policy
from autograder.sandbox.seccomp import prctl, system_call

if sys.platform != "win32":
    import fcntl
    import resource

Attempt = Callable[[], str | None]  # what was got, None for nothing; OSError where the kernel refused
REFUSED = frozenset({errno.EPERM, errno.EACCES, errno.ENOSYS})
ABSENT = REFUSED | {errno.ENOENT, errno.ENOTDIR, errno.EROFS, errno.EXDEV}
CLOSED = ABSENT | {errno.EISDIR}  # nobody opens a folder to write; listing it is tried as well
FULL = frozenset({errno.ENOMEM, errno.EFBIG})
_NOT_WITH_CUDA = ("memfd_create", "map shared memory")  # the driver needs them
# What the profile `course` may do, to itself alone: its processes are in a PID namespace, its sockets reach nobody.
_OF_COURSE = (
    "fork", "run a program", "make a socket of IPv4", "make a socket of IPv6", "make a socket of Unix",
    "make a socket of vsock", "make a socket of netlink",
    "send datagrams to a path", "lock a file", "make a named pipe", "change a file's mode or time",
    "signal everybody", "signal its parent through a handle", "pidfd_send_signal", "use up descriptors",
)  # fmt: skip


_NO_RESERVE = 0x4000  # MAP_NORESERVE, which Python does not name


@dataclass(frozen=True)
class Probe:
    """One attempt, the layer that should deny it, and what came of it."""

    name: str
    layer: str
    denied: bool
    detail: str


@dataclass(frozen=True)
class _Plan:
    name: str
    layer: str
    attempt: Attempt
    denials: frozenset[int] = REFUSED

    def run(self) -> Probe:
        try:
            got = self.attempt()
        except OSError as error:
            word = errno.errorcode.get(error.errno or 0, "?")
            denied = error.errno in self.denials
            return Probe(self.name, self.layer, denied, word if denied else f"let through, then {word}")
        return Probe(self.name, self.layer, got is None, got or "nothing to be had")


def run_probes(policy: Policy) -> tuple[Probe, ...]:
    """Try everything; to be called in a confined child, in its work folder."""
    parent = os.getppid()
    plans = (*_files(policy), *_parent(parent), *_network(), *_processes(), *_kernel(), *_self(), *_limits(policy))
    plans += tuple(_tasks(parent)) if policy.cuda else ()
    plans += tuple(_beyond()) if policy.processes else ()
    allowed = {*(_NOT_WITH_CUDA if policy.cuda else ()), *(_OF_COURSE if policy.processes else ())}
    return tuple(plan.run() for plan in plans if plan.name not in allowed)


def verdict(layers: Layers, probes: Sequence[Probe]) -> list[str]:
    """Why nothing may be graded here; empty if submissions are held."""
    reasons = [f"{probe.layer} let a submission {probe.name}: {probe.detail}" for probe in probes if not probe.denied]
    if not probes:
        reasons.append("the self-test did not run")
    if not layers.seccomp.ok:
        reasons.append(f"seccomp is missing: {layers.seccomp.note}")
    if not layers.no_new_privs.ok:
        reasons.append(f"no_new_privs is missing: {layers.no_new_privs.note}")
    if layers.root and not layers.uid.ok:
        reasons.append(f"root was not given up: {layers.uid.note}")
    if not (layers.landlock.ok or layers.mount.ok or layers.uid.ok):
        reasons.append(f"nothing hides files: {layers.landlock.note}; {layers.mount.note}")
    return reasons


def _doing(function: Callable[..., object], *arguments: object) -> Attempt:
    """A call that returns was not denied, whatever it returns."""

    def attempt() -> str:
        function(*arguments)
        return "it was done"

    return attempt


def _open(path: str, flags: int = os.O_RDONLY) -> None:
    os.close(os.open(path, flags | os.O_CLOEXEC))


def _look(path: str, policy: Policy) -> str | None:
    """Read a hidden file, or list a hidden folder beyond what leads to readable places in it."""
    if not os.path.isdir(path):
        _open(path)
        return "it was opened"
    inside = [os.path.relpath(place, path) for place in policy.readable if beneath(place, path)]
    names = set(os.listdir(path)) - {place.split("/")[0] for place in inside}
    return f"it lists {', '.join(sorted(names)[:3])}" if names else None


def _through_link(path: str, make: Callable[[str, str], None]) -> None:
    link = "probe-link"
    make(path, link)
    try:
        _open(link)
    finally:
        os.unlink(link)


def _create(folder: str) -> None:
    path = os.path.join(folder, "autograder-probe")
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600))
    os.unlink(path)


def _files(policy: Policy) -> Iterator[_Plan]:
    layer = "landlock"
    for path in policy.hidden:
        yield _Plan(f"read {path}", layer, functools.partial(_look, path, policy), ABSENT)
        yield _Plan(f"open {path} to write", layer, _doing(_open, path, os.O_WRONLY), CLOSED)
        yield _Plan(f"read {path} by a symlink", layer, _doing(_through_link, path, os.symlink), ABSENT)
        yield _Plan(f"read {path} by a hard link", layer, _doing(_through_link, path, os.link), ABSENT)
    beside = [os.path.dirname(path) for path in policy.readable if path.startswith(sys.base_prefix)][:1]
    for folder in ("/", "/dev", "/var/tmp", *beside):
        yield _Plan(f"make a file in {folder}", layer, _doing(_create, folder), ABSENT)


def _parent(pid: int) -> Iterator[_Plan]:
    for name in ("environ", "cmdline", "maps", "mem", "root/etc"):
        yield _Plan(f"open its parent's {name}", "landlock", _doing(_open, f"/proc/{pid}/{name}"), ABSENT)
    reader, _writer = os.pipe()
    owner = struct.pack("i", pid)
    queued = struct.pack("3i", 0, 0, -1).ljust(128, b"\0")  # signal 0 is no signal; -1 is SI_QUEUE
    calls = {
        "signal its parent": _doing(os.kill, pid, 0),
        "signal everybody": _doing(os.kill, -1, 0),
        "queue a signal to its parent": _call("rt_sigqueueinfo", pid, 0, queued),
        "signal its parent through a handle": _call("pidfd_open", pid, 0),
        "signal its parent by SIGIO": _doing(fcntl.fcntl, reader, fcntl.F_SETOWN, pid),
        "signal its parent by FIOSETOWN": _doing(fcntl.ioctl, reader, 0x8901, owner),
        "ask for its parent's limits": _doing(resource.prlimit, pid, resource.RLIMIT_NOFILE),
        "move its parent to other processors": _doing(os.sched_setaffinity, pid, os.sched_getaffinity(0)),
        "slow its parent": _doing(os.setpriority, os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, 0)),
        "trace its parent": _call("ptrace", 1, pid, 0, 0),  # PEEKTEXT of a process that is not stopped: nothing
        "read its parent's memory": _call("process_vm_readv", pid, 0, 0, 0, 0, 0),
        "compare itself with its parent": _call("kcmp", pid, os.getpid(), 0, 0, 0),
    }
    for name, attempt in calls.items():
        yield _Plan(name, "seccomp", attempt)


def _tasks(parent: int) -> Iterator[_Plan]:
    """Under the GPU's policy a process may name its threads, and change nothing else about itself or others."""
    own = f"/proc/self/task/{os.getpid()}"
    for name in ("oom_score_adj", "coredump_filter", "clear_refs", "mem", "uid_map", "setgroups", "autogroup"):
        for path in (f"{own}/{name}", f"/proc/self/{name}"):
            if os.path.exists(path):
                yield _Plan(f"open its own {path} to write", "landlock", _doing(_open, path, os.O_WRONLY), ABSENT)
    theirs = f"/proc/{parent}/task/{parent}/comm"
    yield _Plan("rename its parent", "landlock", _doing(_open, theirs, os.O_WRONLY), ABSENT)
    yield _Plan("make a file in /proc/sys", "landlock", _doing(_open, "/proc/sys/kernel/hostname", os.O_WRONLY), ABSENT)


def _call(name: str, *arguments: int | bytes) -> Attempt:
    return _doing(system_call, name, *arguments)


def _socket(family: int, kind: int = socket.SOCK_STREAM) -> None:
    socket.socket(family, kind).close()


def _network() -> Iterator[_Plan]:
    families = {"IPv4": socket.AF_INET, "IPv6": socket.AF_INET6, "Unix": socket.AF_UNIX, "vsock": 40}
    for name, family in families.items():
        yield _Plan(f"make a socket of {name}", "seccomp", _doing(_socket, family))
    yield _Plan("make a socket of netlink", "seccomp", _doing(_socket, 16, socket.SOCK_RAW))
    yield _Plan("send datagrams to a path", "seccomp", _doing(_datagrams))


def _beyond() -> Iterator[_Plan]:
    """Under the profile `course`: other processes do not exist, and nobody is reached."""
    reached = frozenset({errno.ENETUNREACH, errno.EADDRNOTAVAIL, *REFUSED})
    unsupported = frozenset({errno.EOPNOTSUPP})
    for name, family in (("vsock", 40), ("netlink", 16), ("packets", 17), ("the kernel's cryptography", 38)):
        yield _Plan(f"make a socket of {name} in a course", "seccomp", _doing(_socket, family), unsupported)
    yield _Plan("see processes outside", "namespaces", _processes_outside, ABSENT)
    for address in ("192.0.2.1", "169.254.169.254"):  # an address for examples; where clouds tell secrets
        yield _Plan(f"connect to {address}", "namespaces", _doing(_connect, address), reached)


def _processes_outside() -> str | None:
    """In a PID namespace of its own there are the init and this process."""
    numbers = sorted(int(name) for name in os.listdir("/proc") if name.isdigit())
    return None if os.getpid() < 10 and (not numbers or numbers[-1] < 10) else f"{len(numbers)} processes"


def _connect(address: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as end:
        end.settimeout(1)
        end.connect((address, 80))


def _datagrams() -> None:
    for end in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM):
        end.close()


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _processes() -> Iterator[_Plan]:
    missing = b"/nonexistent/program"
    yield _Plan("fork", "seccomp", _doing(_fork))
    yield _Plan("run a program", "seccomp", _doing(os.execv, missing, [missing]))
    yield _Plan("call clone3", "seccomp", _call("clone3", 0, 0))
    yield _Plan("call execveat", "seccomp", _call("execveat", -1, 0, 0, 0, 0))


def _kernel() -> Iterator[_Plan]:
    nothing = (0, 0, 0, 0, 0)
    calls = {
        "unshare": (0,), "setns": (-1, 0), "mount": nothing, "umount2": nothing, "pivot_root": nothing,
        "bpf": (-1, 0, 0), "perf_event_open": nothing, "userfaultfd": (-1,), "keyctl": (0, -1, 0),
        "io_uring_setup": nothing, "inotify_init1": (0,), "fanotify_init": (-1, 0), "shmget": (0, 0, 0),
        "msgget": (1, 0), "semget": (0, -1, 0), "mq_open": nothing, "memfd_create": (0, 0),
        "memfd_secret": (-1,), "name_to_handle_at": nothing, "seccomp": (-1, 0, 0),
        "personality": (0xFFFF_FFFF,), "splice": (-1, 0, -1, 0, 0, 0), "process_madvise": (-1, 0, 0, 0, -1),
        "pidfd_getfd": (-1, 0, 0), "pidfd_send_signal": (-1, 0, 0, 0),
    }  # fmt: skip
    for name, arguments in calls.items():
        yield _Plan(name, "seccomp", _call(name, *arguments))
    reader, _writer = os.pipe()
    yield _Plan("type into a terminal", "seccomp", _doing(fcntl.ioctl, reader, 0x5412, b"\0"))
    yield _Plan("become another user", "seccomp", _doing(os.setresuid, -1, -1, -1))
    yield _Plan("become debuggable", "seccomp", _doing(prctl, 4, 0))
    yield _Plan("lock a file", "seccomp", _doing(_lock))
    yield _Plan("make a named pipe", "seccomp", _doing(_named_pipe))
    yield _Plan("change a file's mode or time", "seccomp", _change)


def _lock() -> None:
    with open("probe-lock", "w") as file:
        os.unlink("probe-lock")
        fcntl.flock(file, fcntl.LOCK_EX)


def _named_pipe() -> None:
    os.mkfifo("probe-pipe")
    os.unlink("probe-pipe")


def _change() -> str | None:
    """These calls answer with success; what counts is that the file did not change."""
    with open("probe-mode", "w") as file:
        before = os.fstat(file.fileno())
        os.chmod("probe-mode", 0o777)
        os.utime("probe-mode", (1, 1))
        after = os.fstat(file.fileno())
        os.unlink("probe-mode")
    changed = before.st_mode != after.st_mode or before.st_mtime_ns != after.st_mtime_ns
    return "changed" if changed else None


def _self() -> Iterator[_Plan]:
    def unless(holds: Callable[[], bool], got: str) -> Attempt:
        return lambda: None if holds() else got

    yield _Plan("hold capabilities", "uid", _capabilities)
    yield _Plan("be root", "uid", unless(lambda: os.getuid() != 0, "uid 0"))
    yield _Plan("gain privileges", "no_new_privs", unless(lambda: prctl(39) == 1, "no_new_privs is not set"))
    yield _Plan("be dumped or traced", "no_new_privs", unless(lambda: prctl(3) != 1, "it is dumpable"))
    yield _Plan("hold a folder open", "descriptors", _open_folder)


def _capabilities() -> str | None:
    held = ctypes.create_string_buffer(24)
    system_call("capget", struct.pack("=Ii", 0x2008_0522, 0), ctypes.addressof(held))
    return "some capabilities" if any(held.raw) else None


def _open_folder() -> str | None:
    for descriptor in range(DESCRIPTORS):
        try:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                return f"descriptor {descriptor}"
        except OSError:
            continue
    return None


def _limits(policy: Policy) -> Iterator[_Plan]:
    def bounded(which: int, most: int) -> Attempt:
        def look() -> str | None:
            value = resource.getrlimit(which)[1]
            return f"up to {value}" if value == resource.RLIM_INFINITY or value > most else None

        return look

    shared = policy.memory_bytes + (COURSE_VIRTUAL if policy.processes else 0)
    private = shared + (CUDA_DATA if policy.cuda else 0)
    yield _Plan("map private memory", "limits", lambda: _map(private, mmap.MAP_PRIVATE), FULL)
    yield _Plan("map shared memory", "limits", lambda: _map(shared, mmap.MAP_SHARED), FULL)
    yield _Plan("write a large file", "limits", lambda: _write_at(policy.file_bytes), FULL)
    yield _Plan("use up descriptors", "limits", bounded(resource.RLIMIT_NOFILE, DESCRIPTORS))
    yield _Plan("dump core", "limits", bounded(resource.RLIMIT_CORE, 0))
    yield _Plan("run for ever", "limits", bounded(resource.RLIMIT_CPU, policy.cpu_seconds + 60))


def _map(size: int, flags: int) -> str:
    """Nothing is written, so it costs nothing where nothing forbids it."""
    both = mmap.PROT_READ | mmap.PROT_WRITE
    mmap.mmap(-1, size + mmap.PAGESIZE, flags=flags | mmap.MAP_ANONYMOUS | _NO_RESERVE, prot=both).close()
    return f"{size} bytes"


def _write_at(offset: int) -> str:
    """A hole and one byte: it costs nothing where nothing forbids it."""
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        with open("probe-size", "wb") as file:
            os.unlink("probe-size")
            os.pwrite(file.fileno(), b"x", offset)
    finally:
        signal.signal(signal.SIGXFSZ, before)
    return f"{offset} bytes"
