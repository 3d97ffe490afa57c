"""A student's feedback page: question by question, the mark as it stands, the mistake in words, and their work."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.pages.cells import code, code_style, markdown, outputs
from autograder.pages.number_bars import number_bars
from autograder.pages.style import page, style_sheet, text
from autograder.results import ASK, Outcome

_SAID = {
    Outcome.CORRECT: ("right", "✓", "Right"),
    Outcome.PARTIAL: ("nearly", "◐", "Partly right"),
    Outcome.WRONG: ("wrong", "✗", "Not right yet"),
    Outcome.ERROR: ("wrong", "✗", "Your code stopped with an error"),
    Outcome.TIMEOUT: ("wrong", "✗", "Your code took too long"),
    Outcome.MEMORY: ("wrong", "✗", "Your code needs too much memory"),
    Outcome.NOT_ATTEMPTED: ("blank", "○", "Not attempted"),
    Outcome.MISSING: ("blank", "○", "Missing"),
    Outcome.FORBIDDEN: ("wrong", "✗", "It uses what this question asks you to do without"),
    Outcome.GRADER_ERROR: ("blank", "–", "No mark yet: the grader failed, and it is not your fault"),
    Outcome.WAITING: ("blank", "–", "Not marked yet: your teacher reads it"),
}
_HEADING = re.compile(r"^##\s", re.MULTILINE)


@dataclass(frozen=True)
class Mark:
    """A question's mark as it stands in the gradebook.

    Args:
        score: None while nobody has marked it.
        by_hand: whether a person gave it.
        comment: what a person wrote, in Markdown.
    """

    score: float | None
    max_score: float
    by_hand: bool = False
    comment: str = ""


@dataclass(frozen=True)
class Feedback:
    """What a page is made of.

    Args:
        node: the notebook in ``autograded/``.
        marks: by the grade_id of each graded cell.
        comments: by the grade_id of the cell that they stand at.
        hints: of each question, the first first.
        penalty: the points that lateness costs.
    """

    student: str
    assignment: str
    node: Any
    marks: Mapping[str, Mark]
    comments: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, Sequence[str]] = field(default_factory=dict)
    penalty: float = 0.0


@dataclass
class _Section:
    """A question: the cells that stand between the one before and its graded cell."""

    name: str
    graded: Any
    answers: list[Any] = field(default_factory=list)
    around: list[Any] = field(default_factory=list)

    @property
    def told(self) -> dict[str, Any]:
        found = self.graded.metadata.get("autograder", {})
        return dict(found) if isinstance(found, Mapping) else {}

    @property
    def question(self) -> str:
        return self.name.removeprefix("test-")


def feedback_page(feedback: Feedback) -> str:
    """The page, as one file of HTML."""
    sections, rest = _sections(feedback.node)
    most = sum(mark.max_score for mark in feedback.marks.values())
    score = max(sum(mark.score or 0.0 for mark in feedback.marks.values()) - feedback.penalty, 0.0)
    title = _title(feedback.node) or feedback.assignment
    late = f"<p>Handed in late: −{feedback.penalty:g} points.</p>" if feedback.penalty else ""
    body = [
        '<a class="skip" href="#questions">To the questions</a><main>',
        f"<header><h1>{text(title)}</h1>",
        f'<p class="soft">{html.escape(feedback.student)} · {html.escape(feedback.assignment)}</p>',
        f'<p><span class="mark">{score:g} of {most:g}</span> points</p>{late}</header>',
        f'<nav id="questions" aria-label="Questions">{_contents(sections, feedback)}</nav>',
        *(_question(number, section, feedback) for number, section in enumerate(sections, start=1)),
    ]
    if rest:
        body.append(f'<details class="card"><summary>The rest of your notebook</summary>{_cells(rest)}</details>')
    return page(
        f"{feedback.assignment}: {score:g} of {most:g}",
        "\n".join([*body, "</main>"]),
        style=style_sheet("feedback.css") + code_style(),
    )


def _sections(node: Any) -> tuple[list[_Section], list[Any]]:
    """The questions in order, and the cells that belong to none."""
    sections: list[_Section] = []
    rest: list[Any] = []
    waiting: list[Any] = []
    for cell in node.cells:
        role = cell.metadata.get("nbgrader", {})
        if not (role.get("grade") or role.get("task")):
            waiting.append(cell)
            continue
        start = next((n for n in reversed(range(len(waiting))) if _opens(waiting[n])), 0)
        rest += waiting[:start]
        section = _Section(role["grade_id"], cell)
        for inner in waiting[start:]:
            (section.answers if inner.metadata.get("nbgrader", {}).get("solution") else section.around).append(inner)
        if role.get("solution"):  # a written answer is graded where it stands
            section.answers.append(cell)
        sections.append(section)
        waiting = []
    return sections, rest + waiting


def _opens(cell: Any) -> bool:
    return cell.cell_type == "markdown" and bool(_HEADING.search(cell.source))


def _title(node: Any) -> str:
    first = next((cell.source for cell in node.cells if cell.cell_type == "markdown"), "")
    return first.partition("\n")[0].removeprefix("# ").strip() if first.startswith("# ") else ""


def _outcome(section: _Section, mark: Mark | None) -> tuple[str, str, str]:
    """Which colour, which sign, and in words: the mark's, if a person gave it."""
    if mark is not None and mark.by_hand and mark.score is not None:
        if mark.score >= mark.max_score:
            return "right", "✓", "Full marks, given by your teacher"
        return ("nearly" if mark.score else "wrong"), ("◐" if mark.score else "✗"), "Marked by your teacher"
    outcome = section.told.get("outcome")
    if outcome in list(Outcome):
        return _SAID[Outcome(outcome)]
    if mark is None or mark.score is None:
        return "blank", "–", "Not marked yet: your teacher reads it"
    full = mark.score >= mark.max_score
    return ("right", "✓", "Full marks") if full else ("nearly", "◐", "Not full marks yet")


def _points(mark: Mark | None) -> str:
    if mark is None:
        return "–"
    return f"{'–' if mark.score is None else f'{mark.score:g}'} of {mark.max_score:g}"


def _contents(sections: Sequence[_Section], feedback: Feedback) -> str:
    rows = []
    for number, section in enumerate(sections, start=1):
        mark = feedback.marks.get(section.name)
        tone, sign, said = _outcome(section, mark)
        named = f'<a href="#{html.escape(section.question)}">{text(section.told.get("title") or section.question)}</a>'
        status = f'<span class="{tone}"><span class="sign" aria-hidden="true">{sign}</span> {said}</span>'
        rows.append(
            f'<tr><td>{number}</td><td>{named}</td><td class="number">{_points(mark)}</td><td>{status}</td></tr>'
        )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("#", "Question", "Points", "Result"))
    return f'<div class="wide"><table><tr>{head}</tr>{"".join(rows)}</table></div>'


def _question(number: int, section: _Section, feedback: Feedback) -> str:
    mark = feedback.marks.get(section.name)
    tone, sign, said = _outcome(section, mark)
    told = section.told
    right = tone == "right"
    name = html.escape(section.question)
    parts = [
        f'<section class="card" id="{name}" aria-labelledby="{name}-title"><div class="head">',
        f'<h2 id="{name}-title">{number}. {text(told["title"])} <code>{name}</code></h2>'
        if told.get("title")
        else f'<h2 id="{name}-title">{number}. <code>{name}</code></h2>',
        f'<span class="number"><strong>{_points(mark)}</strong> points</span></div>',
        f'<p class="{tone}"><span class="sign" aria-hidden="true">{sign}</span> {said}</p>',
        *_comments(section, feedback),
    ]
    if mark is not None and mark.by_hand and told:
        parts += ["<details><summary>What the tests found</summary>", *_explained(told), "</details>"]
    elif not right:
        parts += _explained(told)
    if not told:  # graded by an older version, or another preprocessor took the cells' metadata away
        parts.append(outputs(section.graded.get("outputs", ())))
    if not right:
        parts += _hint(feedback.hints.get(section.question, ()))
    work = "".join(_answer(cell) for cell in section.answers)
    if work:
        folded = right or told.get("outcome") == Outcome.NOT_ATTEMPTED
        parts.append(f"<details{'' if folded else ' open'}><summary>Your answer</summary>{work}</details>")
    if section.around:
        parts.append(
            "<details><summary>The question again, and your cells around it</summary>"
            f"{_cells(section.around)}</details>"
        )
    return "\n".join([*parts, '<p class="soft"><a href="#questions">All questions</a></p></section>'])


def _explained(told: Mapping[str, Any]) -> Iterator[str]:
    ticks = [(str(title), bool(passed)) for title, passed in told.get("tests", ())]
    if ticks and told.get("outcome") not in (Outcome.MISSING, Outcome.NOT_ATTEMPTED, Outcome.GRADER_ERROR):
        lines = (
            f'<li class="{"right" if passed else "wrong"}">{"✓" if passed else "✗"} '
            f'<span class="soft">{"passed" if passed else "not yet"}:</span> {text(title)}</li>'
            for title, passed in ticks
        )
        yield f'<ul class="ticks">{"".join(lines)}</ul>'
    lines_told = [(str(label), str(words)) for label, words in told.get("told", ())]
    yield from (f"<p>{text(words)}</p>" for label, words in lines_told if not label)
    labelled = [(label, words) for label, words in lines_told if label and label != ASK]
    if labelled:
        yield '<dl class="lines">'
        yield from (f"<dt>{text(label)}</dt><dd>{text(words)}</dd>" for label, words in labelled)
        yield "</dl>"
        shown = dict(labelled)
        yield number_bars(shown.get("Got", ""), shown.get("Wanted", ""))
    yield from (
        f'<p class="ask"><strong>{ASK}:</strong> {text(words)}</p>' for label, words in lines_told if label == ASK
    )


def _hint(hints: Sequence[str]) -> Iterator[str]:
    if hints:
        yield f"<details><summary>A hint</summary><p>{text(hints[0])}</p></details>"


def _comments(section: _Section, feedback: Feedback) -> Iterator[str]:
    """What a person wrote, at the graded cell or at the answer."""
    names = dict.fromkeys(
        [section.name, *(cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in section.answers)]
    )
    mark = feedback.marks.get(section.name)
    found = [mark.comment] if mark is not None and mark.comment else []
    found += [feedback.comments[name] for name in names if feedback.comments.get(name)]
    for comment in dict.fromkeys(found):
        yield f'<div class="comment"><strong>Your teacher writes:</strong> {markdown(comment)}</div>'


def _answer(cell: Any) -> str:
    if cell.cell_type != "code":
        return markdown(cell.source)
    return code(cell.source) + outputs(cell.outputs)


def _cells(cells: Sequence[Any]) -> str:
    """Cells in order; a raw cell's text is shown as text."""
    shown = {"markdown": lambda cell: markdown(cell.source), "code": _answer}
    return "".join(
        shown.get(cell.cell_type, lambda cell: f"<pre>{html.escape(cell.source)}</pre>")(cell) for cell in cells
    )
