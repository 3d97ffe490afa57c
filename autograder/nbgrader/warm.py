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
from collections.abc import Iterator
from pathlib import Path

from autograder.course import Course, sandbox_policy
from autograder.grade import Grade, Ungraded
from autograder.pipeline import Grader
from autograder.sandbox.selftest import require_sandbox
from autograder.sandbox.supervisor import Zygote
from autograder.submission import Submission

_SLOTS = 4000  # differs between the graders of one machine, and so do the users that their forks run as


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


@functools.cache
def warm_grader(assignment: str, root: Path, device: str, trusted: bool) -> WarmGrader:
    """This process's grader for an assignment, started once and ended with the process."""
    grader = Grader(assignment, Course(root), device=device, slot=os.getpid() % _SLOTS, trusted=trusted)
    grader.__enter__()
    warm = WarmGrader(grader)
    atexit.register(warm.close)
    return warm


@functools.cache
def warm_sandbox(root: Path, trusted: bool) -> Zygote:
    """This process's sandbox for notebooks of other courses, started once and ended with the process."""
    zygote = Zygote(sandbox_policy(Course(root), "cpu", trusted=trusted))
    zygote.start()
    atexit.register(zygote.close)
    require_sandbox(zygote, trusted=trusted)
    return zygote
