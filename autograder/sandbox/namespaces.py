"""A view of the machine in which nothing hidden exists: own mounts, network, IPC and host name.

The zygote builds the view once. A child adds a scratch file system of its own, which vanishes with it.
Imports only the standard library; it runs on the untrusted side too.
"""

import ctypes
import errno
import json
import os
import socket
import stat
import struct
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.sandbox.seccomp import libc, prctl, system_call

if sys.platform != "win32":
    import fcntl

MOUNT, UTS, IPC, USER, PID, NETWORK = 0x0002_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000

_NOSUID, _NODEV, _NOEXEC, _BIND, _RECURSIVE, _PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18
_DETACH = 2
_ATTR_RDONLY, _ATTR_NOSUID = 1, 2
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_OLD = "/.outside"  # where the machine's own root stands while the view is built
_LAYERS = "/.layers"  # where what is laid over folders stands meanwhile
_MANY = 8  # entries of one folder that are cheaper as one mount
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_MOST_LINKS = 40  # the kernel's own bound
INODES = 16_384  # of one scratch file system


def mount(source: str, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    """mount(2), with OSError on failure."""

    def encoded(text: str | None) -> bytes | None:
        return None if text is None else os.fsencode(text)

    passed = (encoded(source), encoded(target), encoded(kind), ctypes.c_ulong(flags), encoded(options))
    if libc().mount(*passed) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"mount {target}: {os.strerror(number)}")


def unshare(flags: int) -> None:
    """unshare(2), with OSError on failure."""
    system_call("unshare", flags)


def enter_user() -> None:
    """A user namespace in which this process may mount; outside it gains nothing."""
    uid, gid = os.getuid(), os.getgid()
    prctl(4, 1)  # PR_SET_DUMPABLE: else root owns the files below. The zygote hides its memory again afterwards
    unshare(USER | MOUNT)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w", encoding="utf-8") as file:
            file.write(text)


def in_child(action: Callable[[int], object]) -> Any:
    """What an action answers in a fork of this process (plain data), so that what it changes ends with the fork.

    The action is given the descriptor that its answer will go through, to keep open.

    Raises:
        OSError: the action raised one; ChildProcessError with its words if it failed in another way.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            answer: dict[str, Any] = {"value": action(writer)}
        except OSError as error:
            words = str(error) if error.errno is None else ": ".join(filter(None, (error.strerror, error.filename)))
            answer = {"errno": error.errno, "words": words}
        except BaseException as error:  # a fork must never run on in its parent's code
            answer = {"words": f"{type(error).__name__}: {error}"}
        try:
            with open(writer, "w", encoding="utf-8") as pipe:
                json.dump(answer, pipe)
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8") as pipe:
        text = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    answer = json.loads(text) if text else {"words": f"the child ended with {code}"}
    if answer.get("errno") is not None:
        raise OSError(answer["errno"], answer["words"])
    if "words" in answer:
        raise ChildProcessError(answer["words"])
    return answer["value"]


def rehearse(as_root: bool) -> str:
    """Try in a child whether a view can be built here; "" if so, else why not.

    A half-entered namespace cannot be left again, so the zygote enters only what worked here.
    """

    def try_it(_answer: int) -> None:
        unshare(MOUNT) if as_root else enter_user()
        _pivot()
        _protect("/", _ATTR_RDONLY | _ATTR_NOSUID)

    try:
        in_child(try_it)
    except OSError as error:
        return str(error)
    return ""


def isolate(flag: int) -> str:
    """Enter one more namespace; "" if that worked, else why not."""
    try:
        unshare(flag)
        if flag == UTS:
            _name_host("sandbox")
    except OSError as error:
        return str(error)
    return ""


def raise_loopback() -> None:
    """Let this network namespace, which has nothing else, speak to itself."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        request = struct.pack("16sh14x", b"lo", 0x1 | 0x40)  # IFF_UP, IFF_RUNNING
        fcntl.ioctl(end, 0x8914, request)  # SIOCSIFFLAGS


def _name_host(name: str) -> None:
    """Name the host, so that its real name is no part of a submission's outputs."""
    encoded = name.encode()
    if libc().sethostname(encoded, ctypes.c_size_t(len(encoded))) < 0:
        raise OSError(ctypes.get_errno(), "sethostname")


def trace(path: str) -> tuple[dict[str, str], str]:
    """The symbolic links met on the way along a path, and the path without any."""
    links: dict[str, str] = {}
    here, ahead, hops = "/", path.split("/"), 0
    while ahead:
        part = ahead.pop(0)
        if part in ("", "."):
            continue
        step = os.path.dirname(here) if part == ".." else os.path.join(here, part)
        if not os.path.islink(step):
            here = step
            continue
        hops += 1
        if hops > _MOST_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
        links[step] = os.readlink(step)
        here = "/" if links[step].startswith("/") else here
        ahead = [*links[step].split("/"), *ahead]
    return links, here


def beneath(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it; both without symbolic links."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def outermost(paths: Iterable[str]) -> list[str]:
    """The paths that lie in no other of them, parents first."""
    kept: list[str] = []
    for path in sorted(set(paths), key=lambda path: path.split("/")):
        if not (kept and beneath(path, kept[-1])):
            kept.append(path)
    return kept


def _pivot() -> None:
    """Make an empty file system the root; the old one stays reachable under _OLD."""
    mount("none", "/", None, _PRIVATE | _RECURSIVE)
    base = "/tmp"  # any folder: the mount moves away from it at once
    mount("tmpfs", base, "tmpfs", _NOSUID | _NODEV, "mode=755,size=16m")
    os.mkdir(base + _OLD)
    os.chdir(base)
    system_call("pivot_root", b".", os.fsencode(_OLD[1:]))
    os.chdir("/")


def _protect(path: str, add: int, remove: int = 0, recursive: bool = True) -> None:
    attributes = struct.pack("=QQQQ", add, remove, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    system_call("mount_setattr", _AT_FDCWD, os.fsencode(path), flags, attributes, len(attributes))


def _bind(source: str, target: str) -> None:
    """Show a file or folder of the old root at a place in the view."""
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    elif not os.path.exists(target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o444))
    mount(source, target, None, _BIND | _RECURSIVE)


def _mount_proc() -> None:
    os.mkdir("/proc")
    try:  # other users' processes do not exist in it; only real root may make a new one
        mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC, "hidepid=invisible")
    except OSError:
        mount(_OLD + "/proc", "/proc", None, _BIND | _RECURSIVE)


@dataclass(frozen=True)
class View:
    """A root that shows only what may be read.

    Args:
        beside: names in /tmp that the scratch file system must not cover.
        trees: folders of which most entries may be read, each shown as one mount without the others.
    """

    beside: tuple[str, ...]
    trees: tuple[str, ...] = ()


def build(readable: Sequence[str], devices: Sequence[str] = (), *, terminals: bool = False) -> View:
    """Leave the machine's root for one that holds only `readable`, read-only, at the same paths.

    Args:
        terminals: have a place for terminals of its own, which a child mounts.
    """
    traced = [trace(path) for path in readable if not path.startswith("/proc")]
    targets = outermost(target for _, target in traced if os.path.lexists(target))
    links = {place: text for found, _ in traced for place, text in found.items()}
    present = [path for path in dict.fromkeys((*_DEVICES, *devices)) if os.path.exists(path)]
    os.umask(0o022)  # the submissions' users pass through these folders
    _pivot()
    trees = _show_trees(targets, links)
    for target in targets:
        if target not in present and os.path.dirname(target) not in trees:
            _bind(_OLD + target, target)
    _mount_proc()
    for device in present:
        _bind(_OLD + device, device)
    for place, text in links.items():
        if not os.path.lexists(place):
            os.makedirs(os.path.dirname(place), exist_ok=True)
            os.symlink(text, place)
    for folder in ("/tmp", "/dev/shm", *(("/dev/pts",) if terminals else ())):
        os.makedirs(folder, exist_ok=True)
    if terminals:
        os.symlink("pts/ptmx", "/dev/ptmx")
    _leave(_OLD)
    _protect("/", _ATTR_RDONLY | _ATTR_NOSUID)
    _protect("/", 0, remove=_ATTR_RDONLY, recursive=False)  # a child makes its work folder, then locks it
    return View(tuple(sorted(os.listdir("/tmp"))), trees)


def _leave(mounted: str) -> None:
    """Take a mount away; what was made of it stays."""
    if libc().umount2(os.fsencode(mounted), _DETACH) < 0:
        raise OSError(ctypes.get_errno(), f"{mounted} could not be left")
    os.rmdir(mounted)


def _show_trees(targets: Sequence[str], links: dict[str, str]) -> tuple[str, ...]:
    """Show each folder of which many entries may be read as one mount, in which the other entries do not exist.

    A folder of packages would else be a mount and a Landlock rule for each entry, which every fork copies: 362 mounts
    cost it 5 ms. Where the kernel does not offer it, the entries are shown one by one.
    """
    counted = Counter(map(os.path.dirname, targets))
    mounted = _mount_points(_OLD + "/proc/self/mountinfo")
    shown: list[str] = []
    os.mkdir(_LAYERS)
    mount("tmpfs", _LAYERS, "tmpfs", _NOSUID | _NODEV, "mode=755,size=16m")
    for folder in sorted(folder for folder, count in counted.items() if count >= _MANY):
        # In the mount's options these characters mean something, and what is mounted below would not be shown.
        if not set(folder) & set(":,\\") and not any(beneath(point, _OLD + folder) for point in mounted):
            try:
                _show_tree(folder, targets, links, f"{_LAYERS}/{len(shown)}")
            except OSError:
                continue
            shown.append(folder)
    _leave(_LAYERS)
    return tuple(shown)


def _show_tree(folder: str, targets: Sequence[str], links: dict[str, str], layers: str) -> None:
    """Lay over a folder of the old root what takes away the entries that may not be read."""
    kept = {os.path.basename(path) for path in (*targets, *links) if os.path.dirname(path) == folder}
    gone = [name for name in os.listdir(_OLD + folder) if name not in kept]
    taken_away, instead = f"{layers}/away", f"{layers}/instead"
    for layer in (taken_away, instead):
        os.makedirs(layer)
    for name in gone:
        os.mknod(f"{taken_away}/{name}", stat.S_IFCHR, os.makedev(0, 0))  # the kernel's mark: this does not exist
    for path in (*targets, *links):  # deeper places, at which something will be shown
        name, _, deeper = os.path.relpath(path, folder).partition("/")
        if beneath(path, folder) and deeper and name in gone:
            place = f"{instead}/{name}/{deeper}"
            os.makedirs(os.path.dirname(place), exist_ok=True)
            if path in links:
                os.symlink(links[path], place)
            elif os.path.isdir(_OLD + path):
                os.makedirs(place, exist_ok=True)
            else:
                os.close(os.open(place, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o444))
    os.makedirs(folder, exist_ok=True)
    mount("overlay", folder, "overlay", _NOSUID | _NODEV, f"lowerdir={instead}:{taken_away}:{_OLD}{folder}")


def _mount_points(table: str) -> list[str]:
    """Where something is mounted, by the kernel's own table."""
    with open(table, encoding="utf-8", errors="surrogateescape") as file:
        return [line.split(" ", 5)[4] for line in file]


def add_scratch(view: View, work: str, size: int, owner: int | None, *, above: str = "") -> None:
    """In a child: one sized file system as /tmp, /dev/shm and `work`, which no other process sees.

    Args:
        above: a folder that holds `work` and nothing else; then programs may be run from there too.

    /dev/shm and `work` are folders of the new /tmp shown at their own paths: taking a mount away again, as a hidden
    staging place would need, makes the kernel wait for every processor (1 to 9 ms).
    """
    unshare(MOUNT)
    covered = [os.open(f"/tmp/{name}", os.O_PATH | os.O_CLOEXEC) for name in view.beside]
    options = f"size={size},nr_inodes={INODES},mode=700"
    if owner is not None:
        options += f",uid={owner},gid={owner}"
    mount("tmpfs", "/tmp", "tmpfs", _NOSUID | _NODEV | (0 if above else _NOEXEC), options)
    _uncover(view.beside, covered)
    for folder, place in (("/tmp/.shm", "/dev/shm"), ("/tmp/.work", above or work)):
        os.mkdir(folder, 0o700)
        if owner is not None:
            os.chown(folder, owner, owner)
        os.makedirs(place, exist_ok=True)
        mount(folder, place, None, _BIND)
    if above:
        os.makedirs(work, exist_ok=True)
        for folder in (work, *_between(work, above)):
            os.chown(folder, -1 if owner is None else owner, -1 if owner is None else owner)
    for place in ("/", *(f"/tmp/{name}" for name in view.beside)):  # where the root itself shows
        _protect(place, _ATTR_RDONLY, recursive=False)


def _between(path: str, above: str) -> Iterable[str]:
    """The folders above a path, up to and without ``above``."""
    folder = os.path.dirname(path)
    while beneath(folder, above) and folder != above:
        yield folder
        folder = os.path.dirname(folder)


def own_processes() -> str:
    """In a child that is alone in a PID namespace and has mounts of its own: its own /proc and terminals.

    "" if /proc is its own now, else why not: then that of before stays, of which Landlock shows what it lists.
    """
    mount("devpts", "/dev/pts", "devpts", _NOSUID | _NOEXEC, "newinstance,ptmxmode=0666,mode=0600")
    try:
        mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC, "hidepid=invisible")
    except OSError as error:
        return str(error)
    return ""


def open_thread_names() -> None:
    """In a child with mounts of its own: what lies in its /proc/self/task may be written, as far as the kernel lets it.

    The rest of /proc stays read-only. Of a process that cannot be dumped these files belong to root, but for the names
    of its threads, which the kernel leaves to the process itself.
    """
    mount("/proc/self/task", "/proc/self/task", None, _BIND)
    _protect("/proc/self/task", 0, remove=_ATTR_RDONLY, recursive=False)


def _uncover(names: Sequence[str], descriptors: Sequence[int]) -> None:
    """Show again, inside the new /tmp, what the view has in its own."""
    for name, descriptor in zip(names, descriptors, strict=True):
        os.mkdir(f"/tmp/{name}")
        mount(f"/proc/self/fd/{descriptor}", f"/tmp/{name}", None, _BIND | _RECURSIVE)
        os.close(descriptor)
