"""What stays warm between the submissions of one ``nbgrader autograde``: a grader, or a bare sandbox.

nbgrader asks for one submission after the other, and starting a sandbox costs more than grading.
"""

from __future__ import annotations

import atexit
import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from autograder.course.layout import Course
from autograder.sandbox.policy import Policy
from autograder.session.kernels import Kernels, started_kernels
from autograder.session.slots import own_slot

if TYPE_CHECKING:  # they load torch, of which notebooks of other courses need nothing
    from autograder.grader.grader import Grader
    from autograder.session.supervisor import Zygote


class _Closable(Protocol):
    def close(self) -> None: ...


T = TypeVar("T", bound=_Closable)


class _Kept(Generic[T]):
    """The one warm thing of its kind: made on first use, ended when another takes its place or the process ends.

    One, since each holds an interpreter with torch in it, and a formgrader that lives for weeks would collect them.
    """

    def __init__(self) -> None:
        self._key: object = None
        self._thing: T | None = None
        atexit.register(self.drop)

    def get(self, key: object, make: Callable[[], T]) -> T:
        """The thing for ``key``."""
        if self._thing is None or self._key != key:
            self.drop()
            self._key, self._thing = key, make()
        return self._thing

    @property
    def thing(self) -> T | None:
        """What is warm now."""
        return self._thing

    def drop_if(self, thing: object) -> None:
        """End it if it is ``thing``, which failed: the next one who asks gets a new one."""
        if thing is self._thing:
            self.drop()

    def drop(self) -> None:
        """End it."""
        thing, self._thing = self._thing, None
        if thing is not None:
            thing.close()


@functools.cache
def _graders() -> _Kept[Grader]:
    return _Kept()


@functools.cache
def _sandboxes() -> _Kept[Zygote]:
    return _Kept()


@functools.cache
def _kernels() -> _Kept[Kernels]:
    return _Kept()


def warm_kernels(policy: Policy, preload: list[str], path: tuple[str, ...], work: str, require: str) -> Kernels:
    """This process's interpreter that forks kernels; what the first notebook imports stays imported for the others.

    Args:
        work: a work folder in which the sandbox can prove itself.
    """

    def make() -> Kernels:
        return started_kernels(policy, preload, path, work, own_slot(), require)

    return _kernels().get((policy, path, require), make)


def warm_grader(
    assignment: str, root: Path, device: str, trusted: bool, require: str = "partial", *, forward: bool = True
) -> Grader:
    """This process's grader for an assignment."""
    options: dict[str, Any] = {"device": device, "trusted": trusted, "require": require, "carry_forward": forward}
    from autograder.grader.grader import Grader

    def make() -> Grader:
        return Grader(assignment, Course(root), **options).__enter__()

    return _graders().get((assignment, root, *options.values()), make)


def warm_sandbox(root: Path, trusted: bool, require: str = "partial") -> Zygote:
    """This process's strict sandbox for notebooks of other courses."""
    from autograder.grader.policy import sandbox_policy
    from autograder.session.selftest import started
    from autograder.session.supervisor import Zygote

    def make() -> Zygote:
        zygote = Zygote(sandbox_policy(Course(root), "cpu", trusted=trusted))
        zygote.begin()
        started(zygote, own_slot(), trusted=trusted, require=require)
        return zygote

    return _sandboxes().get((root, trusted, require), make)


def start_afresh(failed: Grader | Zygote | Kernels) -> None:
    """Let go of what failed, so that the next submission finds a new one."""
    _graders().drop_if(failed)
    _sandboxes().drop_if(failed)
    _kernels().drop_if(failed)


def isolation() -> str:
    """What held the last notebooks of other courses: ``full`` or ``partial``; ``none`` where nothing did."""
    warm = _kernels().thing or _sandboxes().thing
    return "none" if warm is None else warm.layers.level
