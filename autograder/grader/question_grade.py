"""From what the tests of a question found to its grade: a pure function, with nothing asked of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.course.question import QuestionModule
from autograder.grader.attempt import TestRun
from autograder.grader.reference_runs import Truth
from autograder.judging.diagnosis import is_denied, name_mistake
from autograder.judging.failures import Kind
from autograder.judging.general_mistakes import FORBIDDEN, general_mistake
from autograder.judging.messages import Finding, explain, in_a_row
from autograder.judging.run_test import Fingerprint
from autograder.judging.scoring import counts_more, judge
from autograder.judging.telling import told
from autograder.results import Mistake, Moment, Outcome, QuestionGrade, TestResult


@dataclass(frozen=True)
class Tried:
    """A question at one moment.

    Args:
        runs: what its tests found on hidden inputs.
        sources: the cells in which the answer may stand, for quoting.
        public: what its visible tests found on recorded inputs, where words are needed.
        note: for the student, where the test cell's moment counts: what became of the answer further down.
        behind: earlier questions that are not right and that this answer calls.
        carried: whether ``runs`` are those with stand-ins in the place of their answers.
    """

    question: QuestionModule
    moment: Moment
    runs: tuple[TestRun, ...]
    sources: tuple[str, ...]
    public: Mapping[str, Fingerprint | None] = field(default_factory=dict)
    note: str = ""
    behind: tuple[QuestionModule, ...] = ()
    carried: bool = False

    @property
    def fault(self) -> str:
        """What the grader failed on; "" where it did not."""
        told = {run.test.name: run for run in self.runs}
        missed = any(test.name not in told for test in self.question.tests if not test.cuda)
        return next((run.fault for run in self.runs if run.fault), "a test was not run" if missed else "")

    def judged(self) -> tuple[Outcome, float]:
        """The outcome and the marks."""
        if self.fault:
            return Outcome.GRADER_ERROR, 0.0
        outcome, score = judge([(run.test.points, run.found) for run in self.runs if not run.test.cuda])
        return outcome, self.question.question.points if outcome is Outcome.CORRECT else score

    @property
    def needs_words(self) -> bool:
        """Whether the student is to be told what came back: on recorded inputs, in a session that saw no others."""
        return not self.fault and any(run.found is not None and run.found.kind.tells for run in self.runs)


def better(end: Tried, cell: Tried) -> Tried:
    """The moment that counts: the one with more marks, then the one at which the student came further."""
    if cell.fault:
        return end
    if end.fault:  # there is no mark, unless the other moment leaves nothing open
        return cell if cell.judged()[0] is Outcome.CORRECT else end
    return cell if counts_more(cell.judged(), end.judged()) else end


def grade_question(truth: Truth, tried: Tried) -> QuestionGrade:
    """The grade, with its words."""
    question, stated = tried.question, tried.question.question
    outcome, score = tried.judged()
    found = {run.test.name: run.found for run in tried.runs}
    took = {run.test.name: round(run.cpu_seconds, 4) for run in tried.runs}
    shown = [test for test in question.tests if not test.cuda]
    tests = tuple(
        TestResult(test.name, test.title, test.points, test.name in found and found[test.name] is None,
                   _problem(found.get(test.name)), took.get(test.name, 0.0))
        for test in shown
    )  # fmt: skip
    if outcome is Outcome.GRADER_ERROR:
        words = f"The grader failed on this question, so it has no mark yet. Please tell your teacher. ({tried.fault})"
        return QuestionGrade(
            question.id, stated.title, 0.0, stated.points, outcome, None, words, tests, moment=tried.moment
        )
    # What an earlier fault may explain gets no name of its own.
    mistake = None if outcome is Outcome.CORRECT or tried.behind else mistake_of(truth, found, tried.public)
    findings = [Finding(test.title, found.get(test.name), tried.public.get(test.name)) for test in shown]
    source, fault = "\n".join(tried.sources), _whose_fault(tried, outcome)
    words = explain(outcome, findings, mistake, source)
    words = " ".join(word for word in (fault, words, tried.note) if word)
    lines = told(outcome, findings, mistake, source, tried.note, first=fault)
    return QuestionGrade(
        question.id, stated.title, score, stated.points, outcome, mistake, words, tests, moment=tried.moment, told=lines
    )


def _whose_fault(tried: Tried, outcome: Outcome) -> str:
    """For the student: which earlier answer is to be mended first, and what was carried forward from it."""
    if not tried.behind:
        return ""
    mine = tried.question.question.names[0]
    theirs = in_a_row([f"`{other.question.names[0]}`" for other in tried.behind])
    which = in_a_row([other.question.title for other in tried.behind])
    are = "are" if len(tried.behind) > 1 else "is"
    if tried.carried and outcome is Outcome.CORRECT:
        return (
            f"Carried forward from {theirs}, which {are} not right yet: with a right one in its place, this is right."
        )
    again = " It was asked with a right one in its place." if tried.carried else ""
    return f"`{mine}` calls your {theirs}, which {are} not right yet ({which}): mend that first.{again}"


def mistake_of(
    truth: Truth, found: Mapping[str, Fingerprint | None], public: Mapping[str, Fingerprint | None]
) -> Mistake | None:
    """The mistake that explains what tests found, on hidden inputs or else on recorded ones; None if none does.

    Args:
        found: how each test failed on hidden inputs; None where it passed.
        public: how each visible test failed on recorded inputs.
    """
    question = truth.question
    if any(f is not None and f.kind is Kind.FORBIDDEN for f in found.values()):
        return truth.forbidden_as or FORBIDDEN
    if not any(f is not None and f.kind.tells for f in found.values()):
        return None
    tests = [(test, truth.seed_for(test)) for test in question.tests if not test.cuda]
    named = name_mistake(found, truth.mistakes(tests))
    if named is None and public:
        shown = [(test, truth.seed_for(test, public=True)) for test in question.tests if test.visible]
        named = name_mistake(public, truth.mistakes(shown))
        if named is not None and is_denied(named, found, truth.mistakes(tests)):
            named = None
    return named or general_mistake(found)


def _problem(found: Fingerprint | None) -> str:
    return "" if found is None else found.kind
