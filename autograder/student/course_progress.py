"""``progress()``: what is done so far in each assignment, from the checks run on this computer."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.student.memory import Remembered, remembered
from autograder.student.recorded import RecordedQuestion, recorded_questions


@dataclass(frozen=True)
class Row:
    """One assignment: how many of its questions are right so far, their visible points, and hints opened."""

    assignment: str
    questions: int
    right: int
    started: int
    score: float
    most: float
    hints: int

    @property
    def words(self) -> str:
        """``not begun``, ``3 of 8 right``, ``all right so far``."""
        if self.right == self.questions:
            return "all right so far"
        return f"{self.right} of {self.questions} right" if self.started else "not begun"


@dataclass(frozen=True)
class CourseProgress:
    """The rows of all assignments, shown as a table."""

    rows: tuple[Row, ...]

    def __repr__(self) -> str:
        lines = [
            f"{row.assignment:28} {row.words:18} {row.score:g} of {row.most:g} visible points, {row.hints} hints"
            for row in self.rows
        ]
        return "\n".join(["So far, by the checks run on this computer:", *lines])

    def _repr_html_(self) -> str:
        heads = "".join(
            f'<th scope="col" style="text-align:left;padding:2px 12px">{head}</th>'
            for head in ("assignment", "so far", "", "visible points", "hints opened")
        )
        body = "".join(map(_row, self.rows))
        return (
            "<table><caption>What is done so far, by the checks that were run on this computer</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
        )


def progress() -> CourseProgress:
    """What is done so far: for each assignment the questions that are right, visible points and hints opened.

    It is read from a file on this computer. Nobody else sees it, and no mark depends on it.
    """
    kept = remembered()
    by_assignment: dict[str, list[RecordedQuestion]] = {}
    for question in recorded_questions().values():
        by_assignment.setdefault(question.assignment, []).append(question)
    return CourseProgress(tuple(_summed(name, by_assignment[name], kept) for name in sorted(by_assignment)))


def _summed(name: str, questions: Sequence[RecordedQuestion], kept: dict[str, Remembered]) -> Row:
    entries = [kept.get(question.id, Remembered()) for question in questions]
    return Row(
        name,
        len(questions),
        sum(entry.right for entry in entries),
        sum(entry.checked for entry in entries),
        sum(entry.score for entry in entries),
        sum(question.visible_points for question in questions),
        sum(entry.hints for entry in entries),
    )


def _row(row: Row) -> str:
    share = 100 * row.right / row.questions
    bar = (
        f'<div role="img" aria-label="{row.right} of {row.questions}" style="width:120px;height:10px;'
        'background:rgba(128,128,128,0.25);border-radius:5px">'
        f'<div style="width:{share:.0f}%;height:10px;background:#0072B2;border-radius:5px"></div></div>'
    )
    cells = (html.escape(row.assignment), row.words, bar, f"{row.score:g} of {row.most:g}", str(row.hints))
    return "<tr>" + "".join(f'<td style="text-align:left;padding:2px 12px">{cell}</td>' for cell in cells) + "</tr>"
