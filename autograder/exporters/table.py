"""The class at a glance, for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from autograder.results import Grade, Outcome, Ungraded

SIGNS = {
    Outcome.CORRECT: "✓", Outcome.PARTIAL: "◐", Outcome.WRONG: "✗", Outcome.ERROR: "!", Outcome.TIMEOUT: "T",
    Outcome.MEMORY: "M", Outcome.NOT_ATTEMPTED: "·", Outcome.MISSING: "?", Outcome.FORBIDDEN: "⊘",
    Outcome.GRADER_ERROR: "G", Outcome.WAITING: "…",
}  # fmt: skip


def as_table(assignment: str, results: Sequence[Grade | Ungraded], device: str) -> str:
    """A line for each student: marks, a sign for each question, and the mistakes by name."""
    grades = [result for result in results if isinstance(result, Grade)]
    levels = ", ".join(sorted({grade.isolation for grade in grades})) or "-"
    count = f"{len(results)} submission{'s' * (len(results) != 1)}"
    lines = [f"{assignment}: {count}, device {device}, isolation {levels}", ""]
    if grades:
        lines.append("questions, in order: " + " ".join(question.id for question in grades[0].questions))
        lines.append("  ".join(f"{sign} {outcome.replace('_', ' ')}" for outcome, sign in SIGNS.items()))
        lines.append("")
    width = max((len(result.student) for result in results), default=7)
    for result in results:
        lines.append(_line(result, width))
    if len(grades) > 1:
        lines += ["", *summary_lines(grades)]
    return "\n".join(lines) + "\n"


def _line(result: Grade | Ungraded, width: int) -> str:
    if isinstance(result, Ungraded):
        nothing = result.standing is not None and not result.standing.handed_in and not result.notebook
        return f"{result.student:<{width}}  {'' if nothing else 'not graded: '}{result.reason}"
    signs = "".join(SIGNS[question.outcome] for question in result.questions)
    score = "   no mark  " if result.failed else f"{result.score:5g} / {result.max_score:<4g}"
    mistakes = ", ".join(f"{question.id}: {question.mistake}" for question in result.questions if question.mistake)
    at = result.standing
    if result.waiting:
        mistakes = "; ".join(filter(None, [mistakes, f"waits for a person's mark: {', '.join(result.waiting)}"]))
    if at is not None:
        by_hand = [f"by hand: {', '.join(at.by_hand)}"] if at.by_hand else []
        late = [f"late: −{at.penalty:g}"] if at.penalty else []
        mistakes = "; ".join(filter(None, [mistakes, *by_hand, *late, at.differs]))
    flags = "".join(f"  ⚑ {flag}" for flag in result.flags)
    return f"{result.student:<{width}}  {score} {signs}  {mistakes}{flags}".rstrip()


def summary_lines(grades: Sequence[Grade]) -> list[str]:
    """The mean, what it cost, and the most frequent mistakes; nothing of a class of one."""
    marked = [grade for grade in grades if not grade.failed]
    lines = []
    if marked:
        mean = sum(grade.score for grade in marked) / len(marked)
        seconds = sum(grade.cpu_seconds for grade in grades)
        took = (
            f"; {seconds:.1f} CPU seconds, {seconds / len(grades):.2f} a submission" if seconds else ""
        )  # recorded: none
        lines.append(f"mean {mean:.2f} of {marked[0].max_score:g}{took}")
    mistakes = Counter(f"{q.id}: {q.mistake}" for grade in grades for q in grade.questions if q.mistake)
    if mistakes:
        lines.append(
            "most frequent mistakes: " + "; ".join(f"{name} ({count})" for name, count in mistakes.most_common(5))
        )
    return lines
