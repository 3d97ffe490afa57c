"""The class on one page: marks, questions against students, mistakes, what each question tells, flags and time."""

from __future__ import annotations

import html
import statistics
from collections.abc import Iterator, Sequence

from autograder.exporters.table import SIGNS
from autograder.pages.statistics import (
    FEWEST_FOR_CORRELATION,
    by_mistake,
    by_question,
    by_section,
    distribution,
    marked,
)  # fmt: skip
from autograder.pages.style import page, style_sheet, text
from autograder.results import Grade, Outcome, QuestionGrade, Ungraded


def class_page(assignment: str, results: Sequence[Grade | Ungraded], device: str) -> str:
    """The page, as one file of HTML that needs nothing else."""
    grades = marked(results)
    parts = [
        '<a class="skip" href="#students">To the table of students</a><main>',
        f"<header><h1>{text(assignment)}</h1>{_facts(results, grades, device)}</header>",
        _card("Marks", _distribution(results)),
        _card("Questions", _questions(results)),
        _card("Mistakes", _mistakes(results, len(grades))),
        _card("Questions and students", _heat_map(results), "students"),
    ]
    sections = by_section(results)
    if sections:
        rows = [(s.section or "(none)", s.students, s.marked, _number(s.mean), _number(s.median)) for s in sections]
        parts.append(_card("Sections", _table(("Section", "Students", "With a mark", "Mean", "Median"), rows)))
    parts += [_card("To look at", _look_at(results)), _card("Time", _time(grades))]
    return page(f"{assignment}: the class", "\n".join([*parts, "</main>"]), style=style_sheet("class_page.css"))


def _card(title: str, body: str, name: str = "") -> str:
    return f'<section class="card"{f" id={name}" if name else ""}><h2>{title}</h2>{body}</section>'


def _facts(results: Sequence[Grade | Ungraded], grades: Sequence[Grade], device: str) -> str:
    scores = [grade.score for grade in grades]
    facts = [("students", str(len(results))), ("with a mark", str(len(grades)))]
    if scores:
        facts += [("mean", f"{statistics.fmean(scores):.2f}"), ("median", f"{statistics.median(scores):g}"),
                  ("points to be had", f"{grades[0].max_score:g}")]  # fmt: skip
    facts.append(("device", device))
    return f'<ul class="facts">{"".join(f"<li><b>{html.escape(value)}</b>{name}</li>" for name, value in facts)}</ul>'


def _distribution(results: Sequence[Grade | Ungraded]) -> str:
    bins = distribution(results)
    most = max((count for *_, count in bins), default=0)
    last = len(bins) - 1
    rows = [
        (f"{low:g} to {'' if place == last else 'below '}{high:g}", count, _bar(count, most))
        for place, (low, high, count) in enumerate(bins)
    ]
    return _table(("Points", "Students", ""), rows, raw={2})


def _bar(count: float, most: float) -> str:
    """A bar beside a number that says the same, so a screen reader may skip it."""
    return f'<span class="bar" aria-hidden="true" style="width:{14 * count / most if most else 0:.2f}rem"></span>'


def _questions(results: Sequence[Grade | Ungraded]) -> str:
    rows = []
    for found in by_question(results):
        outcomes = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in found.outcomes.most_common())
        share = "–" if found.difficulty is None else f"{found.difficulty:.0%}"
        rows.append((f"`{found.id}` {found.title}", f"{found.max_score:g}", share, _bar(found.difficulty or 0, 1),
                     _number(found.discrimination), outcomes))  # fmt: skip
    said = (
        "Share is the mean share of the points. Tells apart is the correlation with the points on all other questions: "
        "near 1, who is good at the rest is good here; near 0 or below, look at the question. It needs "
        f"{FEWEST_FOR_CORRELATION} marks."
    )
    head = ("Question", "Points", "Share", "", "Tells apart", "Outcomes")
    return _table(head, rows, raw={3}) + f'<p class="soft">{said}</p>'


def _mistakes(results: Sequence[Grade | Ungraded], students: int) -> str:
    found = by_mistake(results)
    if not found:
        return "<p>No mistake was recognised by name.</p>"
    rows = [
        (f"`{one.question}`", one.mistake.label, one.count, f"{one.count / students:.0%}",
         _bar(one.count, found[0].count))
        for one in found
    ]  # fmt: skip
    return _table(("Question", "Mistake", "Students", "Share", ""), rows, raw={4})


def _heat_map(results: Sequence[Grade | Ungraded]) -> str:
    grades = marked(results)
    questions = list(dict.fromkeys(question.id for grade in grades for question in grade.questions))
    head = "".join(f'<th scope="col"><span>{html.escape(name)}</span></th>' for name in questions)
    rows = "".join(_heat_row(result, questions) for result in sorted(results, key=_worst_last))
    used = {question.outcome for grade in grades for question in grade.questions}
    legend = "; ".join(f"{SIGNS[outcome]} {outcome.replace('_', ' ')}" for outcome in Outcome if outcome in used)
    return (
        f'<p class="soft">Points, with a sign for what became of the question: {legend}. ✎ by hand.</p>'
        '<div class="wide" tabindex="0" role="region" aria-label="Questions and students">'
        '<table class="heat"><thead><tr>'
        f'<th scope="col">Student</th><th scope="col">Points</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _worst_last(result: Grade | Ungraded) -> tuple[float, str]:
    return (-result.score if isinstance(result, Grade) and not result.failed else 1.0, result.student)


def _heat_row(result: Grade | Ungraded, questions: Sequence[str]) -> str:
    head = f'<th scope="row">{html.escape(result.student)}</th>'
    if isinstance(result, Ungraded):
        why = f'<td class="hx" colspan="{max(len(questions), 1)}">{text(result.reason)}</td>'
        return f'<tr>{head}<td class="total">–</td>{why}</tr>'
    own = {question.id: question for question in result.questions}
    by_hand = result.standing.by_hand if result.standing is not None else ()
    cells = "".join(_heat_cell(own.get(name), name in by_hand) for name in questions)
    return f'<tr>{head}<td class="total">{"–" if result.failed else f"{result.score:g}"}</td>{cells}</tr>'


def _heat_cell(question: QuestionGrade | None, by_hand: bool) -> str:
    if question is None or question.outcome in (Outcome.GRADER_ERROR, Outcome.WAITING):
        return '<td class="hx">–</td>'
    share = question.score / question.max_score if question.max_score else 1.0
    if question.outcome in (Outcome.NOT_ATTEMPTED, Outcome.MISSING) and not question.score:
        return f'<td class="hb">{SIGNS[question.outcome]} 0</td>'
    level = 4 if share >= 1 else 0 if share <= 0 else 1 + min(int(share * 3), 2)
    said = html.escape(question.said, quote=True)
    mark = "✎" if by_hand else SIGNS[question.outcome]
    return f'<td class="h{level}" title="{said}">{mark} {question.score:g}</td>'


def _look_at(results: Sequence[Grade | Ungraded]) -> str:
    lines = [(result.student, line) for result in results for line in _concerns(result)]
    if not lines:
        return "<p>Nothing.</p>"
    return _table(("Student", "What"), lines)


def _concerns(result: Grade | Ungraded) -> Iterator[str]:
    """What a person should look at: flags, how it was handed in, no confinement, no mark, two truths."""
    if isinstance(result, Ungraded):
        if result.notebook or not (result.standing is not None and not result.standing.handed_in):
            yield f"not graded: {result.reason}"
    else:
        yield from (f"⚑ {flag}" for flag in result.flags)
        if result.isolation != "full" and result.questions and result.notebook:
            yield f"isolation: {result.isolation}"
        if result.failed:
            yield "the grader failed: no mark"
        if result.merge:
            yield result.merge
    yield from result.intake
    if result.standing is not None and result.standing.differs:
        yield result.standing.differs


def _time(grades: Sequence[Grade]) -> str:
    seconds = [grade.seconds for grade in grades if grade.seconds]
    if not seconds:
        return "<p>Not recorded.</p>"
    slow = sorted((grade for grade in grades if grade.seconds), key=lambda grade: -grade.seconds)[:5]
    said = f"{sum(seconds):.1f} seconds in all, {statistics.median(seconds):.2f} for the middle one. The slowest:"
    return f"<p>{said}</p>" + _table(("Student", "Seconds"), [(g.student, f"{g.seconds:.2f}") for g in slow])


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[object]], raw: frozenset[int] | set[int] = frozenset()) -> str:
    """A table; the columns in ``raw`` are HTML already. Numbers stand to the right."""

    def cell(place: int, value: object) -> str:
        words = str(value)
        number = ' class="number"' if words.rstrip("%").replace(".", "").replace("-", "").isdigit() else ""
        return f"<td{number}>{words if place in raw else text(words)}</td>"

    top = "".join(f'<th scope="col">{text(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(cell(place, value) for place, value in enumerate(row))}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
