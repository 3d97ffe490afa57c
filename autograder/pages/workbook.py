"""The class as a spreadsheet: a sheet for each view. No cell is a formula, whatever a student is called."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from autograder.pages.statistics import by_mistake, by_question, by_section, distribution, marked
from autograder.results import Grade, Standing, Ungraded

Rows = list[list[object]]


def class_workbook(assignment: str, results: Sequence[Grade | Ungraded]) -> bytes:
    """The file, .xlsx."""
    import xlsxwriter

    made = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(made, safe) as book:
        book.set_properties({"title": f"{assignment}: the class"})
        questions = list(dict.fromkeys(q.id for grade in marked(results) for q in grade.questions))
        sheet = _sheet(book, "Marks", _marks(results, questions))
        _colour(sheet, results, questions)
        bins: Rows = [[f"{low:g} to {high:g}", count] for low, high, count in distribution(results)]
        _chart(book, _sheet(book, "Distribution", [["Points", "Students"], *bins]), len(bins))
        _sheet(book, "Questions", _questions(results))
        mistakes: Rows = [[one.question, one.mistake.label, one.count] for one in by_mistake(results)]
        _sheet(book, "Mistakes", [["Question", "Mistake", "Students"], *mistakes])
        sections: Rows = [[s.section, s.students, s.marked, s.mean, s.median] for s in by_section(results)]
        if sections:
            _sheet(book, "Sections", [["Section", "Students", "With a mark", "Mean", "Median"], *sections])
        flags: Rows = [[grade.student, flag] for grade in results if isinstance(grade, Grade) for flag in grade.flags]
        _sheet(book, "Flags", [["Student", "What"], *flags])
        times: Rows = [[grade.student, grade.seconds] for grade in marked(results) if grade.seconds]
        _sheet(book, "Time", [["Student", "Seconds"], *times])
    return made.getvalue()


def _marks(results: Sequence[Grade | Ungraded], questions: Sequence[str]) -> Rows:
    rows: Rows = [["Student", "Last name", "First name", "Section", "Points", "Of", "Late", *questions, "Remark"]]
    for result in results:
        at = result.standing or Standing()
        head: list[object] = [result.student, at.last_name, at.first_name, at.section]
        if isinstance(result, Ungraded):
            rows.append([*head, None, None, None, *(None for _ in questions), result.reason])
            continue
        own = {question.id: question.score for question in result.questions}
        score = None if result.failed else result.score
        by_hand = f"by hand: {', '.join(at.by_hand)}" if at.by_hand else ""
        rows.append([*head, score, result.max_score, -at.penalty, *(own.get(name) for name in questions), by_hand])
    return rows


def _questions(results: Sequence[Grade | Ungraded]) -> Rows:
    rows: Rows = [["Question", "Title", "Points", "Mean share", "Tells apart", "Outcomes"]]
    for found in by_question(results):
        outcomes = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in found.outcomes.most_common())
        rows.append([found.id, found.title, found.max_score, found.difficulty, found.discrimination, outcomes])
    return rows


def _sheet(book: Any, name: str, rows: Rows) -> Any:
    """A sheet whose first row stays in sight and filters the rest."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, bool | int | float):
                sheet.write_number(number, place, value)
            elif value is not None:
                sheet.write_string(number, place, str(value)[:32_000], bold if number == 0 else None)
    sheet.freeze_panes(1, 1)
    if len(rows) > 1:
        sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
    sheet.autofit()
    return sheet


def _colour(sheet: Any, results: Sequence[Grade | Ungraded], questions: Sequence[str]) -> None:
    """Each question's column from red to green by its own points; the numbers stand there too."""
    most = {q.id: q.max_score for grade in marked(results) for q in grade.questions}
    for place, name in enumerate(questions, start=7):
        scale = {
            "type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num", "min_value": 0,
            "mid_value": most[name] / 2, "max_value": most[name], "min_color": "#f3b0a9", "mid_color": "#f6ebae",
            "max_color": "#9fdcae",
        }  # fmt: skip
        sheet.conditional_format(1, place, max(len(results), 1), place, scale)


def _chart(book: Any, sheet: Any, bins: int) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({
        "categories": ["Distribution", 1, 0, bins, 0], "values": ["Distribution", 1, 1, bins, 1], "gap": 20,
    })  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_title({"name": "Students by points"})
    sheet.insert_chart("D2", chart, {"description": "Students by points, as in the table beside it"})
