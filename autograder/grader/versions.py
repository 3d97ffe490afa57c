"""What marks depend on and another machine may have in another version: it is compared before that machine grades."""

from __future__ import annotations

import functools
import hashlib
import platform
import socket
from importlib.metadata import PackageNotFoundError, version

from autograder.course.layout import PACKAGE
from autograder.errors import ReportedError

Versions = tuple[tuple[str, str], ...]
COMPUTES = ("torch", "numpy", "pandas", "matplotlib", "ipython", "nbformat")


class VersionsDiffer(ReportedError):
    """A worker has other versions than the command that sends it submissions: its marks could differ."""


@functools.cache
def versions() -> Versions:
    """Python, what computes, and this package by its content, tests included."""
    found = [("python", platform.python_version())]
    for name in COMPUTES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(f"{path.relative_to(PACKAGE)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return (*found, ("autograder, by its content", digest.hexdigest()[:12]))


def require_same(asked: Versions) -> None:
    """Compare with what this process has.

    Raises:
        VersionsDiffer: something is there in another version, or is not there.
    """
    wanted, here = dict(asked), dict(versions())
    other = [
        f"{name} {here.get(name, 'missing')} instead of {wanted.get(name, 'none')}"
        for name in dict.fromkeys((*wanted, *here))
        if here.get(name) != wanted.get(name)
    ]
    if asked and other:
        raise VersionsDiffer(
            f"the worker on {socket.gethostname()} has {', '.join(other)}; nothing is graded there: install on every "
            "worker what the command has"
        )
