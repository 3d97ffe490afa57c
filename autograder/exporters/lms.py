"""Marks in the columns that a learning management system imports.

A column that is there already is named by ``column``, as the system's own download has it, with its number: Canvas's
``Homework 6 (4711)``, Blackboard's ``Homework 6 [Total Pts: 20 Score] |4711``. A mark that there is not is an empty
cell, which all of them leave as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from autograder.exporters.notes import SAID
from autograder.results import Grade, Outcome, QuestionGrade, Standing, Ungraded

Row = list[str]
Results = Sequence[Grade | Ungraded]


def mark_of(result: Grade | Ungraded) -> str:
    """The mark as text; empty where there is none."""
    return "" if isinstance(result, Ungraded) or result.failed else str(result.score)


def most_of(results: Results) -> str:
    """The marks that could be had, as text."""
    return next((str(result.max_score) for result in results if isinstance(result, Grade)), "")


def canvas(column: str, results: Results) -> Iterator[Row]:
    """Canvas's gradebook: it finds students by its own number, or by the login."""
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", column]
    yield ["    Points Possible", "", "", "", "", most_of(results)]
    for result in results:
        at = result.standing or Standing()
        name = f"{at.last_name}, {at.first_name}" if at.last_name and at.first_name else at.last_name or at.first_name
        yield [name or result.student, at.lms_id, "", result.student, at.section, mark_of(result)]


def moodle(column: str, results: Results) -> Iterator[Row]:
    """Moodle's grading worksheet of an assignment: "Participant" and the number that its downloads are named by."""
    yield ["Identifier", "Full name", "Email address", "Grade", "Maximum Grade", "Last modified (grade)",
           "Feedback comments"]  # fmt: skip
    most = most_of(results)
    for result in results:
        at = result.standing or Standing()
        name = f"{at.first_name} {at.last_name}".strip() or result.student
        identifier = f"Participant {at.lms_id}" if at.lms_id else ""
        yield [identifier, name, at.email, mark_of(result), most, "", feedback_in_a_cell(result)]


def blackboard(column: str, results: Results) -> Iterator[Row]:
    """Blackboard's Grade Center: it finds students by the user name."""
    yield ["Last Name", "First Name", "Username", column, "Feedback to Learner", "Feedback Format"]
    for result in results:
        at = result.standing or Standing()
        yield [at.last_name, at.first_name, result.student, mark_of(result), feedback_in_a_cell(result), "PLAIN_TEXT"]


def gradescope(column: str, results: Results) -> Iterator[Row]:
    """The columns of Gradescope's own export, for whatever reads those: it imports no marks itself."""
    yield ["First Name", "Last Name", "SID", "Email", "Sections", column, f"{column} - Max Points"]
    most = most_of(results)
    for result in results:
        at = result.standing or Standing()
        yield [at.first_name, at.last_name, result.student, at.email, at.section, mark_of(result), most]


LMS: dict[str, Callable[[str, Results], Iterator[Row]]] = {
    "canvas": canvas, "moodle": moodle, "blackboard": blackboard, "gradescope": gradescope,
}  # fmt: skip


def feedback_in_a_cell(result: Grade | Ungraded) -> str:
    """What a student reads in the system: what a person wrote, and the questions that are not right yet."""
    if isinstance(result, Ungraded):
        return "" if result.standing is not None and not result.standing.handed_in else f"Not graded: {result.reason}"
    parts = [f"{question}: {comment}" for question, comment in (result.standing or Standing()).comments]
    for question in result.questions:
        if question.outcome is Outcome.WAITING:
            parts.append(f"{question.id}: waits for a person's mark")
        elif question.outcome is not Outcome.CORRECT and question.score < question.max_score:
            parts.append(f"{question.id}: {question.score:g} of {question.max_score:g}: {_in_a_sentence(question)}")
    return "; ".join(parts)


def _in_a_sentence(question: QuestionGrade) -> str:
    """The mistake as a student reads it; without one, what became of the question."""
    first = re.match(r".+?[.?!](?=\s|$)", question.message, re.DOTALL)
    return SAID[question.outcome] if question.mistake is None or first is None else " ".join(first[0].split())
