"""What a class's grades say when they are counted: distribution, questions, mistakes, sections. Pure functions."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from autograder.results import Grade, Mistake, Outcome, QuestionGrade, Standing, Ungraded

BINS = 10  # of a tenth of the marks each
# With fewer students a correlation says nothing: at 10 its 95 % interval around 0 is still ±0.63 (Fisher's z).
FEWEST_FOR_CORRELATION = 10
# Marks of a section that is told of without names. Below five, who knows all but one can guess the last: official
# statistics often take the same bound.
_FEWEST = 5


@dataclass(frozen=True)
class QuestionStatistics:
    """How a class did on one question.

    Args:
        difficulty: the mean share of its points, from 0 (nobody) to 1 (everybody); None without marks.
        discrimination: the correlation of its points with the points on all other questions; None where it says
            nothing: too few students, or all have the same.
        outcomes: how many had each outcome.
    """

    id: str
    title: str
    max_score: float
    difficulty: float | None
    discrimination: float | None
    outcomes: Counter[Outcome]


@dataclass(frozen=True)
class MistakeCount:
    """A named mistake, and how many made it."""

    question: str
    mistake: Mistake
    count: int


@dataclass(frozen=True)
class SectionStatistics:
    """The marks of one section of the class; "" for those without one."""

    section: str
    students: int
    marked: int
    mean: float | None
    median: float | None


def marked(results: Iterable[Grade | Ungraded]) -> list[Grade]:
    """Those who have a mark."""
    return [result for result in results if isinstance(result, Grade) and not result.failed]


def distribution(results: Sequence[Grade | Ungraded]) -> list[tuple[float, float, int]]:
    """(from, to, how many): equal steps of the marks; who is on a border counts above it, full marks in the last."""
    grades = marked(results)
    most = max((grade.max_score for grade in grades), default=0.0)
    counts = [0] * BINS
    for grade in grades:
        share = grade.score / most if most else 0.0
        counts[min(int(share * BINS + 1e-9), BINS - 1)] += 1
    return [(most * n / BINS, most * (n + 1) / BINS, count) for n, count in enumerate(counts)]


def by_question(results: Sequence[Grade | Ungraded]) -> list[QuestionStatistics]:
    """Each question, in the notebook's order."""
    grades = marked(results)
    first = {question.id: question for grade in grades for question in grade.questions}
    return [_question(question, grades) for question in first.values()]


def _question(question: QuestionGrade, grades: Sequence[Grade]) -> QuestionStatistics:
    pairs = [
        (own.score, grade.raw_score - own.score)
        for grade in grades
        for own in _of(grade, question.id)
        if own.outcome is not Outcome.WAITING  # no mark yet, and so no share
    ]
    outcomes = Counter(own.outcome for grade in grades for own in _of(grade, question.id))
    shares = [own / question.max_score for own, _ in pairs if question.max_score]
    return QuestionStatistics(
        question.id, question.title, question.max_score, statistics.fmean(shares) if shares else None,
        _correlation(pairs), outcomes,
    )  # fmt: skip


def _of(grade: Grade, question: str) -> list[QuestionGrade]:
    return [own for own in grade.questions if own.id == question]


def _correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    if len(pairs) < FEWEST_FOR_CORRELATION:
        return None
    own, others = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    if len(set(own)) == 1 or len(set(others)) == 1:
        return None
    return statistics.correlation(own, others)


def by_mistake(results: Sequence[Grade | Ungraded]) -> list[MistakeCount]:
    """Every named mistake, the most frequent first."""
    counts = Counter((q.id, q.mistake) for grade in marked(results) for q in grade.questions if q.mistake)
    return [MistakeCount(question, mistake, count) for (question, mistake), count in counts.most_common() if mistake]


def by_section(results: Sequence[Grade | Ungraded]) -> list[SectionStatistics]:
    """Each section of the class list; nothing where nobody has one."""
    groups: dict[str, list[Grade | Ungraded]] = {}
    for result in results:
        groups.setdefault(result.standing.section if result.standing is not None else "", []).append(result)
    if set(groups) <= {""}:
        return []
    return [_section(name, groups[name]) for name in sorted(groups)]


def _section(name: str, results: Sequence[Grade | Ungraded]) -> SectionStatistics:
    scores = [grade.score for grade in marked(results)]
    mean, median = (statistics.fmean(scores), statistics.median(scores)) if scores else (None, None)
    return SectionStatistics(name, len(results), len(scores), mean, median)


def anonymous(results: Sequence[Grade | Ungraded]) -> list[Grade | Ungraded]:
    """The class without a word that tells who is who: in order of the marks, with numbers for names.

    Flags, comments, file names and reasons may name somebody, so they are left out; and so are sections with few
    marks, whose mean would be somebody's mark to all who know who is in them.
    """
    ordered = sorted(results, key=lambda result: -result.score if isinstance(result, Grade) else 1.0)
    marks = Counter(
        result.standing.section for result in results if isinstance(result, Grade) and result.standing is not None
    )
    large = {section for section, count in marks.items() if count >= _FEWEST}
    return [_nameless(result, number, large) for number, result in enumerate(ordered, start=1)]


def _nameless(result: Grade | Ungraded, number: int, sections: Container[str]) -> Grade | Ungraded:
    at = result.standing
    kept = None
    if at is not None:
        section = at.section if at.section in sections else ""
        kept = Standing(
            section=section, handed_in=at.handed_in, penalty=at.penalty, by_hand=at.by_hand, due=at.due
        )  # fmt: skip
    name = f"student {number}"
    if isinstance(result, Ungraded):
        reason = result.reason if at is not None and not at.handed_in else "not graded"
        return Ungraded(name, result.assignment, "", reason, standing=kept)
    questions = tuple(replace(question, message="", told=(), html="") for question in result.questions)
    return replace(
        result, student=name, notebook="", flags=(), intake=(), standing=kept, questions=questions, cells=(), read=None
    )
