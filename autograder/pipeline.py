"""From notebooks to grades: the steps, in order.

``Grader`` is warm: a zygote, one pytest session for as many submissions as are given to it at once, and
what references and mistakes answer, computed once.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from types import TracebackType
from typing import Any, Literal, Self

import pytest
import torch
from _pytest.runner import runtestprotocol

from autograder import pytest_plugin
from autograder.bank.catalog import Assignment, load_assignment
from autograder.bank.truth import Truth
from autograder.course import Course, sandbox_policy
from autograder.examination import Examination, judged_on
from autograder.grade import Grade, Ungraded
from autograder.notebook import BrokenNotebook, Notebook, read_notebook
from autograder.pytest_plugin import EXAMINATION, find_test, is_plain
from autograder.sandbox.limits import hide_memory
from autograder.sandbox.preconditions import ConfinementError
from autograder.sandbox.selftest import require_sandbox
from autograder.sandbox.supervisor import SandboxError, Zygote
from autograder.session.live import Limits, LiveSession, TooManyRestarts
from autograder.submission import Submission

# Parts of pytest that do nothing for a grade; some cost more than all tests of a submission.
_NOT_NEEDED = (
    "terminal", "cacheprovider", "capture", "warnings", "logging", "unraisableexception", "threadexception",
    "faulthandler", "doctest", "unittest", "junitxml", "stepwise", "pastebin",
)  # fmt: skip
Report = Callable[[Grade | Ungraded], None]


class Grader:
    """Grades submissions of one assignment, one after the other; a context manager.

    Args:
        device: ``cpu`` or ``cuda``.
        seed: of the hidden inputs; the course's own by default.
        slot: a number that no other grader on this machine uses at the same time.
        trusted: go on without confinement; grades are stamped with isolation ``none``.
    """

    def __init__(
        self,
        assignment: str,
        course: Course,
        *,
        device: str = "cpu",
        seed: int | None = None,
        limits: Limits | None = None,
        slot: int = 0,
        trusted: bool = False,
    ) -> None:
        self.assignment: Assignment = load_assignment(assignment)
        self.device = device
        self.seed = course.seed() if seed is None else seed
        self.limits = limits or Limits()
        self._slot = slot
        self._trusted = trusted
        self._course = course
        self._truths = {question.id: Truth(question, self.seed) for question in self.assignment.questions}
        self._zygote: Zygote | None = None
        self._busy = Lock()  # one class at a time: a Dask worker may call from several threads
        self._isolation = "none"

    def __enter__(self) -> Self:
        torch.set_num_threads(1)  # as in the sandbox, and for the cores that other graders use
        if sys.platform == "linux":
            hide_memory()  # expected values are in it
        self._zygote = Zygote(sandbox_policy(self._course, self.device, trusted=self._trusted), self.device)
        self._zygote.start()
        self._isolation = require_sandbox(self._zygote, self._slot, trusted=self._trusted)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None

    def grade(self, submissions: Iterable[Submission], report: Report) -> None:
        """Grade ``submissions`` in one pytest session and report each as soon as it is done."""
        loop = _Loop(self, submissions, report)
        arguments = [part for name in _NOT_NEEDED for part in ("-p", f"no:{name}")]
        arguments += ["-c", os.devnull, "--rootdir", str(self.assignment.folder), "--import-mode=importlib"]
        with self._busy, _no_other_plugins():
            status = pytest.main([*arguments, *self.assignment.files], plugins=[pytest_plugin, loop])
        if loop.failure is not None:
            raise loop.failure
        if status == pytest.ExitCode.INTERRUPTED:  # pytest keeps Ctrl-C to itself
            raise KeyboardInterrupt
        if status not in (
            pytest.ExitCode.OK,
            pytest.ExitCode.NO_TESTS_COLLECTED,
            pytest.ExitCode.TESTS_FAILED,
        ):
            raise SandboxError(f"pytest could not load the tests of {self.assignment.name}: {loop.trouble or status!r}")

    def open(self, notebook: Notebook) -> tuple[LiveSession, Examination]:
        """Run a notebook in a fresh fork; its session and an examination of it."""
        if self._zygote is None:
            raise SandboxError("the grader is not started")
        session = LiveSession(self._zygote, notebook, self.limits, self._slot)
        try:
            session.restart()
        except TooManyRestarts:
            session.flags.append("the notebook ends its process again and again")
        return session, Examination(self.assignment, notebook, session, self._truths, self.device)

    def grade_one(self, submission: Submission, items: Sequence[pytest.Item]) -> Grade | Ungraded:
        """The steps for one submission: read, run, test, judge."""
        started, cpu = time.monotonic(), _cpu_seconds()
        try:
            if submission.fault:
                raise BrokenNotebook(submission.fault)
            notebook = read_notebook(submission.notebook)
        except BrokenNotebook as problem:
            return Ungraded(submission.student, submission.assignment, str(submission.notebook), str(problem))
        session, examination = self.open(notebook)
        try:
            with judged_on(self.device):
                for item, following in zip(items, [*items[1:], None], strict=True):
                    if is_plain(item):
                        examination.run(find_test(item))
                    else:
                        item.config.stash[EXAMINATION] = examination
                        runtestprotocol(item, log=False, nextitem=following)
                cells = tuple(session.cells[index] for index in sorted(session.cells))
                questions = examination.grade()
        finally:
            session.close()
        return Grade(
            student=submission.student,
            assignment=submission.assignment,
            notebook=str(submission.notebook),
            questions=questions,
            device=self.device,
            isolation=self._isolation,
            seed=self.seed,
            seconds=round(time.monotonic() - started, 3),
            cpu_seconds=round(_cpu_seconds() - cpu + session.cpu_seconds, 3),
            flags=tuple(dict.fromkeys(session.flags)),
            cells=cells,
        )


class _Loop:
    """The pytest plugin that runs the collected items once for each submission."""

    def __init__(self, grader: Grader, submissions: Iterable[Submission], report: Report) -> None:
        self._grader = grader
        self._submissions = submissions
        self._report = report
        self.failure: BaseException | None = None
        self.trouble = ""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why a test file could not be loaded."""
        if report.failed:
            self.trouble = str(report.longrepr)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
        """A report without pytest's picture of the traceback, which nobody reads and which costs more than the test."""
        if call.when == "collect":
            return None
        problem = None if call.excinfo is None else call.excinfo.value
        skipped = isinstance(problem, pytest.skip.Exception)
        outcome: Literal["passed", "failed", "skipped"] = (
            "passed" if problem is None else "skipped" if skipped else "failed"
        )
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Every submission, every item."""
        if session.testsfailed:
            return True
        items = [item for item in session.items if not find_test(item).cuda or self._grader.device == "cuda"]
        for submission in self._submissions:
            try:
                self._report(self._graded(submission, items))
            except Exception as problem:
                self.failure = problem
                return True
        return True

    def _graded(self, submission: Submission, items: Sequence[pytest.Item]) -> Grade | Ungraded:
        """One notebook on which the grader stumbles must not keep a class waiting; a broken sandbox must."""
        try:
            return self._grader.grade_one(submission, items)
        except (SandboxError, ConfinementError):
            raise
        except Exception as problem:
            reason = f"the grader failed on this notebook ({type(problem).__name__}: {problem})"
            return Ungraded(submission.student, submission.assignment, str(submission.notebook), reason)


@contextmanager
def _no_other_plugins() -> Iterator[None]:
    """Grades must not depend on which pytest plugins happen to be installed."""
    name = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _cpu_seconds() -> float:
    usage: Any = resource.getrusage(resource.RUSAGE_SELF)
    return float(usage.ru_utime + usage.ru_stime)
