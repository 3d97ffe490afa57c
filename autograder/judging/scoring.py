"""From the tests of a question to its outcome and marks: the one rule, for grading and for ``check``."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.judging.run_test import Fingerprint
from autograder.results import Outcome

_RANK = (Outcome.FORBIDDEN, Outcome.MISSING, Outcome.NOT_ATTEMPTED, Outcome.TIMEOUT, Outcome.MEMORY, Outcome.ERROR)

# Of two moments with equal marks that one is told of at which the student came further.
_FURTHER = (
    Outcome.CORRECT, Outcome.PARTIAL, Outcome.WRONG, Outcome.ERROR, Outcome.MEMORY, Outcome.TIMEOUT,
    Outcome.NOT_ATTEMPTED, Outcome.MISSING, Outcome.FORBIDDEN, Outcome.GRADER_ERROR,
)  # fmt: skip


def counts_more(one: tuple[Outcome, float], other: tuple[Outcome, float]) -> bool:
    """Of a question's two moments, whether ``one`` counts: more marks, or as many and further than ``other``."""
    (outcome, score), (than, less) = one, other
    return score > less or (score == less and _FURTHER.index(outcome) < _FURTHER.index(than))


def judge(tests: Iterable[tuple[float, Fingerprint | None]]) -> tuple[Outcome, float]:
    """The outcome and the marks of one question.

    Args:
        tests: for each test what it is worth, and how it failed; None where it passed.
    """
    tried = list(tests)
    score = round(sum(points for points, failure in tried if failure is None), 6)  # 0.4 + 0.8 is no 1.2000000000000002
    failures = [failure for _, failure in tried if failure is not None]
    if not failures:
        return Outcome.CORRECT, score
    kinds = {failure.kind.outcome for failure in failures}
    if Outcome.FORBIDDEN in kinds:
        return Outcome.FORBIDDEN, 0.0
    if score > 0:
        return Outcome.PARTIAL, score
    wrong = None in kinds
    worst = next((outcome for outcome in _RANK if outcome in kinds), Outcome.WRONG)
    return (Outcome.WRONG if wrong and worst in (Outcome.ERROR, Outcome.NOT_ATTEMPTED) else worst), 0.0
