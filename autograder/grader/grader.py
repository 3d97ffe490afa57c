"""From notebooks to grades: the steps, in order.

``Grader`` is warm: a zygote, and what references and mistakes answer, computed once.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from threading import Lock
from types import TracebackType
from typing import Any, Self

import torch

from autograder.course.assignment import Assignment, load_assignment
from autograder.course.layout import Course
from autograder.course.settings import carries_forward
from autograder.grader.attempt import Exam, judged_on
from autograder.grader.moments import grade_notebook
from autograder.grader.own_solution import FLAG, is_own_solution, own_solution
from autograder.grader.policy import sandbox_policy
from autograder.grader.reference_runs import Truth
from autograder.remote.put_off import put_off_compiler
from autograder.remote.put_off_shapes import put_off_shapes
from autograder.results import Grade, Ungraded
from autograder.sandbox.limits import hide_memory
from autograder.sandbox.preconditions import ConfinementError
from autograder.session.beside import Beside
from autograder.session.notebook_session import Limits, LiveSession, TooManyRestarts
from autograder.session.selftest import started
from autograder.session.slots import own_slot
from autograder.session.supervisor import SandboxError, Zygote
from autograder.submission.find import Submission
from autograder.submission.notebook import BrokenNotebook, Notebook, read_notebook


class Grader:
    """Grades submissions of one assignment, one after the other; a context manager.

    Args:
        device: ``cpu`` or ``cuda``.
        seed: of the hidden inputs; the course's own by default.
        slot: a number that no other grader on this machine uses at the same time; by default one is taken.
        trusted: go on without confinement; grades are stamped with isolation ``none``.
        require: the least isolation: ``partial``, or ``full``.
        carry_forward: whether an error in an earlier answer is carried forward; as the course says by default.
        zygote: the warm interpreter to begin with, which has begun; by default it starts one.
    """

    def __init__(
        self,
        assignment: str,
        course: Course,
        *,
        device: str = "cpu",
        seed: int | None = None,
        limits: Limits | None = None,
        slot: int | None = None,
        trusted: bool = False,
        require: str = "partial",
        carry_forward: bool | None = None,
        zygote: Zygote | None = None,
    ) -> None:
        self.assignment: Assignment = load_assignment(assignment)
        self.device = device
        self.seed = course.seed() if seed is None else seed
        self.limits = limits or Limits()
        self._slot = own_slot() if slot is None else slot
        self._trusted = trusted
        self._require = require
        self._carry_forward = carries_forward(course) if carry_forward is None else carry_forward
        self._course = course
        self._solution = own_solution(course.root, assignment, self.assignment.names)
        self._truths = {question.id: Truth(question, self.seed) for question in self.assignment.questions}
        self._zygote: Zygote | None = None
        self._given = zygote
        self._busy = Lock()  # one class at a time: a Dask worker may call from several threads
        self._isolation = "none"

    def __enter__(self) -> Self:
        put_off_compiler()
        put_off_shapes()
        torch.set_num_threads(1)  # as in the sandbox, and for the cores that other graders use
        if sys.platform == "linux":
            hide_memory()  # expected values are in it
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the warm interpreter."""
        if self._zygote is not None:
            zygote, self._zygote = self._zygote, None
            zygote.close()

    def _start(self) -> None:
        zygote, self._given = self._given or self._begun(), None
        self._isolation = started(zygote, self._slot, trusted=self._trusted, require=self._require)
        self._zygote = zygote

    def _begun(self) -> Zygote:
        zygote = Zygote(sandbox_policy(self._course, self.device, trusted=self._trusted), self.device)
        zygote.begin()
        return zygote

    def grade(self, submissions: Iterable[Submission]) -> Iterator[Grade | Ungraded]:
        """Grade ``submissions`` one after the other, and give each as soon as it is done.

        Raises:
            SandboxError, ConfinementError: nothing can be graded any more; what was given before stands.
        """
        for submission in submissions:
            with self._busy:
                result = self._graded(submission)
            yield result

    @property
    def exam(self) -> Exam:
        """What is put to every notebook."""
        return Exam(self.assignment, self._truths, self.device, self._carry_forward)

    def open(self, notebook: Notebook, files: Sequence[Beside] = ()) -> LiveSession:
        """Run a notebook in a fresh fork, with the files that were handed in beside it.

        Raises:
            SandboxError: the sandbox failed.
        """
        if self._zygote is None:
            raise SandboxError("the grader is not started")
        session = LiveSession(self._zygote, notebook, self.limits, self._slot, files)
        try:
            session.restart()
        except TooManyRestarts:
            session.flags.append("the notebook ends its process again and again")
        except BaseException:
            session.close()
            raise
        return session

    def grade_one(self, submission: Submission) -> Grade | Ungraded:
        """The steps for one submission: read, run, test, judge."""
        started, cpu = time.monotonic(), _cpu_seconds()
        try:
            if submission.fault:
                raise BrokenNotebook(submission.fault)
            notebook = read_notebook(submission.notebook, self.assignment.names)
        except BrokenNotebook as problem:
            return Ungraded(submission.student, submission.assignment, str(submission.notebook), str(problem))
        session = self.open(notebook, submission.files)
        cells = session.cells
        try:
            with judged_on(self.device):
                questions = grade_notebook(self.exam, notebook, session)
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
            flags=tuple(dict.fromkeys((*submission.flags, *session.flags, *self._copied(notebook)))),
            cells=tuple(cells[index] for index in sorted(cells)),
            read=notebook,
            merge=notebook.merge,
        )

    def _copied(self, notebook: Notebook) -> tuple[str, ...]:
        return (FLAG,) if is_own_solution(notebook, self._solution) else ()

    def _graded(self, submission: Submission) -> Grade | Ungraded:
        """One notebook on which the grader stumbles must not keep a class waiting; a broken sandbox must."""
        try:
            try:
                return self.grade_one(submission)
            except SandboxError:  # its warm interpreter was killed, perhaps; with a new one the notebook is graded
                self.close()
                self._start()
                return self.grade_one(submission)
        except (SandboxError, ConfinementError) as problem:
            if self._zygote is None:
                raise
            why: Exception = problem
        except Exception as problem:
            why = problem
        told = "; ".join([f"{type(why).__name__}: {why}", *getattr(why, "__notes__", [])])
        reason = f"the grader failed on this notebook ({told})"
        return Ungraded(submission.student, submission.assignment, str(submission.notebook), reason)


def _cpu_seconds() -> float:
    usage: Any = resource.getrusage(resource.RUSAGE_SELF)
    return float(usage.ru_utime + usage.ru_stime)
