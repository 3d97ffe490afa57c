"""Confining a submission: prepared once in the zygote, completed by each child on itself.

Every step that was available when the zygote prepared must succeed in the child, or the child goes no further.
Imports only the standard library; it runs on the untrusted side too.
"""

import contextlib
import glob
import importlib.machinery
import json
import os
import platform
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from autograder.sandbox import landlock, limits, namespaces, seccomp
from autograder.sandbox.landlock import Access

LAYERS = ("landlock", "seccomp", "namespaces", "uid", "limits")

_SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/localtime",
    "/etc/timezone",
    "/usr/share/zoneinfo",
    "/etc/mime.types",
    "/etc/fonts",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
    "/dev/null",
    "/dev/zero",
    "/dev/urandom",
    "/dev/random",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/proc/self/status",
    "/proc/self/stat",
    "/proc/self/statm",
    "/proc/self/maps",
)
_WRITABLE_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_GPU = (
    "/proc/driver/nvidia",
    "/proc/devices",
    "/proc/modules",
    "/sys/bus/pci",
    "/sys/devices",
    "/sys/module",
)
_PACKAGES = ("site-packages", "dist-packages")


class ConfinementError(RuntimeError):
    """A submission must not run here: which layer is missing, and what to do."""


@dataclass(frozen=True)
class Policy:
    """What submissions may read and use."""

    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    memory_bytes: int
    cpu_seconds: int
    file_bytes: int
    scratch_bytes: int
    first_uid: int = 61_000
    cuda: bool = False
    disabled: tuple[str, ...] = ()  # layers left out on purpose: only for controls that show what each is worth

    def to_json(self) -> str:
        """This policy as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Policy":
        """The policy that `to_json` wrote."""
        values = json.loads(text)
        listed = {name: tuple(values[name]) for name in ("readable", "hidden", "disabled")}
        return cls(**{**values, **listed})


@dataclass(frozen=True)
class Layer:
    """Whether one layer is in force, and in which form or why not."""

    ok: bool
    note: str


@dataclass(frozen=True)
class Layers:
    """What holds a submission, layer by layer."""

    root: bool  # the zygote runs as root
    abi: int  # of Landlock
    landlock: Layer
    seccomp: Layer
    no_new_privs: Layer
    uid: Layer
    user: Layer
    mount: Layer
    network: Layer
    ipc: Layer
    uts: Layer
    tmpfs: Layer
    limits: Layer

    def named(self) -> dict[str, Layer]:
        """Every layer by its name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if isinstance(value, Layer)}

    @property
    def level(self) -> str:
        """ "full" with every layer, "none" without one that grading demands, "partial" between."""
        files = self.landlock.ok or self.mount.ok or self.uid.ok
        if not (self.seccomp.ok and self.no_new_privs.ok and files) or (self.root and not self.uid.ok):
            return "none"
        others = [layer.ok for name, layer in self.named().items() if name not in ("uid", "user")]
        identity = self.uid.ok or self.user.ok
        return "full" if all(others) and identity and self.abi >= landlock.SCOPE_ABI else "partial"

    def to_json(self) -> str:
        """These layers as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Layers":
        """The layers that `to_json` wrote."""
        values: dict[str, Any] = json.loads(text)
        root, abi = bool(values.pop("root")), int(values.pop("abi"))
        return cls(root=root, abi=abi, **{name: Layer(**value) for name, value in values.items()})


@dataclass(frozen=True)
class Prepared:
    """What a zygote did once, for its children to build on."""

    policy: Policy
    layers: Layers  # as they will be in a child
    view: namespaces.View | None
    rules: tuple[landlock.Rule, ...]
    program: seccomp.Program


def _library(folder: str, hidden: Sequence[str]) -> list[str]:
    """A folder of modules: as a whole if it holds neither this package nor a secret, else entry by entry."""
    entries = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
    nested = [path for path in entries if os.path.basename(path) in _PACKAGES]
    kept = [path for path in entries if path not in nested and _open_to_all(path, hidden)]
    whole = len(kept) == len(entries) - len(nested) and all(_library(path, hidden) == [path] for path in nested)
    return [folder] if whole else kept


def _open_to_all(path: str, hidden: Sequence[str]) -> bool:
    real = os.path.realpath(path)
    return "autograder" not in os.path.basename(path).lower() and not any(
        namespaces.beneath(real, secret) or namespaces.beneath(secret, real) for secret in hidden
    )


def default_readable(hidden: Sequence[str] = ()) -> tuple[str, ...]:
    """What this interpreter needs: its library and packages, the system's shared libraries, small facts."""
    secrets = [os.path.realpath(path) for path in hidden]
    paths = sysconfig.get_paths()
    folders = [paths["stdlib"], paths["platstdlib"]]
    folders += [path for path in sys.path if os.path.basename(path) in _PACKAGES]
    found = [path for folder in dict.fromkeys(folders) if os.path.isdir(folder) for path in _library(folder, secrets)]
    library = sysconfig.get_config_var("LIBDIR")
    shared = glob.glob(os.path.join(glob.escape(library), "*.so*")) if library else []
    candidates = dict.fromkeys((*found, *sorted(shared), *_SYSTEM))
    return tuple(path for path in candidates if os.path.lexists(path))


def _require_machine() -> str:
    if sys.platform != "linux":
        raise ConfinementError(
            f"submissions cannot be confined on {sys.platform}: grade on Linux (a virtual machine will do)"
        )
    machine = platform.machine()
    if machine not in seccomp.MACHINES or sys.byteorder != "little" or sys.maxsize < 2**32:
        known = ", ".join(seccomp.MACHINES)
        raise ConfinementError(f"there is no list of system calls for {machine}: grade on one of {known}")
    return machine


def _require_one_thread() -> None:
    threads = limits.status()["Threads"]
    if threads != "1":
        raise ConfinementError(
            f"{threads} threads run where one may: Landlock and seccomp bind one thread only. Set "
            "OMP_NUM_THREADS=1 and OPENBLAS_NUM_THREADS=1 before the imports, and call torch.set_num_threads(1)"
        )


def _require_no_gpu() -> None:
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(FileNotFoundError):
            if os.readlink(f"/proc/self/fd/{name}").startswith("/dev/nvidia"):
                raise ConfinementError("CUDA is in use already, and does not survive a fork: use it after one")


def _require_apart(policy: Policy) -> None:
    """No hidden path may be readable, by any name."""
    for hidden in policy.hidden:
        for readable in policy.readable:
            if namespaces.beneath(os.path.realpath(hidden), os.path.realpath(readable)):
                raise ConfinementError(
                    f"{hidden} is to be hidden but lies under {readable}, which may be read: "
                    "list what may be read more finely"
                )


def _require_reachable(policy: Policy) -> None:
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


def _require_private(policy: Policy) -> None:
    """Where only a user of its own keeps a submission out, modes must do it, for what lies deeper as well."""
    for path in policy.hidden:
        if not policy.disabled and os.path.exists(path) and os.stat(path).st_mode & 0o077:
            raise ConfinementError(
                f"Landlock and mount namespaces are both missing, and others may enter {path}: boot a kernel with "
                f"Landlock, or run as root and `chmod -R go= {path}`"
            )


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
    view = namespaces.build(readable, devices)
    found["mount"] = Layer(True, "only what may be read exists")
    found["tmpfs"] = Layer(True, f"{policy.scratch_bytes >> 20} MiB for each submission")
    return view, found


def _places(readable: Sequence[str], devices: Sequence[str], view: bool) -> list[tuple[str, Access]]:
    """What Landlock is to allow, except the files of a child's own."""
    places = [
        (path, Access.DEVICE if path in _WRITABLE_DEVICES else Access.READ)
        for path in readable
        if not path.startswith("/proc/self")
    ]
    places += [(path, Access.GPU) for path in devices]
    if view:  # in a view a folder lists only what may be read; elsewhere the finders have their listings
        parents = {os.path.dirname(os.path.realpath(path)) for path, _ in places if not path.startswith("/proc")}
        places += [(path, Access.LIST) for path in sorted(parents - {"/", "/dev", "/sys"})]
    return places


def prepare(policy: Policy) -> Prepared:
    """In the zygote, once, after its imports: enter namespaces, build the view, the rules and the filter.

    Afterwards the working directory is / and paths outside `policy.readable` are gone for the zygote as well.
    """
    machine = _require_machine()
    if unknown := set(policy.disabled) - set(LAYERS):
        raise ConfinementError(f"no such layer: {', '.join(sorted(unknown))}")
    _require_one_thread()
    _require_no_gpu()
    _require_apart(policy)
    root = os.geteuid() == 0
    version = 0 if "landlock" in policy.disabled else landlock.abi()
    devices = sorted(glob.glob("/dev/nvidia*")) if policy.cuda else []
    readable = (*policy.readable, *(_GPU if policy.cuda else ()))
    limits.adopt_orphans()
    limits.raise_descriptors()
    _fill_finders()
    with _step("namespaces"):
        view, found = _enter(policy, root, readable, devices)
    limits.hide_memory()
    own_uid = root and "uid" not in policy.disabled
    if own_uid and view is None:
        _require_reachable(policy)
    if view is None and version == 0:
        _require_private(policy)
    with _step("landlock"):
        rules = landlock.open_rules(_places(readable, devices, view is not None)) if version else ()
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
        else Layer(True, "no limit of memory: watch its use" if policy.cuda else f"{policy.memory_bytes >> 20} MiB"),
        **found,
    )
    return Prepared(policy, layers, view, rules, seccomp.assemble(machine, policy.cuda))


@contextlib.contextmanager
def _step(layer: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise ConfinementError(f"{layer}: {error}; nothing is graded without it") from error


def _scratch(prepared: Prepared, work: str, owner: int | None) -> str:
    """Make the work folder; the folder for temporary files is the answer."""
    if prepared.view is not None:
        namespaces.add_scratch(prepared.view, work, prepared.policy.scratch_bytes, owner)
        return "/tmp"
    temporary = os.path.join(work, ".tmp")
    for folder in (work, temporary):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if owner is not None:
            os.chown(folder, owner, owner, follow_symlinks=False)
    return temporary


def _allow_own(prepared: Prepared, folders: Sequence[str]) -> int:
    """The complete set of rules: what the zygote held open, and what is this child's alone.

    A set belongs to one child: rules for its /proc files, added to a shared one, would serve its successors.
    """
    places = [(path, Access.READ) for path in prepared.policy.readable if path.startswith("/proc/self/")]
    places += [(folder, Access.WORK) for folder in folders]
    if prepared.policy.cuda:
        places += [("/proc/self/task", Access.READ | Access.WRITE_FILE)]  # the driver names its threads
    return landlock.ruleset([*prepared.rules, *landlock.open_rules(places)], prepared.layers.abi)


def confine(prepared: Prepared, slot: int, work: str, keep_fds: Sequence[int]) -> Layers:
    """In a child straight after the fork: give up everything but `work`, the readable paths and `keep_fds`.

    Descriptors 0, 1 and 2 stay open. On ConfinementError the child must end at once.
    """
    policy, layers = prepared.policy, prepared.layers
    _require_one_thread()
    if slot < 0 or not os.path.isabs(work):
        raise ConfinementError(f"slot {slot} or work folder {work!r} is not valid")
    with contextlib.suppress(PermissionError):  # it leads a session already
        os.setsid()
    os.umask(0o022)  # others pass through the folders above the work folder
    owner = policy.first_uid + slot if layers.uid.ok else None
    with _step("tmpfs"):
        temporary = _scratch(prepared, work, owner)
    keep = list(keep_fds)
    with _step("landlock"):
        if layers.landlock.ok:
            folders = (work, temporary, "/dev/shm") if prepared.view else (work,)
            keep.append(rules := _allow_own(prepared, folders))
    with _step("descriptors"):
        limits.close_all_but(keep)
    with _step("uid"):
        if owner is not None:
            limits.drop_bounding_set()
            limits.become(owner)
        if "uid" not in policy.disabled:
            limits.drop_capabilities()
    _settle(work, temporary)
    with _step("limits"):
        if layers.limits.ok:
            limits.limit(
                memory=None if policy.cuda else policy.memory_bytes,
                cpu_seconds=policy.cpu_seconds,
                file_bytes=policy.file_bytes,
                own_uid=owner is not None,
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


def _settle(work: str, temporary: str) -> None:
    """Move in: working directory, home, temporary files, and a user name that is nobody's."""
    os.umask(0o077)
    home = os.path.join(temporary, "home")
    os.makedirs(home, mode=0o700, exist_ok=True)
    os.environ.update(HOME=home, TMPDIR=temporary, USER="student", LOGNAME="student")
    tempfile.tempdir = None  # the zygote's answer is another folder
    os.chdir(work)


def try_out(policy: Policy, work: str, action: Callable[[Layers], object]) -> Any:
    """What an action answers (plain data) in a throw-away confined fork; this process stays as it is.

    Raises:
        OSError: the action or the confinement failed; ChildProcessError with its words if not for the system's reasons.
    """

    def zygote(answer: int) -> Any:
        prepared = prepare(policy)
        return namespaces.in_child(lambda inner: action(confine(prepared, 0, work, [answer, inner])))

    return namespaces.in_child(zygote)
