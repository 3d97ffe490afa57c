"""One notebook in one live session: puts tests to it, and says what each found."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from autograder.checks.tolerances import device_in_use
from autograder.course.assignment import Assignment
from autograder.course.question import GradingTest, QuestionModule
from autograder.grader.reference_runs import ReferenceFails, Truth
from autograder.grader.reply_cache import Conversation
from autograder.judging.failures import Kind
from autograder.judging.inputs import Draw
from autograder.judging.run_test import Fingerprint, fingerprint_of, try_test
from autograder.judging.source_rules import breach
from autograder.protocol.wire import Failure
from autograder.remote.proxy import Student, StudentFailed, defines, has_own_settings
from autograder.session.absent import why_absent
from autograder.session.notebook_session import LiveSession, Requests
from autograder.submission.notebook import Notebook, Role


@dataclass(frozen=True)
class TestRun:
    """What one test found: ``found`` is None where the student passed; ``fault`` is not "" where the grader failed.

    ``cpu_seconds`` is what it took on both sides, a fork that had to be started again for it included.
    """

    __test__ = False  # pytest takes it for a test otherwise

    test: GradingTest
    found: Fingerprint | None
    fault: str = ""
    cpu_seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Exam:
    """What is put to every notebook of a class.

    Args:
        truths: for each question what the reference answers and how mistakes fail.
        device: ``cpu`` or ``cuda``.
        carry_forward: whether a question is asked once more with stand-ins for earlier, wrong answers that it calls.
    """

    assignment: Assignment
    truths: dict[str, Truth]
    device: str
    carry_forward: bool = True

    def tests(self, question: QuestionModule) -> tuple[GradingTest, ...]:
        """The tests of a question that can be run here."""
        return tuple(test for test in question.tests if not test.cuda or self.device == "cuda")

    def device_of(self, question: QuestionModule) -> str:
        """Where the answers to a question are computed: ``cpu`` or ``cuda``."""
        return self.device if question.question.follows_device else "cpu"


class Attempt:
    """A notebook at one moment, in a session that has run the cells above it.

    Args:
        place: the cell above which all have run; None: the notebook's end.
        quote: whether a cell's error may be told in its own words. Not where a hidden input was there before it ran.
    """

    def __init__(
        self, exam: Exam, notebook: Notebook, session: LiveSession, place: int | None = None, *, quote: bool = True
    ) -> None:
        self.exam = exam
        self._notebook = notebook
        self._session = session
        self._place = place
        self._quote = quote
        self._stopped: dict[str, Failure] = {}  # by question: why no further test of it is run
        self._breaches: dict[str, str | None] = {}
        self._there: tuple[int, set[str]] | None = None  # in which fork which names were there
        self._settings: tuple[int, bool] | None = None  # in which fork whether settings were changed

    def run(self, test: GradingTest) -> TestRun:
        """Run one test, or remember what it found where another student gave the same replies."""
        before = time.process_time() + self._session.computed
        found = self._run(test)
        return replace(found, cpu_seconds=time.process_time() + self._session.computed - before)

    def _run(self, test: GradingTest) -> TestRun:
        question = self.exam.assignment.question(test.question)
        device = self.exam.device_of(question)
        try:
            self.require(question)
        except StudentFailed as problem:
            return self.judge(test, problem, Student(self._requests(question, device)))
        try:
            return self._taken(test, self._found(test, device))
        except ReferenceFails as fault:
            return self._taken(test, Fingerprint(0, Kind.OURS, str(fault), None, None))

    def _found(self, test: GradingTest, device: str) -> Fingerprint | None:
        """What the test finds on ``device``, read kindly where a GPU or the notebook's own settings count."""
        found = self._try(test, self.exam.truths[test.question].seed_for(test), device)
        if device != "cpu" and found is not None and found.kind.tells:
            # what fails only on the GPU costs the device test, and no other
            found = self._try(test, self.exam.truths[test.question].seed_for(test), "cpu")
        if found is not None and found.kind.tells and self._settings_changed():
            # An answer that was written under other settings may need them: the kinder reading counts.
            own = self._try(test, self.exam.truths[test.question].seed_for(test), "cpu", own_state=True)
            found = None if own is None else found
        return found

    def run_all(self, question: QuestionModule) -> tuple[TestRun, ...]:
        """Run the tests of a question, in order."""
        return tuple(self.run(test) for test in self.exam.tests(question))

    def run_public(self, question: QuestionModule) -> dict[str, Fingerprint | None]:
        """How the question's visible tests fail on the recorded inputs, None where one passes."""
        truth = self.exam.truths[question.id]
        found: dict[str, Fingerprint | None] = {}
        for test in question.tests:
            if test.visible and not any(f is not None and f.kind.stops for f in found.values()):
                seed = truth.seed_for(test, public=True)
                failure = self._try(test, seed, "cpu")
                if failure is not None and failure.kind.tells and self._settings_changed():
                    failure = failure if self._try(test, seed, "cpu", own_state=True) is not None else None
                found[test.name] = failure
        return found

    def sources(self) -> list[str]:
        """The cells in which an answer may stand at this moment."""
        return [cell.source for cell in self._notebook.above(self._place) if cell.role in (Role.SOLUTION, Role.STUDENT)]

    # ------------------------------------------------------------------ where pytest runs the tests

    def student(self, test: GradingTest) -> Student:
        """The student, as the test asks it.

        Raises:
            StudentFailed: the question's names are not there, or it is already known to hang.
        """
        question = self.exam.assignment.question(test.question)
        self.require(question)
        transport = Conversation(self._requests(question, self.exam.device_of(question)))
        return Student(transport, self.exam.truths[test.question].seed_for(test), question.question.forbids)

    def reference(self, test: GradingTest) -> Student:
        """The reference, as the test asks it."""
        truth = self.exam.truths[test.question]
        seed = truth.seed_for(test)
        return Student(truth.reference(test, seed), seed)

    def rng(self, test: GradingTest) -> Draw:
        """The generator of the test's inputs."""
        truth = self.exam.truths[test.question]
        return truth.rng(test, truth.seed_for(test))

    def judge(self, test: GradingTest, problem: BaseException | None, side: Student | None = None) -> TestRun:
        """What a test found that others ran: None, or what it raised while it asked ``side``."""
        question = self.exam.assignment.question(test.question)
        side = side or Student(self._requests(question, "cpu"))
        return self._taken(test, None if problem is None else fingerprint_of(problem, side))

    # ------------------------------------------------------------------ steps

    def require(self, question: QuestionModule) -> None:
        """What must hold before a question's tests are run.

        Raises:
            StudentFailed: it hangs, its source breaks a rule, or a name of it is not there.
        """
        if question.id in self._stopped:
            raise StudentFailed(self._stopped[question.id])
        if why := self._notebook.why_not_asked(question.id):
            raise StudentFailed(Failure("raised", "UnresolvedMerge", why, cell=question.id))
        if question.id not in self._breaches:
            self._breaches[question.id] = breach(self.sources(), question.question.bound, question.question.forbids)
        if (rule := self._breaches[question.id]) is not None:
            raise StudentFailed(Failure("forbidden", "ForbiddenUse", rule))
        there = self._names_there()
        name = next((name for name in question.question.names if name not in there), None)
        if name is not None:
            cells = [cell for cell in self._notebook.above(self._place) if cell.question == question.id]
            raise StudentFailed(
                why_absent(
                    name,
                    question.id,
                    cells,
                    self._session.cells,
                    quote=self._quote,
                    turned=self._notebook.turned.get(question.id, ""),
                )
            )

    def _names_there(self) -> set[str]:
        """Which names of all questions exist in the present fork; asked once for each fork."""
        if self._there is None or self._there[0] != self._session.forks:
            names = [name for question in self.exam.assignment.questions for name in question.question.names]
            told: object = defines(Student(self._session), *names)
            if not isinstance(told, list) or [type(known) for known in told] != [bool] * len(names):
                raise StudentFailed(self._session.died(forged=True))  # no worker of ours says that
            there = {name for name, known in zip(names, told, strict=True) if known}
            self._there = self._session.forks, there
        return self._there[1]

    def _settings_changed(self) -> bool:
        """Whether the notebook has settings of its own in the present fork; asked once for each fork."""
        if self._settings is None or self._settings[0] != self._session.forks:
            changed = has_own_settings(Student(self._session))
            self._settings = self._session.forks, changed
        return self._settings[1]

    def _requests(self, question: QuestionModule, device: str, own_state: bool = False) -> Requests:
        return Requests(self._session, question.question.seconds, device, own_state)

    def _try(self, test: GradingTest, seed: int, device: str, *, own_state: bool = False) -> Fingerprint | None:
        truth = self.exam.truths[test.question]
        return truth.conversations(test, seed, device, own_state).find(
            self._requests(truth.question, device, own_state),
            lambda student: try_test(
                test.function, student, truth.reference(test, seed), truth.rng(test, seed), seed,
                truth.question.question.forbids, device,
            ),
            lambda found: found is None or found.kind.lasts,
        )  # fmt: skip

    def _taken(self, test: GradingTest, found: Fingerprint | None) -> TestRun:
        if found is not None and self.exam.device != "cpu" and (why := self._gpu_was_full(found)):
            return TestRun(test, Fingerprint(0, Kind.OURS, why, None, None), f"{test.name}: {why}")
        if found is not None and found.failure is not None and found.kind.stops:
            self._stopped.setdefault(test.question, found.failure)
        match found:
            case Fingerprint(kind=Kind.UNUSABLE):
                return TestRun(test, found, self._blame(test, found))
            case Fingerprint(kind=Kind.OURS):
                return TestRun(test, found, f"{test.name}: {found.what}")
            case _:
                return TestRun(test, found)

    def _gpu_was_full(self, found: Fingerprint) -> str:
        """That the GPU had no memory left, or was taken, for this call or a cell above it; "" if it was not.

        That is the machine's fault or somebody else's, so nothing that was lost by it is a student's zero. Told in our
        words alone: whoever raised the error may have held a hidden input.
        """
        if found.failure is not None and (why := _gpu_is_full(found.failure.message)):
            return f"the GPU could not be used: {why}"
        for run in self._session.cells.values():
            for output in run.outputs:
                if output["output_type"] == "error" and (why := _gpu_is_full(str(output["evalue"]))):
                    return f"the GPU could not be used in cell {run.index + 1}: {why}"
        return ""

    def _blame(self, test: GradingTest, found: Fingerprint) -> str:
        """A test that stumbled: over the answer ("") if the reference passes it; else what our fault is."""
        truth = self.exam.truths[test.question]
        try:
            ours = truth.failure(truth.question.answers.reference, test, truth.seed_for(test))
        except Exception as problem:
            return f"{test.name}: {problem}"
        if ours is not None:
            return f"{test.name}: {ours.what}"
        stumbled = found.problem is not None and not isinstance(found.problem, _OF_AN_ANSWER)
        return f"{test.name}: {found.what}" if stumbled else ""


# What PyTorch says where the GPU has no memory left, or is another program's alone.
_GPU_IS_FULL = (
    "CUDA out of memory",
    "CUDA error: out of memory",
    "CUDA error: all CUDA-capable devices are busy or unavailable",
    "CUDA error: CUBLAS_STATUS_ALLOC_FAILED",
    "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
)


def _gpu_is_full(message: str) -> str:
    """The words of PyTorch's with which a message begins, if it tells that; else ""."""
    return next((words for words in _GPU_IS_FULL if message.startswith(words)), "")


_OF_AN_ANSWER = (
    TypeError,
    ValueError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    AssertionError,
    MemoryError,
    StopIteration,
)


@contextmanager
def judged_on(device: str) -> Iterator[None]:
    """Judge with the tolerances of ``device``."""
    token = device_in_use.set(device)
    try:
        yield
    finally:
        device_in_use.reset(token)
