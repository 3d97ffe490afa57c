"""Spreadsheets: nbgrader's columns and Canvas's, and nothing that runs when they are opened."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from autograder.cli import options
from autograder.exporters.csv_report import as_csv, harmless
from autograder.exporters.lms import LMS
from autograder.results import Standing, Ungraded

from .results import ASSIGNMENT, failed, right, ungraded, wrong


def rows(lms: str | None = None) -> list[list[str]]:
    text = as_csv(ASSIGNMENT, [right(), wrong(), failed(), ungraded()], "cpu", lms)
    return list(csv.reader(io.StringIO(text)))


def test_the_columns_are_those_that_nbgrader_exports(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Compared with nbgrader's own exporter."""
    from nbgrader.api import Gradebook
    from nbgrader.plugins import CsvExportPlugin

    with Gradebook(f"sqlite:///{tmp_path / 'g.db'}") as gradebook:
        plugin = CsvExportPlugin()
        plugin.to = str(tmp_path / "grades.csv")
        plugin.export(gradebook)
    assert rows()[0] == (tmp_path / "grades.csv").read_text().strip().split(",")


def test_marks_of_those_who_have_one() -> None:
    """An empty cell is no zero."""
    table = [dict(zip(rows()[0], row, strict=True)) for row in rows()[1:]]
    assert [row["student_id"] for row in table] == ["ada", "bob", "cyd", "dan"]
    assert [row["score"] for row in table] == [str(right().score), str(wrong().score), "", ""]
    assert {row["max_score"] for row in table} == {str(right().max_score)}


def test_canvas_takes_it() -> None:
    """Its five columns first, a row of possible points, and students by their login."""
    head, possible, *students = rows("canvas")
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ASSIGNMENT]
    assert possible[0].strip() == "Points Possible"
    assert possible[5] == str(right().max_score)
    assert [(row[3], row[5]) for row in students][2:] == [("cyd", ""), ("dan", "")]


STANDING = Standing(first_name="Ada", last_name="Lovelace", email="a@x", lms_id="4711", section="Mon",
                    comments=(("sgd_step", "Nice"),))  # fmt: skip


@pytest.mark.parametrize(
    ("lms", "place", "wanted"),
    [
        ("canvas", 2, {"Student": "Lovelace, Ada", "ID": "4711", "SIS Login ID": "bob", "Section": "Mon"}),
        ("moodle", 1, {"Identifier": "Participant 4711", "Full name": "Ada Lovelace", "Email address": "a@x"}),
        ("blackboard", 1, {"Last Name": "Lovelace", "Username": "bob", "Feedback Format": "PLAIN_TEXT"}),
        ("gradescope", 1, {"SID": "bob", "First Name": "Ada", "Email": "a@x", "H (7) - Max Points": "20"}),
    ],
)
def test_each_system_finds_its_students_by_its_own_columns(lms: str, place: int, wanted: dict[str, str]) -> None:
    """The mark stands in the column that the system knows; who has none has an empty cell, and not a zero."""
    mistaken = wrong(message="You went\nuphill by 0.5 steps. Checked: all of it.")
    results = [replace(mistaken, standing=STANDING), failed(), ungraded()]
    table = list(csv.reader(io.StringIO(as_csv(ASSIGNMENT, results, "cpu", lms, "H (7)"))))
    head, rows_ = table[0], table[place:]
    one = dict(zip(head, rows_[0], strict=True))
    mark = "Grade" if lms == "moodle" else "H (7)"
    assert wanted.items() <= one.items()
    assert one[mark] == str(wrong().score)
    assert [row[head.index(mark)] for row in rows_[1:]] == ["", ""]
    for feedback in {"Feedback comments", "Feedback to Learner"} & set(head):
        said, again, blank = one[feedback].split("; ")
        assert said == "sgd_step: Nice"
        assert again.endswith(" of 4: You went uphill by 0.5 steps."), "the mistake as a student reads it"
        assert blank == "zero_grads: 0 of 2: not right yet"


def test_the_command_line_knows_the_same_systems() -> None:
    assert set(options.LMS) == set(LMS)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """Whatever a cell begins with."""
    assert harmless(text).startswith("'")
    table = list(
        csv.reader(io.StringIO(as_csv(ASSIGNMENT, [Ungraded(text, "A", "x", "y")], "cpu", "canvas"), newline=""))
    )
    assert table[2][0] == harmless(text)


def test_a_name_is_left_as_it_is() -> None:
    """Only what could be run is marked."""
    assert harmless("ada-1@school.example") == "ada-1@school.example"
