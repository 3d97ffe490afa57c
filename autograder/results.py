"""What grading found out: frozen records, from one test to a whole submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What became of a question. ``grader_error`` is ours: no mark then. ``waiting`` is for a person's mark."""

    CORRECT = "correct"
    PARTIAL = "partial"
    WRONG = "wrong"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    NOT_ATTEMPTED = "not_attempted"
    MISSING = "missing"
    FORBIDDEN = "forbidden"
    GRADER_ERROR = "grader_error"
    WAITING = "waiting"


ASK = "Ask yourself"  # the label of the question that ends a message


class Moment(StrEnum):
    """When a question was asked, of the two moments the one that counts: at its test cell, or at the notebook's end."""

    TEST_CELL = "test cell"
    END = "end"


@dataclass(frozen=True)
class TestResult:
    """One grading test: its title for students, points, whether it passed, and what asking and judging it took."""

    name: str
    title: str
    points: float
    passed: bool
    problem: str = ""
    cpu_seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Mistake:
    """A mistake that was recognised: its name, what was done in plain words, and one question to ask oneself.

    A report tells the name alone, so two are the same if their names are.
    """

    name: str
    says: str = field(default="", compare=False)
    ask: str = field(default="", compare=False)

    @property
    def label(self) -> str:
        """The name as people read it."""
        return self.name.replace("_", " ")

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class QuestionGrade:
    """One question: marks, outcome, the mistake, and what the student reads."""

    id: str
    title: str
    score: float
    max_score: float
    outcome: Outcome
    mistake: Mistake | None
    message: str
    tests: tuple[TestResult, ...] = ()
    html: str = ""
    moment: Moment = Moment.END
    told: tuple[tuple[str, str], ...] = ()  # the message in labelled lines; without a label a paragraph

    @property
    def mistake_name(self) -> str | None:
        """The mistake's name, for programs."""
        return None if self.mistake is None else self.mistake.name

    @property
    def said(self) -> str:
        """The mistake, or else the outcome, in a few words."""
        return self.outcome.replace("_", " ") if self.mistake is None else self.mistake.label


@dataclass(frozen=True)
class CellRun:
    """One code cell as it ran: outputs in nbformat's form, how it ended, and the seconds it took."""

    index: int
    outputs: tuple[dict[str, Any], ...]
    execution_count: int | None
    ended: str = "ok"  # ok, raised, not_attempted, timeout, memory, died, skipped
    seconds: float = 0.0
    note: str = ""


@dataclass(frozen=True)
class Standing:
    """What the gradebook says of a student and a submission, beyond the marks of each question.

    Args:
        timestamp: when it was handed in; ``due``: until when that was in time. As nbgrader writes them, in UTC.
        penalty: points that lateness costs.
        by_hand: the questions whose marks a person gave.
        comments: (question, what a person wrote).
        differs: where the gradebook and the last run do not agree, in a line.
    """

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    section: str = ""
    timestamp: str = ""
    due: str = ""
    handed_in: bool = True
    penalty: float = 0.0
    by_hand: tuple[str, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    differs: str = ""


@dataclass(frozen=True)
class Grade:
    """One submission, graded.

    Args:
        merge: an unresolved merge that stands in the notebook, in words; "" for none.
        read: the ``submission.notebook.Notebook`` that was graded, so that nobody reads the file a second time; None in
            a report. Its type is not imported: anybody may import these records.
    """

    student: str
    assignment: str
    notebook: str
    questions: tuple[QuestionGrade, ...]
    device: str
    isolation: str
    seed: int
    seconds: float
    cpu_seconds: float = 0.0
    flags: tuple[str, ...] = ()
    cells: tuple[CellRun, ...] = field(default=(), repr=False)
    read: Any = field(default=None, repr=False, compare=False)
    merge: str = ""
    intake: tuple[str, ...] = ()  # how it was handed in, where that is not plain: the commit, another file name
    standing: Standing | None = None  # in a report, where there is a gradebook

    @property
    def raw_score(self) -> float:
        """The marks before lateness costs anything."""
        return round(sum(question.score for question in self.questions), 6)

    @property
    def score(self) -> float:
        """The marks."""
        penalty = self.standing.penalty if self.standing is not None else 0.0
        return round(max(self.raw_score - penalty, 0.0), 6)

    @property
    def max_score(self) -> float:
        """The marks that could be had."""
        return round(sum(question.max_score for question in self.questions), 6)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The questions that wait for a person's mark; what they are worth is not in the score yet."""
        return tuple(question.id for question in self.questions if question.outcome is Outcome.WAITING)

    @property
    def incomplete(self) -> bool:
        """Whether something is left to be graded: the grader failed on it, or a merge stands open in it."""
        return self.failed or bool(self.merge)

    @property
    def failed(self) -> bool:
        """Whether the grader itself failed on a question, so that there is no mark."""
        return any(question.outcome is Outcome.GRADER_ERROR for question in self.questions)


@dataclass(frozen=True)
class Ungraded:
    """A submission that could not be graded, and why, in one line."""

    student: str
    assignment: str
    notebook: str
    reason: str
    intake: tuple[str, ...] = ()
    standing: Standing | None = None
