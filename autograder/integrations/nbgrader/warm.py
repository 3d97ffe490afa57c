"""What stays warm between the submissions of one ``nbgrader autograde``: a grader, or a bare sandbox.

nbgrader asks for one submission after the other, and starting pytest costs more than grading: so one
pytest session stays open on a thread of its own and takes submissions as they come.
"""

from __future__ import annotations

import atexit
import functools
import os
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from autograder.course.layout import Course
from autograder.grader.grader import Grader
from autograder.grader.policy import sandbox_policy
from autograder.results import Grade, Ungraded
from autograder.session.selftest import require_sandbox
from autograder.session.supervisor import Zygote
from autograder.submission.find import Submission

# Differs between the graders of one machine, and so do the users that their forks run as.
SLOT = os.getpid() % 4000


class _Closable(Protocol):
    def close(self) -> None: ...


T = TypeVar("T", bound=_Closable)


class WarmGrader:
    """A grader whose pytest session stays open."""

    def __init__(self, grader: Grader) -> None:
        self._grader = grader
        self._waiting: queue.SimpleQueue[Submission | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Grade | Ungraded | BaseException] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def grade(self, submission: Submission) -> Grade | Ungraded:
        """Grade one submission.

        Raises:
            Exception: what the grader itself stumbled over; it starts afresh for the next submission.
        """
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._session, name="grading", daemon=True)
            self._thread.start()
        self._waiting.put(submission)
        result = self._done.get()
        if isinstance(result, BaseException):
            self._thread.join()
            raise result
        return result

    def close(self) -> None:
        """End the session and the sandbox."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(10)
        self._grader.__exit__(None, None, None)

    def _session(self) -> None:
        try:
            self._grader.grade(self._submissions(), self._done.put)
        except BaseException as problem:
            self._done.put(problem)

    def _submissions(self) -> Iterator[Submission]:
        while (submission := self._waiting.get()) is not None:
            yield submission


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

    def drop(self) -> None:
        """End it."""
        thing, self._thing = self._thing, None
        if thing is not None:
            thing.close()


@functools.cache
def _graders() -> _Kept[WarmGrader]:
    return _Kept()


@functools.cache
def _sandboxes() -> _Kept[Zygote]:
    return _Kept()


def warm_grader(assignment: str, root: Path, device: str, trusted: bool) -> WarmGrader:
    """This process's grader for an assignment."""

    def make() -> WarmGrader:
        grader = Grader(assignment, Course(root), device=device, slot=SLOT, trusted=trusted)
        return WarmGrader(grader.__enter__())

    return _graders().get((assignment, root, device, trusted), make)


def warm_sandbox(root: Path, trusted: bool) -> Zygote:
    """This process's sandbox for notebooks of other courses."""

    def make() -> Zygote:
        zygote = Zygote(sandbox_policy(Course(root), "cpu", trusted=trusted))
        zygote.start()
        try:
            require_sandbox(zygote, trusted=trusted)
        except BaseException:
            zygote.close()
            raise
        return zygote

    return _sandboxes().get((root, trusted), make)
