"""Confining a submission: prepared once in the zygote, completed by each child on itself.

Every step that was available when the zygote prepared must succeed in the child, or the child goes no further.
Imports only the standard library; it runs on the untrusted side too.
"""

import contextlib
import errno
import importlib.machinery
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.sandbox import driver, landlock, limits, namespaces, preconditions, seccomp
from autograder.sandbox.landlock import Access
from autograder.sandbox.layers import LAYERS, Layer, Layers
from autograder.sandbox.policy import Policy
from autograder.sandbox.preconditions import ConfinementError

_WRITABLE_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_GPU = (
    *driver.FOLDERS,
    "/proc/devices",
    "/proc/modules",
    "/sys/bus/pci",
    "/sys/devices",
    "/sys/module",
)


@dataclass(frozen=True)
class Prepared:
    """What a zygote did once, for its children to build on."""

    policy: Policy
    layers: Layers  # as they will be in a child
    view: namespaces.View | None
    rules: tuple[landlock.Rule, ...]
    program: seccomp.Program


def _fill_finders() -> None:
    """Let every import path list its folder now: Landlock may forbid it later, and imports would fail."""
    importlib.machinery.PathFinder.find_spec("no module has this name")


def _enter(
    policy: Policy, root: bool, readable: Sequence[str], devices: Sequence[str]
) -> tuple[namespaces.View | None, dict[str, Layer]]:
    """Leave the machine's namespaces as far as it allows."""
    names = ("user", "mount", "network", "ipc", "uts", "tmpfs")
    if "namespaces" in policy.disabled:
        return None, dict.fromkeys(names, Layer(False, "switched off"))
    why_not = namespaces.rehearse(root)
    if why_not:
        missing = Layer(False, f"{'' if root else 'user '}namespaces are refused here: {why_not}")
        return None, dict.fromkeys(names, missing)
    if root:
        namespaces.unshare(namespaces.MOUNT)
        user = Layer(False, "not needed: root drops to a user for each slot")
    else:
        namespaces.enter_user()
        user = Layer(True, "own user namespace")
    found = {"user": user}
    for name, flag in (("network", namespaces.NETWORK), ("ipc", namespaces.IPC), ("uts", namespaces.UTS)):
        trouble = namespaces.isolate(flag)
        found[name] = Layer(not trouble, trouble or "own namespace")
    if policy.processes:
        preconditions.require_own_network(found["network"])
        namespaces.raise_loopback()
    view = namespaces.build(readable, devices, terminals=policy.processes)
    found["mount"] = Layer(True, "only what may be read exists")
    found["tmpfs"] = Layer(True, f"{policy.scratch_bytes >> 20} MiB for each submission")
    return view, found


def _places(
    readable: Sequence[str], devices: Sequence[str], view: namespaces.View | None, processes: bool
) -> list[tuple[str, Access]]:
    """What Landlock is to allow, except the files of a child's own."""
    read = Access.RUN if processes else Access.READ
    trees = () if view is None else view.trees
    places = [
        (path, Access.DEVICE if path in _WRITABLE_DEVICES else read)
        for path in (*trees, *readable)
        if not path.startswith("/proc/self") and os.path.dirname(os.path.realpath(path)) not in trees
    ]
    places += [(path, Access.GPU) for path in devices]
    if view is not None:  # in a view a folder lists only what may be read; elsewhere the finders have their listings
        parents = {os.path.dirname(os.path.realpath(path)) for path, _ in places if not path.startswith("/proc")}
        places += [(path, Access.LIST) for path in sorted(parents - {"/", "/dev", "/sys"})]
    return places


def prepare(policy: Policy) -> Prepared:
    """In the zygote, once, after its imports: enter namespaces, build the view, the rules and the filter.

    Afterwards the working directory is / and paths outside `policy.readable` are gone for the zygote as well.
    """
    machine = preconditions.require_machine()
    if unknown := set(policy.disabled) - set(LAYERS):
        raise ConfinementError(f"no such layer: {', '.join(sorted(unknown))}")
    preconditions.require_one_thread()
    preconditions.require_no_gpu()
    preconditions.require_apart(policy)
    root = os.geteuid() == 0
    version = 0 if "landlock" in policy.disabled else landlock.abi()
    devices = driver.devices() if policy.cuda else []
    readable = (*policy.readable, *(_GPU if policy.cuda else ()))
    limits.adopt_orphans()
    limits.raise_descriptors()
    _fill_finders()
    with _step("namespaces"):
        view, found = _enter(policy, root, readable, devices)
    if policy.processes:
        preconditions.require_view(found["mount"])
    if view is not None:
        _fill_finders()  # its folders have other times than the machine's, and each fork would list them anew
    limits.hide_memory()
    own_uid = root and "uid" not in policy.disabled
    if own_uid and view is None:
        preconditions.require_reachable(policy)
    if view is None and version == 0:
        preconditions.require_private(policy)
    with _step("landlock"):
        rules = landlock.open_rules(_places(readable, devices, view, policy.processes)) if version else ()
    off = Layer(False, "switched off")
    no_filter = "seccomp" in policy.disabled
    layers = Layers(
        root=root,
        abi=version,
        landlock=off
        if "landlock" in policy.disabled
        else Layer(version > 0, f"ABI {version}" if version else "missing: boot Linux 5.13 or later with lsm=landlock"),
        seccomp=off if no_filter else Layer(True, f"allow-list for {machine}"),
        no_new_privs=off if no_filter and not version else Layer(True, "set"),
        uid=Layer(True, f"own user, from {policy.first_uid}")
        if own_uid
        else off
        if root
        else Layer(False, "not root, so submissions run as the grader's user"),
        limits=off
        if "limits" in policy.disabled
        else Layer(True, f"{policy.memory_bytes >> 20} MiB{' and what CUDA maps' if policy.cuda else ''}"),
        **found,
    )
    return Prepared(policy, layers, view, rules, seccomp.assemble(machine, policy.cuda, policy.processes))


@contextlib.contextmanager
def _step(layer: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.EMFILE:  # the path at which it stopped explains nothing
            raise ConfinementError(f"{layer}: {limits.too_few_descriptors()}") from error
        raise ConfinementError(f"{layer}: {error}; nothing is graded without it") from error


def _scratch(prepared: Prepared, work: str, owner: int | None) -> str:
    """Make the work folder; the folder for temporary files is the answer."""
    if prepared.view is not None:
        policy = prepared.policy
        namespaces.add_scratch(prepared.view, work, policy.scratch_bytes, owner, above=policy.above)
        if policy.cuda:
            namespaces.open_thread_names()
        return "/tmp"
    temporary = os.path.join(work, ".tmp")
    for folder in (work, temporary):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if owner is not None:
            os.chown(folder, owner, owner, follow_symlinks=False)
    return temporary


def _allow_own(prepared: Prepared, folders: Sequence[str], own_proc: bool) -> int:
    """The complete set of rules: what the zygote held open, and what is this child's alone.

    A set belongs to one child: rules for its /proc files, added to a shared one, would serve its successors.

    Args:
        own_proc: in its /proc there are its own processes only.
    """
    processes = prepared.policy.processes
    places = [(path, Access.READ) for path in prepared.policy.readable if path.startswith("/proc/self/")]
    places += [(folder, Access.OWN if processes else Access.WORK) for folder in folders]
    places += [("/dev/pts", Access.TERMINALS)] if processes else []
    places += [("/proc", Access.READ)] if own_proc else []
    if prepared.policy.cuda:
        places += [("/proc/self/task", Access.DEVICE)]  # the driver names its threads
    return landlock.ruleset([*prepared.rules, *landlock.open_rules(places)], prepared.layers.abi, loopback=processes)


def confine(prepared: Prepared, slot: int, work: str, keep_fds: Sequence[int]) -> Layers:
    """In a child straight after the fork: give up everything but `work`, the readable paths and `keep_fds`.

    Descriptors 0, 1 and 2 stay open. On ConfinementError the child must end at once.
    """
    policy, layers = prepared.policy, prepared.layers
    preconditions.require_one_thread()
    if slot < 0 or not os.path.isabs(work):
        raise ConfinementError(f"slot {slot} or work folder {work!r} is not valid")
    with contextlib.suppress(PermissionError):  # it leads a session already
        os.setsid()
    os.umask(0o022)  # others pass through the folders above the work folder
    owner = policy.first_uid + slot if layers.uid.ok else None
    with _step("tmpfs"):
        temporary = _scratch(prepared, work, owner)
        own_proc = policy.processes and not namespaces.own_processes()
    keep = list(keep_fds)
    with _step("landlock"):
        if layers.landlock.ok:
            folders = (policy.above or work, temporary, "/dev/shm") if prepared.view else (work,)
            keep.append(rules := _allow_own(prepared, folders, own_proc))
    with _step("descriptors"):
        limits.close_all_but(keep)
    with _step("uid"):
        if owner is not None:
            limits.drop_bounding_set()
            limits.become(owner)
        if "uid" not in policy.disabled:
            limits.drop_capabilities()
    _settle(work, temporary, policy)
    with _step("limits"):
        if layers.limits.ok:
            limits.limit(
                memory=policy.memory_bytes,
                cuda=policy.cuda,
                cpu_seconds=policy.cpu_seconds,
                file_bytes=policy.file_bytes,
                own_uid=owner is not None,
                processes=policy.processes,
            )
    with _step("landlock"):
        if layers.no_new_privs.ok:
            limits.no_new_privileges()
        if layers.landlock.ok:
            landlock.restrict(rules, layers.abi)
    with _step("seccomp"):
        if layers.seccomp.ok:
            seccomp.load(prepared.program)
    return layers


def _settle(work: str, temporary: str, policy: Policy) -> None:
    """Move in: working directory, home, temporary files, a user name that is nobody's, and a link to the data sets."""
    os.umask(0o077)
    home = os.path.join(temporary, "home")
    os.makedirs(home, mode=0o700, exist_ok=True)
    for path in policy.at_home:
        link = os.path.join(home, os.path.relpath(path, policy.home))
        os.makedirs(os.path.dirname(link), exist_ok=True)
        if not os.path.lexists(link):
            os.symlink(path, link)
    os.environ.update(HOME=home, TMPDIR=temporary, USER="student", LOGNAME="student")
    tempfile.tempdir = None  # the zygote's answer is another folder
    os.chdir(work)
    # A notebook of this course reads datasets/x.csv, beside it and here; the course's own come last.
    for folder in () if policy.processes else reversed(policy.readable):
        if os.path.basename(folder) == "datasets" and not os.path.lexists("datasets"):
            os.symlink(folder, "datasets")


def try_out(policy: Policy, work: str, action: Callable[[Layers], object]) -> Any:
    """What an action answers (plain data) in a throw-away confined fork; this process stays as it is.

    Raises:
        OSError: the action or the confinement failed; ChildProcessError with its words if not for the system's reasons.
    """

    def zygote(answer: int) -> Any:
        prepared = prepare(policy)
        return namespaces.in_child(lambda inner: action(confine(prepared, 0, work, [answer, inner])))

    return namespaces.in_child(zygote)
