"""One submission under examination: what its tests get, what they found, and the grade that follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from autograder.checks.tolerances import device_in_use
from autograder.course.assignment import Assignment
from autograder.course.question import GradingTest, QuestionModule
from autograder.grader.closing_cells import closing_cells
from autograder.grader.reference_runs import ReferenceFails, Truth
from autograder.grader.reply_cache import Conversation
from autograder.judging.diagnosis import is_denied, name_mistake
from autograder.judging.inputs import Draw
from autograder.judging.messages import Finding, explain, is_builtin_error
from autograder.judging.run_test import Fingerprint, fingerprint_of, try_test
from autograder.judging.scoring import judge
from autograder.judging.source_rules import breach
from autograder.protocol.wire import Failure
from autograder.remote.proxy import Student, StudentFailed, defines
from autograder.results import CellRun, Outcome, QuestionGrade, TestResult
from autograder.session.notebook_session import LiveSession
from autograder.submission.notebook import Notebook, Role


class Examination:
    """Gives each test its student, reference and inputs, and takes what the test found.

    Args:
        truths: for each question what the reference answers and how mistakes fail, shared by a class.
        device: ``cpu`` or ``cuda``.
    """

    def __init__(
        self,
        assignment: Assignment,
        notebook: Notebook,
        session: LiveSession,
        truths: dict[str, Truth],
        device: str,
    ) -> None:
        self.assignment = assignment
        self._notebook = notebook
        self._session = session
        self._truths = truths
        self.device = device
        self._sides: dict[str, Student] = {}
        self._found: dict[str, dict[str, Fingerprint | None]] = {question.id: {} for question in assignment.questions}
        self._ours: dict[str, str] = {}
        self._breaches: dict[str, str | None] = {}
        self._there: tuple[int, set[str]] | None = None  # in which fork which names were there

    # ------------------------------------------------------------------ what a test gets

    def student(self, test: GradingTest) -> Student:
        """The student, as the test asks it.

        Raises:
            StudentFailed: the question's names are not there, or it is already known to hang.
        """
        self._require(self._turn_to(test))
        truth = self._truths[test.question]
        side = Student(Conversation(self._session), truth.seed_for(test), truth.question.question.forbids)
        self._sides[test.name] = side
        return side

    def reference(self, test: GradingTest) -> Student:
        """The reference, as the test asks it."""
        truth = self._truths[test.question]
        seed = truth.seed_for(test)
        return Student(truth.reference(test, seed), seed)

    def rng(self, test: GradingTest) -> Draw:
        """The generator of the test's inputs."""
        truth = self._truths[test.question]
        return truth.rng(test, truth.seed_for(test))

    def device_of(self, test: GradingTest) -> str:
        """Where the answer to a test is computed: ``cpu`` or ``cuda``."""
        return self.device if self.assignment.question(test.question).question.follows_device else "cpu"

    def _turn_to(self, test: GradingTest) -> QuestionModule:
        question = self.assignment.question(test.question)
        self._session.call_seconds = question.question.seconds
        self._session.device = self.device_of(test)
        return question

    def _require(self, question: QuestionModule) -> None:
        failures = [f.failure for f in self._found[question.id].values() if f is not None and f.failure is not None]
        hopeless = next((f for f in failures if f.kind in ("timeout", "missing", "forbidden", "died")), None)
        if hopeless is not None:
            raise StudentFailed(hopeless)
        if question.id not in self._breaches:
            rule = breach(self._answers(), question.question.names, question.question.forbids)
            self._breaches[question.id] = rule
        if (rule := self._breaches[question.id]) is not None:
            raise StudentFailed(Failure("forbidden", "ForbiddenUse", rule))
        there = self._names_there()
        name = next((name for name in question.question.names if name not in there), None)
        if name is not None:
            raise StudentFailed(self._why_missing(question, name))

    def _names_there(self) -> set[str]:
        """Which names of all questions exist in the present fork; asked once for each fork."""
        if self._there is None or self._there[0] != self._session.forks:
            names = [name for question in self.assignment.questions for name in question.question.names]
            told: object = defines(Student(self._session), *names)
            if not isinstance(told, list) or [type(known) for known in told] != [bool] * len(names):
                raise StudentFailed(self._session.died(forged=True))  # no worker of ours says that
            there = {name for name, known in zip(names, told, strict=True) if known}
            self._there = self._session.forks, there
        return self._there[1]

    def _why_missing(self, question: QuestionModule, name: str) -> Failure:
        """The cell is gone, or it stopped before it defined the name, or it never does."""
        cells = self._notebook.solutions(question.id)
        runs: list[CellRun] = [self._session.cells[cell.index] for cell in cells if cell.index in self._session.cells]
        stopped = next((run for run in runs if run.ended != "ok"), None)
        if stopped is None:
            what = "its cell is not in the notebook" if not cells else "its cell does not define it"
            return Failure("missing", "NameError", f"`{name}` is not there: {what}", cell=question.id)
        if stopped.ended in ("skipped", "timeout"):
            words = f"the cell that should define `{name}` was {stopped.note}"
            return Failure("timeout", "TimeLimit", words, cell=question.id)
        error = next((o for o in stopped.outputs if isinstance(o, dict) and o.get("output_type") == "error"), {})
        raised = str(error.get("ename", "SystemExit"))
        said = str(error.get("evalue", "")).split(" (<ipython", 1)[0][:100]  # no hidden input was there when cells ran
        told = f"{raised}: {said}" if said else raised
        known = f" ({told})" if stopped.ended != "died" and is_builtin_error(raised) else ""
        words = f"the cell that should define `{name}` stopped before it did: {stopped.note}{known}"
        return Failure(stopped.ended, raised, words, cell=question.id)

    # ------------------------------------------------------------------ what a test found

    def run(self, test: GradingTest) -> None:
        """Run one test, or remember what it found where another student gave the same replies."""
        try:
            self._require(self._turn_to(test))
        except StudentFailed as problem:
            self.record(test, problem)
        else:
            try:
                self._take(test, self._try(test, self._truths[test.question].seed_for(test)))
            except ReferenceFails as fault:
                self._ours[test.question] = str(fault)

    def record(self, test: GradingTest, problem: BaseException | None) -> None:
        """Take the result of a test that pytest ran: None, or what it raised."""
        if isinstance(problem, pytest.skip.Exception):
            return
        side = self._sides.get(test.name) or Student(self._session)
        self._take(test, None if problem is None else fingerprint_of(problem, side))

    def _try(self, test: GradingTest, seed: int) -> Fingerprint | None:
        truth = self._truths[test.question]
        return truth.conversations(test, seed, self._session.device).find(
            self._session,
            lambda student: try_test(
                test.function, student, truth.reference(test, seed), truth.rng(test, seed), seed,
                truth.question.question.forbids, self._session.device,
            ),
            lambda found: found is None or found.kind != "unusable",
        )  # fmt: skip

    def _take(self, test: GradingTest, found: Fingerprint | None) -> None:
        if self._session.device != "cpu" and found is not None and found.kind in ("check", "raised", "unusable"):
            self._session.device = "cpu"  # what fails only on the GPU costs the device test, and no other
            found = self._try(test, self._truths[test.question].seed_for(test))
        if found is not None and found.kind == "unusable":
            self._blame(test, found)
        self._found[test.question][test.name] = found

    def _blame(self, test: GradingTest, found: Fingerprint) -> None:
        """A test that stumbled: over the answer, if the reference passes it; else it is our fault."""
        truth = self._truths[test.question]
        try:
            ours = truth.failure(truth.question.answers.reference, test, truth.seed_for(test))
            fault = None if ours is None else f"{test.name}: {ours.what}"
        except Exception as problem:
            fault = f"{test.name}: {problem}"
        if fault is None and found.problem is not None and not isinstance(found.problem, _OF_AN_ANSWER):
            fault = f"{test.name}: {found.what}"
        if fault is not None:
            self._ours[test.question] = fault

    # ------------------------------------------------------------------ the grade

    def grade(self) -> tuple[QuestionGrade, ...]:
        """A grade for each question, in order; a fresh fork answers what the words for the student need."""
        unclear = [q for q in self.assignment.questions if self._needs_words(q)]
        public: dict[str, dict[str, Fingerprint | None]] = {}
        if unclear:  # a fork that has seen no hidden input, so that nothing it says can tell one
            self._session.close()
            self._session.not_again = closing_cells(self._notebook.code)
            public = {question.id: self._try_public(question) for question in unclear}
        return tuple(self._grade(question, public.get(question.id, {})) for question in self.assignment.questions)

    def _needs_words(self, question: QuestionModule) -> bool:
        kinds = {found.kind for found in self._found[question.id].values() if found is not None}
        return bool(kinds & {"check", "raised", "unusable"}) and question.id not in self._ours

    def _try_public(self, question: QuestionModule) -> dict[str, Fingerprint | None]:
        truth = self._truths[question.id]
        self._session.call_seconds = question.question.seconds
        self._session.device = "cpu"
        return {
            test.name: self._try(test, truth.seed_for(test, public=True)) for test in question.tests if test.visible
        }

    def _grade(self, question: QuestionModule, public: dict[str, Fingerprint | None]) -> QuestionGrade:
        stated = question.question
        found = self._found[question.id]
        tests = tuple(
            TestResult(
                test.name,
                test.title,
                test.points,
                found.get(test.name, _NOT_RUN) is None,
                _problem(found.get(test.name)),
            )
            for test in question.tests
            if not test.cuda
        )
        if question.id in self._ours or any(test.name not in found for test in question.tests if not test.cuda):
            fault = self._ours.get(question.id, "a test was not run")
            return QuestionGrade(
                question.id, stated.title, 0.0, stated.points, Outcome.GRADER_ERROR, None,
                f"The grader failed on this question, so it has no mark yet. Please tell your teacher. ({fault})",
                tests,
            )  # fmt: skip
        outcome, score = judge([(test.points, found[test.name]) for test in question.tests if not test.cuda])
        score = stated.points if outcome is Outcome.CORRECT else score
        mistake = self._mistake(question, found, public) if outcome is not Outcome.CORRECT else None
        named = None if mistake is None else question.answers.mistake(mistake)
        findings = [
            Finding(test.title, found.get(test.name), public.get(test.name)) for test in question.tests if not test.cuda
        ]
        words = explain(outcome, findings, named, "\n".join(self._answers()))
        return QuestionGrade(question.id, stated.title, score, stated.points, outcome, mistake, words, tests)

    def _mistake(
        self,
        question: QuestionModule,
        found: dict[str, Fingerprint | None],
        public: dict[str, Fingerprint | None],
    ) -> str | None:
        truth, stated = self._truths[question.id], question.question
        if any(f is not None and f.kind == "forbidden" for f in found.values()):
            return stated.forbidden_as
        if not any(f is not None and f.kind in ("check", "raised", "unusable") for f in found.values()):
            return None
        tests = [(test, truth.seed_for(test)) for test in question.tests if not test.cuda]
        named = name_mistake(found, truth.mistakes(tests))
        if named is None and public:
            shown = [(test, truth.seed_for(test, public=True)) for test in question.tests if test.visible]
            named = name_mistake(public, truth.mistakes(shown))
            if named is not None and is_denied(named, found, truth.mistakes(tests)):
                named = None
        return named

    def _answers(self) -> list[str]:
        return [cell.source for cell in self._notebook.cells if cell.role in (Role.SOLUTION, Role.STUDENT)]


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
_NOT_RUN = Fingerprint(0, "not run", "", None, None)


def _problem(found: Fingerprint | None) -> str:
    return "" if found is None else found.kind


@contextmanager
def judged_on(device: str) -> Iterator[None]:
    """Judge with the tolerances of ``device``."""
    token = device_in_use.set(device)
    try:
        yield
    finally:
        device_in_use.reset(token)
