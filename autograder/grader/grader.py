"""From notebooks to grades: the steps, in order.

``Grader`` is warm: a zygote, and what references and mistakes answer, computed once.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterable
from threading import Lock
from types import TracebackType
from typing import Any, Self

import torch

from autograder.course.assignment import Assignment, load_assignment
from autograder.course.layout import Course
from autograder.grader.attempt import Examination, judged_on
from autograder.grader.policy import sandbox_policy
from autograder.grader.reference_runs import Truth
from autograder.remote.put_off import put_off_compiler
from autograder.results import Grade, Ungraded
from autograder.sandbox.limits import hide_memory
from autograder.sandbox.preconditions import ConfinementError
from autograder.session.notebook_session import Limits, LiveSession, TooManyRestarts
from autograder.session.selftest import require_sandbox
from autograder.session.supervisor import SandboxError, Zygote
from autograder.submission.find import Submission
from autograder.submission.notebook import BrokenNotebook, Notebook, read_notebook

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
        put_off_compiler()
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
        """Grade ``submissions`` one after the other and report each as soon as it is done."""
        with self._busy:
            for submission in submissions:
                report(self._graded(submission))

    def open(self, notebook: Notebook) -> tuple[LiveSession, Examination]:
        """Run a notebook in a fresh fork; its session and an examination of it."""
        if self._zygote is None:
            raise SandboxError("the grader is not started")
        session = LiveSession(self._zygote, notebook, self.limits, self._slot)
        try:
            session.restart()
        except TooManyRestarts:
            session.flags.append("the notebook ends its process again and again")
        except BaseException:
            session.close()
            raise
        return session, Examination(self.assignment, notebook, session, self._truths, self.device)

    def grade_one(self, submission: Submission) -> Grade | Ungraded:
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
                for question in self.assignment.questions:
                    for test in question.tests:
                        if not test.cuda or self.device == "cuda":
                            examination.run(test)
                cells = tuple(session.cells[index] for index in sorted(session.cells))
                questions = examination.grade()
        except Exception as problem:
            for flag in dict.fromkeys(session.flags):
                problem.add_note(f"flagged: {flag}")
            raise
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

    def _graded(self, submission: Submission) -> Grade | Ungraded:
        """One notebook on which the grader stumbles must not keep a class waiting; a broken sandbox must."""
        try:
            return self.grade_one(submission)
        except (SandboxError, ConfinementError):
            raise
        except Exception as problem:
            told = "; ".join([f"{type(problem).__name__}: {problem}", *getattr(problem, "__notes__", [])])
            reason = f"the grader failed on this notebook ({told})"
            return Ungraded(submission.student, submission.assignment, str(submission.notebook), reason)


def _cpu_seconds() -> float:
    usage: Any = resource.getrusage(resource.RUSAGE_SELF)
    return float(usage.ru_utime + usage.ru_stime)
