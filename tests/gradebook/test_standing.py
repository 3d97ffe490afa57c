"""Reports come from the gradebook: what a person gave, what lateness costs, who handed nothing in."""

from __future__ import annotations

import argparse
import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.commands.report import class_results
from autograder.course.assignment import load_assignment
from autograder.course.layout import Course
from autograder.exporters.csv_report import as_csv
from autograder.exporters.json_report import as_json
from autograder.exporters.recorded import keep
from autograder.exporters.table import as_table
from autograder.gradebook.class_list import class_list
from autograder.gradebook.marks import Gradebook
from autograder.gradebook.master import Master, course_master
from autograder.gradebook.standing import NOTHING
from autograder.results import Grade, Ungraded

from .test_marks import NAME, grade_of, node_of


def master_of(root: Path) -> Master:
    return course_master(Course(root), load_assignment(NAME))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course whose gradebook has a run of ada, a student bob with nothing, and names."""
    root = tmp_path / "course"
    root.mkdir()
    course = Course(root)
    master = master_of(tmp_path)
    grade = replace(grade_of("ada", tmp_path), assignment=NAME)
    with Gradebook(str(root / "gradebook.db")) as gradebook:
        gradebook.record(grade, node_of(grade, master), master)
    keep(course, NAME, [grade], "cpu")
    from nbgrader.api import Gradebook as Stock

    with Stock(f"sqlite:///{root / 'gradebook.db'}") as stock:
        stock.update_or_create_student("bob", first_name="Bob", last_name="Ross", email="b@example.org")
        stock.update_or_create_student("ada", lms_user_id="4711", last_name="Lovelace", first_name="Ada")
    return course


def options(**said: object) -> argparse.Namespace:
    return argparse.Namespace(**{"assignment": NAME, "grades": None, "gradebook": None, "no_gradebook": False} | said)


def rows(results: list[Grade | Ungraded], lms: str | None = None) -> dict[str, dict[str, str]]:
    table = list(csv.DictReader(io.StringIO(as_csv(NAME, results, "cpu", lms))))
    return {row["SIS Login ID" if lms else "student_id"]: row for row in table}


def by_hand(course: Course, cell: str, points: float, comment: str = "") -> None:
    from nbgrader.api import Gradebook as Stock

    with Stock(f"sqlite:///{course.root / 'gradebook.db'}") as stock:
        stock.find_grade(cell, NAME, NAME, "ada").manual_score = points
        if comment:
            stock.find_comment(cell.removeprefix("test-"), NAME, NAME, "ada").manual_comment = comment
        stock.db.commit()


def test_a_mark_given_by_hand_is_in_every_report(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    before = class_results(course, options())[0][0]
    assert isinstance(before, Grade)
    question = before.questions[0]
    by_hand(course, f"test-{question.id}", 0.25, "Nicely tried.")
    results, _ = class_results(course, options())
    wanted = before.score - question.score + 0.25
    ada = results[0]
    assert isinstance(ada, Grade)
    assert ada.score == wanted
    assert float(rows(results)["ada"]["score"]) == wanted
    assert float(rows(results, "canvas")["ada"][NAME]) == wanted
    told = json.loads(as_json(NAME, results, "cpu"))["submissions"][0]
    assert told["score"] == wanted
    assert told["gradebook"]["marked_by_hand"] == [question.id]
    assert told["gradebook"]["comments"] == [{"question": question.id, "comment": "Nicely tried."}]
    assert f"by hand: {question.id}" in as_table(NAME, results, "cpu")
    assert capsys.readouterr().err == ""  # a mark by hand is no contradiction


def test_names_numbers_and_who_handed_nothing_in(course: Course) -> None:
    results, _ = class_results(course, options())
    assert [result.student for result in results] == ["ada", "bob"]
    assert isinstance(results[1], Ungraded)
    assert results[1].reason == NOTHING
    table = rows(results)
    assert (table["bob"]["last_name"], table["bob"]["email"], table["bob"]["score"]) == ("Ross", "b@example.org", "0.0")
    canvas = rows(results, "canvas")
    assert (canvas["ada"]["Student"], canvas["ada"]["ID"]) == ("Lovelace, Ada", "4711")
    assert canvas["bob"][NAME] == ""
    assert [person.id for person in class_list(course).people] == ["ada", "bob"]


def test_lateness_costs_in_every_report_what_it_costs_in_the_gradebook(course: Course) -> None:
    import sqlite3

    with sqlite3.connect(course.root / "gradebook.db") as database:
        database.execute("UPDATE submitted_notebook SET late_submission_penalty = 1.5")
    results, _ = class_results(course, options())
    ada = results[0]
    assert isinstance(ada, Grade)
    assert ada.score == ada.raw_score - 1.5
    row = rows(results)["ada"]
    assert (float(row["raw_score"]), float(row["late_submission_penalty"])) == (ada.raw_score, 1.5)
    assert float(row["score"]) == ada.score


def test_where_another_command_graded_since_it_is_said(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    import sqlite3

    before = class_results(course, options())[0][0]
    with sqlite3.connect(course.root / "gradebook.db") as database:
        database.execute("UPDATE grade SET auto_score = 0")
    results, _ = class_results(course, options())
    ada = results[0]
    assert isinstance(before, Grade)
    assert isinstance(ada, Grade)
    assert (before.score > 0, ada.score) == (True, 0)
    assert "ada: graded again since the last run" in capsys.readouterr().err


def test_another_gradebook_has_a_class_of_its_own(course: Course, tmp_path: Path) -> None:
    master = master_of(tmp_path)
    other = str(tmp_path / "other.db")
    grade = replace(grade_of("eve", tmp_path), assignment=NAME)
    with Gradebook(other) as gradebook:
        gradebook.record(grade, node_of(grade, master), master)
    keep(course, NAME, [grade], "cpu", other)
    assert [result.student for result in class_results(course, options(gradebook=other))[0]] == ["eve"]
    assert [result.student for result in class_results(course, options())[0]] == ["ada", "bob"]


def test_a_student_taken_out_of_the_gradebook_is_in_no_report(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    from nbgrader.api import Gradebook as Stock

    with Stock(f"sqlite:///{course.root / 'gradebook.db'}") as stock:
        stock.remove_student("ada")
    results, _ = class_results(course, options())
    assert [result.student for result in results] == ["bob"]
    assert "not in the gradebook any more" in capsys.readouterr().err
