"""What notebooks of a course may read and get to know, beside their own folder; and what they missed, in words."""

from __future__ import annotations

import os
import re
import site
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course.layout import PACKAGE
from autograder.sandbox.namespaces import beneath
from autograder.sandbox.policy import Policy, default_readable

# Programs, and what they look up: whose they are, which names this machine has itself, certificates.
_PROGRAMS = (
    "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/share", "/usr/local/bin", "/usr/local/lib", "/usr/include",
    "/etc/passwd", "/etc/group", "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf", "/etc/services",
    "/etc/protocols", "/etc/ssl", "/etc/os-release", "/etc/matplotlibrc", "/etc/profile", "/etc/bash.bashrc",
)  # fmt: skip
_PASSED_ON = ("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "TERM")
# What takes seconds to import, so that it is done once for a class: only where this course's notebooks import it.
_HEAVY = ("numpy", "pandas", "matplotlib", "scipy", "sklearn", "sympy", "seaborn", "torch", "statsmodels", "networkx")
_IMPORT = re.compile(r"^\s*(?:import|from)\s+([\w.]+)", re.MULTILINE)
_PLOTS = re.compile(r"matplotlib|pyplot|pylab|seaborn|\.plot\b|\.hist\(")


@dataclass(frozen=True)
class Allowed:
    """What an instructor allows in ``nbgrader_config.py``.

    Args:
        readable: files and folders, as absolute paths.
        environment: names of variables.
        memory_bytes: for all processes of a notebook together.
        work_bytes: for all files that a notebook has and makes.
    """

    readable: tuple[str, ...]
    environment: tuple[str, ...]
    memory_bytes: int
    work_bytes: int


def course_policy(allowed: Allowed, hidden: Sequence[str], autograded: str) -> Policy:
    """The profile ``course`` for a course's notebooks.

    Args:
        hidden: what no notebook may read, whatever is allowed.
        autograded: the folder in which their work folders seem to lie, as in stock nbgrader.
    """
    secrets = tuple(dict.fromkeys(os.path.realpath(path) for path in (*hidden, str(PACKAGE / "bank"))))
    places = [os.path.join(prefix, name) for prefix in {sys.prefix, sys.base_prefix} for name in ("bin", "share")]
    places.append(os.path.join(sys.prefix, "pyvenv.cfg"))
    readable = [*default_readable(secrets), *_PROGRAMS, *places, *_own_modules(secrets), *allowed.readable]
    return Policy(
        readable=tuple(dict.fromkeys(path for path in readable if os.path.lexists(path))),
        hidden=tuple(path for path in secrets if os.path.exists(path) and path != autograded),  # covered by its own
        memory_bytes=allowed.memory_bytes,
        cpu_seconds=24 * 3600,  # a notebook's time is its cells', by the clock, as stock counts it
        file_bytes=allowed.work_bytes,
        scratch_bytes=allowed.work_bytes,
        processes=True,
        above=autograded,
        home=str(Path.home()),
        at_home=tuple(path for path in allowed.readable if beneath(path, str(Path.home()))),
    )


def module_path(hidden: Sequence[str]) -> tuple[str, ...]:
    """Where a kernel of this interpreter looks for modules: ``PYTHONPATH``, the library, packages."""
    own = {str(PACKAGE.parent), "", os.path.dirname(os.path.abspath(sys.argv[0] or "."))}
    found = dict.fromkeys([*_python_path(), *sys.path])
    return tuple(path for path in found if path not in own and not _holds(path, hidden))


def environment_for(allowed: Allowed, course_text: str, hidden: Sequence[str]) -> dict[str, str]:
    """The variables that a notebook gets: harmless ones, those allowed, and those that the course's own cells name.

    Args:
        course_text: the source of the cells that are the course's own, and that no student can change.
    """
    literals = set(re.findall(r"['\"]([A-Za-z_][A-Za-z0-9_]*)['\"]", course_text))
    names = {*_PASSED_ON, *allowed.environment, *(literals & os.environ.keys())}
    path = [os.path.join(prefix, "bin") for prefix in dict.fromkeys((sys.prefix, sys.base_prefix))]
    python_path = [place for place in _python_path() if place != str(PACKAGE.parent) and not _holds(place, hidden)]
    given = {name: os.environ[name] for name in sorted(names) if name in os.environ}
    given["PATH"] = os.pathsep.join([*path, "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"])
    given["NBGRADER_EXECUTION"] = "autograde"
    if python_path:
        given["PYTHONPATH"] = os.pathsep.join(python_path)
    return given


def preloaded(text: str) -> list[str]:
    """The modules to import once for all notebooks of a course: those of the heavy ones that this text imports."""
    tops = {name.partition(".")[0] for name in _IMPORT.findall(text)}
    if _PLOTS.search(text):  # its list of fonts takes seconds, and must not be made in each sandbox
        tops.add("matplotlib")
    return [f"{name}.pyplot" if name == "matplotlib" else name for name in _HEAVY if name in tops]


def missed(nb: Any, environment: Mapping[str, str], policy: Policy, work: str) -> Iterator[str]:
    """For the instructor: what cells asked for that is here and was not given, with the setting that gives it."""
    for index, cell in enumerate(nb.cells, start=1):
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                words = _in_words(output.ename, output.evalue, "\n".join(output.traceback), environment, policy, work)
                if words:
                    yield f"cell {cell.metadata.get('nbgrader', {}).get('grade_id') or index}: {words}"


def _in_words(
    name: str, said: str, trace: str, environment: Mapping[str, str], policy: Policy, work: str
) -> str | None:
    key = said.strip("'\"")
    if name == "KeyError" and "environ" in trace and key in os.environ and key not in environment:
        return f"the environment variable {key} is set here and not passed on: c.GradeInSandbox.environment = ['{key}']"
    if name in ("FileNotFoundError", "PermissionError", "NotADirectoryError"):
        found = re.search(r"'([^']+)'", said)
        path = os.path.normpath(os.path.join(work, os.path.expanduser(found[1]))) if found else ""
        if path and os.path.lexists(path) and not beneath(path, work):
            if any(beneath(os.path.realpath(path), secret) for secret in policy.hidden):
                return f"{path} is hidden from students' code"
            if _holds(path, policy.hidden):
                return f"{path} may not be read whole: name what the notebooks need in it in c.GradeInSandbox.readable"
            return f"{path} is here and may not be read: c.GradeInSandbox.readable = ['{path}']"
    if name in ("MemoryError", "DeadKernelError"):
        return f"it may have needed more memory than {policy.memory_bytes >> 20} MiB: c.GradeInSandbox.memory_mib"
    if "No space left on device" in said or "File too large" in said:
        return f"its files are more than {policy.scratch_bytes >> 20} MiB: c.GradeInSandbox.work_mib"
    if name in ("URLError", "gaierror", "ConnectionError", "ConnectTimeout", "HTTPError"):
        return "there is no network while notebooks are graded: put the file beside the notebook in source/"
    return None


def _python_path() -> list[str]:
    given = os.environ.get("PYTHONPATH", "")
    return [os.path.abspath(place) for place in given.split(os.pathsep) if place]


def _own_modules(hidden: Sequence[str]) -> list[str]:
    """Folders of modules beyond the usual ones: what ``PYTHONPATH`` names, and the user's own packages."""
    found = [place for place in (*_python_path(), site.getusersitepackages()) if os.path.isdir(place)]
    return [place for place in found if place != str(PACKAGE.parent) and not _holds(place, hidden)]


def _holds(path: str, hidden: Sequence[str]) -> bool:
    """Whether a path is, holds or lies in something hidden."""
    real = os.path.realpath(path)
    return any(beneath(real, secret) or beneath(secret, real) for secret in map(os.path.realpath, hidden))
