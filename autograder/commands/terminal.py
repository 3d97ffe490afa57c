"""The class in a terminal: a table in colour, as wide as the window. Elsewhere ``exporters.table`` writes text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from autograder.exporters.table import SIGNS, summary_lines
from autograder.results import Grade, Outcome, Ungraded

if TYPE_CHECKING:
    from rich.text import Text

_STYLES = {Outcome.CORRECT: "green", Outcome.PARTIAL: "yellow", Outcome.NOT_ATTEMPTED: "dim", Outcome.MISSING: "dim"}


def print_class(assignment: str, results: Sequence[Grade | Ungraded], device: str) -> None:
    """A row for each student; colour repeats what the signs say."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    table = Table(
        title=f"{assignment}, device {device}", title_justify="left", header_style="bold", box=None, pad_edge=False
    )
    table.add_column("student", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("questions", no_wrap=True)
    table.add_column("what to know")
    for result in results:
        if isinstance(result, Ungraded):
            table.add_row(Text(result.student), "–", "", Text(result.reason, style="red" if result.notebook else "dim"))
            continue
        points = "no mark" if result.failed else f"{result.score:g} / {result.max_score:g}"
        table.add_row(Text(result.student), points, _signs(result), _remarks(result))
    console.print(table)
    used = {question.outcome for result in results if isinstance(result, Grade) for question in result.questions}
    console.print(
        Text("  ".join(f"{SIGNS[one]} {one.replace('_', ' ')}" for one in Outcome if one in used), style="dim")
    )
    for line in summary_lines([result for result in results if isinstance(result, Grade)]):
        console.print(Text(line))


def _signs(grade: Grade) -> Text:
    from rich.text import Text

    signs = Text()
    for question in grade.questions:
        signs.append(SIGNS[question.outcome], style=_STYLES.get(question.outcome, "red"))
    return signs


def _remarks(grade: Grade) -> Text:
    from rich.text import Text

    said = [f"{question.id}: {question.mistake.label}" for question in grade.questions if question.mistake]
    at = grade.standing
    if at is not None:
        said += [f"by hand: {', '.join(at.by_hand)}"] if at.by_hand else []
        said += [f"late: −{at.penalty:g}"] if at.penalty else []
        said += [at.differs] if at.differs else []
    remarks = Text("; ".join(said))
    for flag in grade.flags:
        remarks.append(f"{'  ' if remarks else ''}⚑ {flag}", style="bold red")
    return remarks
