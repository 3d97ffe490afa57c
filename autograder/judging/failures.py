"""The kinds of failures, and in one table what each means: for other tests, for a mistake's name, for the outcome."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from autograder.results import Outcome


class Kind(StrEnum):
    """How a test failed. What comes from afar is one of these by ``session.claims``; ``check`` is our own finding."""

    CHECK = "check"  # a wrong answer
    RAISED = "raised"
    UNUSABLE = "unusable"  # the test could make nothing of the answer
    NOT_ATTEMPTED = "not_attempted"
    MISSING = "missing"
    FORBIDDEN = "forbidden"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    DIED = "died"
    OURS = "ours"  # the grader's own code failed: nothing is said about the answer
    NOT_RUN = "not run"

    @classmethod
    def _missing_(cls, value: object) -> Kind:
        """A kind from nowhere, which only code that is out to deceive can name, is an error like any other."""
        return cls.RAISED

    @property
    def stops(self) -> bool:
        """Whether no further test of the question is run: each would end in the same way, and may take its time."""
        return _TABLE[self].stops

    @property
    def tells(self) -> bool:
        """Whether it shows what the answer does: it may name a mistake, and the student is told what came back."""
        return _TABLE[self].tells

    @property
    def lasts(self) -> bool:
        """Whether another student who replies alike failed alike: not where time or our own code decided."""
        return _TABLE[self].lasts

    @property
    def outcome(self) -> Outcome | None:
        """The outcome of a question that failed in this way alone; None where the answer is wrong, if not at all."""
        return _TABLE[self].outcome


class _Meaning(NamedTuple):
    stops: bool
    tells: bool
    lasts: bool
    outcome: Outcome | None


#                            stops  tells  lasts
_TABLE = {
    Kind.CHECK:         _Meaning(False, True,  True,  None),
    Kind.RAISED:        _Meaning(False, True,  True,  Outcome.ERROR),
    Kind.UNUSABLE:      _Meaning(False, True,  False, None),
    Kind.NOT_ATTEMPTED: _Meaning(False, False, True,  Outcome.NOT_ATTEMPTED),
    Kind.MISSING:       _Meaning(True,  False, True,  Outcome.MISSING),
    Kind.FORBIDDEN:     _Meaning(True,  False, True,  Outcome.FORBIDDEN),
    Kind.TIMEOUT:       _Meaning(True,  False, False, Outcome.TIMEOUT),
    Kind.MEMORY:        _Meaning(False, False, True,  Outcome.MEMORY),
    Kind.DIED:          _Meaning(True,  False, True,  Outcome.ERROR),
    Kind.OURS:          _Meaning(False, False, False, Outcome.GRADER_ERROR),
    Kind.NOT_RUN:       _Meaning(False, False, False, None),
}  # fmt: skip
