"""What submissions may read and use."""

import glob
import json
import os
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from autograder.sandbox import namespaces

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
    "/proc/self/schedstat",
    "/proc/self/statm",
    "/proc/self/maps",
)
_PACKAGES = ("site-packages", "dist-packages")


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
    absent: tuple[str, ...] = ()  # packages that may be imported though they are not here
    checks: str = ""  # recorded checks that the course has for itself; without, those of the package
    disabled: tuple[str, ...] = ()  # layers left out on purpose: only for controls that show what each is worth
    # The profile `course`: it may start processes, in a PID namespace of its own, and speak to itself over loopback.
    processes: bool = False
    above: str = ""  # with `processes`: the folder in which its work folder lies; it is all that exists of it
    home: str = ""  # with `processes`: the instructor's home
    at_home: tuple[str, ...] = ()  # and what of it is found under `~` too

    def to_json(self) -> str:
        """This policy as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Policy":
        """The policy that `to_json` wrote."""
        values = json.loads(text)
        listed = {name: tuple(values[name]) for name in ("readable", "hidden", "absent", "disabled", "at_home")}
        return cls(**{**values, **listed})


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
