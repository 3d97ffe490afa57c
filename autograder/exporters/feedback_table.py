"""What a student reads under a test cell, as a small table of HTML.

Only tags that every sanitizer on the way lets pass (nbconvert's knows no ``th``), and no word that is not escaped.
"""

from __future__ import annotations

import html
import re

from autograder.exporters.notes import SEVERAL
from autograder.results import Outcome, QuestionGrade
from autograder.sanitize.outputs import clean_html

_SAID = {
    Outcome.CORRECT: "✓ correct",
    Outcome.PARTIAL: "◐ partly right",
    Outcome.WRONG: "✗ not right yet",
    Outcome.ERROR: "✗ the code stopped with an error",
    Outcome.TIMEOUT: "✗ took too long",
    Outcome.MEMORY: "✗ needs too much memory",
    Outcome.NOT_ATTEMPTED: "○ not attempted",
    Outcome.MISSING: "✗ missing",
    Outcome.FORBIDDEN: "✗ uses what this question forbids",
    Outcome.GRADER_ERROR: "the grader failed: no mark yet",
    Outcome.WAITING: "… waits for a person's mark",
}
_CODE = re.compile(r"`([^`]+)`")


def feedback_table(question: QuestionGrade, *, put_back: bool = False) -> str:
    """The table for one question; ``put_back`` if the student had deleted the test cell."""
    rows = [("Result", f"<b>{_SAID[question.outcome]}</b>")]
    if question.outcome is not Outcome.GRADER_ERROR:
        rows.append(("Points", f"{question.score:g} of {question.max_score:g}"))
    if question.tests and question.outcome not in (Outcome.GRADER_ERROR, Outcome.MISSING, Outcome.NOT_ATTEMPTED):
        lines = [f"{'✓' if test.passed else '✗'} {_text(test.title)} ({test.points:g})" for test in question.tests]
        if sum(not test.passed for test in question.tests) > 1:
            lines.append(f"<i>{SEVERAL}</i>")
        rows.append(("Checked", "<br>".join(lines)))
    if question.outcome is not Outcome.CORRECT:
        rows.append(("What happened", _text(question.message)))
    if question.mistake is not None:
        rows.append(("Mistake", _text(question.mistake.label)))
    if put_back:
        rows.append(("Note", "This test cell was missing from the notebook and was put back."))
    body = "".join(f'<tr><td style="text-align: left"><b>{name}</b></td>{_cell(value)}</tr>' for name, value in rows)
    picture = clean_html(question.html) if question.html else None
    return f"<table>{body}</table>{picture or ''}"


def _cell(value: str) -> str:
    return f'<td style="text-align: left">{value}</td>'


def _text(words: str) -> str:
    return _CODE.sub(r"<code>\1</code>", html.escape(words)).replace("\n", "<br>")
