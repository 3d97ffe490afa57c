"""A whole assignment at a glance, as ``check()`` shows it: each question's visible points, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.results import Outcome
from autograder.student.box import SIGNS, Tone, box
from autograder.student.recorded import RecordedQuestion
from autograder.student.verdict import Note, Verdict


@dataclass(frozen=True)
class Overview:
    """Every question of an assignment with the verdict on it, or a note where there is none."""

    assignment: str
    results: tuple[tuple[RecordedQuestion, Verdict | Note], ...]

    @property
    def score(self) -> float:
        """The visible points that are earned."""
        return sum(result.score for _, result in self.results if isinstance(result, Verdict))

    @property
    def max_score(self) -> float:
        """The visible points that there are."""
        return sum(question.visible_points for question, _ in self.results)

    @property
    def points(self) -> float:
        """What the assignment is worth, hidden checks included."""
        return sum(question.points for question, _ in self.results)

    @property
    def next(self) -> RecordedQuestion | None:
        """The first question that is not right yet; None if all are."""
        return next((question for question, result in self.results if not _right(result)), None)

    @property
    def head(self) -> str:
        """The assignment and its visible points."""
        return f"{self.assignment}: {self.score:g} of {self.max_score:g} visible points"

    @property
    def advice(self) -> str:
        """What comes next."""
        if self.next is None:
            return "Everything that can be seen here is right. Well done!"
        name = self.next.id
        return f'Next: `{name}`, {self.next.title}. `check("{name}")` says more, `hint("{name}")` gives a hint.'

    @property
    def small_print(self) -> str:
        """What these points are, and are not."""
        if self.points - self.max_score > 1e-9:
            return f"Visible checks only. The assignment is worth {self.points:g} points; the rest is tried at grading."
        return "Visible checks only, on recorded inputs. Other inputs are tried at grading."

    def __repr__(self) -> str:
        rows = [(number, *cells) for number, cells in enumerate(map(_cells, self.results), start=1)]
        widths = [max(len(str(row[place])) for row in rows) for place in range(4)]
        lines = [self.head]
        for number, sign, name, points, said in rows:
            lines.append(f"  {number:>{widths[0]}} {sign} {name:<{widths[2]}}  {points:<{widths[3]}}  {said}".rstrip())
        return "\n".join([*lines, f"  {self.advice.replace('`', '')}", f"  {self.small_print}"])

    def _repr_html_(self) -> str:
        rows = [("", "Question", "", "Visible points", "")]
        for number, (question, result) in enumerate(self.results, start=1):
            sign, name, points, said = _cells((question, result))
            rows.append((str(number), f"`{name}`", question.title, points, f"{sign} {said}"))
        tone: Tone = "right" if self.next is None else "nearly" if self.score else "blank"
        return box(tone, self.head, "", rows=rows, told=[("", self.advice)], small=self.small_print)


def _right(result: Verdict | Note) -> bool:
    return isinstance(result, Verdict) and result.outcome is Outcome.CORRECT


def _cells(one: tuple[RecordedQuestion, Verdict | Note]) -> tuple[str, str, str, str]:
    """The sign, the name, the visible points and the verdict in a few words."""
    question, result = one
    score = result.score if isinstance(result, Verdict) else 0.0
    said = result.head.partition(": ")[2]
    return SIGNS[result.tone], question.id, f"{score:g} of {question.visible_points:g}", said
