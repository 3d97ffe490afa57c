"""What ``autograder serve`` shows: who was graded when, with which mark, and what waits."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from autograder.exporters.table import SIGNS
from autograder.pages.style import page, text
from autograder.results import Grade, Ungraded

_SECONDS = 3  # between two looks of an open page


@dataclass(frozen=True)
class Arrival:
    """A submission that was graded when it arrived."""

    when: datetime
    result: Grade | Ungraded
    seconds: float


def status_page(
    assignment: str, folders: Sequence[str], arrivals: Sequence[Arrival], at_work: bool, lines: Sequence[str] = ()
) -> str:
    """The page, newest first; a browser loads it again every few seconds.

    Args:
        lines: what somebody must know of what lies in the folders.
    """
    rows = "".join(map(_row, reversed(arrivals)))
    queue = "<p>Grading …</p>" if at_work else "<p>Waiting for submissions.</p>"
    names = ("When", "Student", "Points", "Questions", "Took", "Look at")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    watched = ", ".join(map(html.escape, folders))
    body = (
        f'<main><h1>{text(assignment)}</h1><p class="soft">Watching {watched}</p><div role="status">{queue}</div>'
        f'<div class="card wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{_to_look_at(lines)}</main>"
    )
    return page(f"{assignment}: arrivals", body, refresh=_SECONDS)


def _to_look_at(lines: Sequence[str]) -> str:
    if not lines:
        return ""
    return f'<div class="card"><h2>To look at</h2><ul>{"".join(f"<li>{text(line)}</li>" for line in lines)}</ul></div>'


def _row(arrival: Arrival) -> str:
    result = arrival.result
    if isinstance(result, Ungraded):
        points, signs, look = "–", "", f"not graded: {result.reason}"
    else:
        points = "no mark" if result.failed else f"{result.score:g} of {result.max_score:g}"
        signs = "".join(SIGNS[question.outcome] for question in result.questions)
        look = "; ".join(result.flags)
    cells = (f"{arrival.when:%H:%M:%S}", result.student, points, signs, f"{arrival.seconds:.1f} s", look)
    return f"<tr>{''.join(f'<td>{text(cell)}</td>' for cell in cells)}</tr>"
