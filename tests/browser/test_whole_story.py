"""The whole story in a browser: a student from blank to green with Validate; an instructor's one and the same mark."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell

from autograder.course.assignment import load_assignment
from tests.browser.test_jupyterlab import ASSIGNMENT, hand_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent


def right(question: str) -> str:
    answers = load_assignment(ASSIGNMENT).question(question).answers
    return answers.imports + answers.reference.source


def open_notebook(page: Any, address: str, token: str) -> None:
    page.goto(f"{address}/lab/tree/notebook.ipynb?token={token}&reset")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.get_by_text("| Idle").wait_for()


def test_a_student_from_blank_to_green_with_validate(page, start_server, tmp_path):
    folder = tmp_path / "student"
    folder.mkdir()
    hand_in(
        folder,
        {"n_updates": right("n_updates"), "zero_grads": "def zero_grads(params):\n    raise NotImplementedError()"},
    )
    address, token = start_server(folder, "lab").split("|")
    open_notebook(page, address, token)
    page.locator(".validate-button").first.click()
    failed = page.locator(".validation-failed")
    failed.wait_for()
    page.screenshot(path=str(tmp_path / "validate.png"))
    said = failed.inner_text()
    assert "zero_grads: not attempted yet" in said
    assert "n_updates" not in said, "what is right is no failure"
    assert "Traceback" not in said
    page.locator(".jp-Dialog button", has_text="Ok").click()

    blank = page.locator(".jp-CodeCell .cm-content", has_text="NotImplementedError")
    blank.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(right("zero_grads"))
    page.locator(".validate-button").first.click()  # which saves first
    page.locator(".validation-success").wait_for()


def command(course: Path, *arguments: str) -> str:
    environment = os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    program = [PROGRAMS / arguments[0], *arguments[1:]]
    done = subprocess.run(program, cwd=course, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def with_an_essay(path: Path) -> None:
    """A written answer of 3 points at the end, which a person has to read."""
    node = nbformat.read(path, as_version=4)
    role = {"grade_id": "essay", "grade": True, "solution": True, "locked": False, "task": False, "points": 3,
            "schema_version": 3}  # fmt: skip
    node.cells.append(new_markdown_cell("Why does it work? My own words.", metadata={"nbgrader": role}))
    nbformat.write(node, path)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A graded class of two: one with a right first answer and an essay, one who handed in the blank."""
    folder = tmp_path / "course"
    folder.mkdir()
    for name in ("nbgrader_config.py", "gradebook.db"):
        shutil.copy(ROOT / name, folder)
    for name in ("source", "release"):
        shutil.copytree(ROOT / name / ASSIGNMENT, folder / name / ASSIGNMENT)
        with_an_essay(folder / name / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    for student in ("ada", "bob"):
        target = folder / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        target.parent.mkdir(parents=True)
        node = nbformat.read(folder / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
        for cell in node.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == "sgd_step" and student == "ada":
                cell.source = right("sgd_step")
        nbformat.write(node, target)
    command(folder, "autograder", "grade", ASSIGNMENT)
    return folder


def number_of(course: Path, student: str) -> str:
    query = (
        "select n.id from submitted_notebook n join submitted_assignment a on a.id = n.assignment_id "
        "where a.student_id = ?"
    )
    with sqlite3.connect(course / ".autograder" / "gradebook.db") as gradebook:
        return str(gradebook.execute(query, (student,)).fetchone()[0])


def enter(page: Any, selector: str, text: str) -> None:
    """Type into a field of the formgrader, which saves when the field is left."""
    page.locator(selector).fill(text)
    with page.expect_response(lambda answer: "/formgrader/api/" in answer.url and answer.request.method == "PUT"):
        page.locator(selector).dispatch_event("change")
        page.locator(selector).blur()


@pytest.mark.filterwarnings("ignore")
def test_an_instructor_finds_one_and_the_same_mark_everywhere(page, start_server, course, tmp_path):
    """Automatic 4, lowered to 2.5 by hand; an essay of 2: 4.5 points in every place that shows a mark."""
    address, token = start_server(course, "lab").split("|")
    page.goto(f"{address}/lab?token={token}")
    # Until the marks have come, what is typed is written over.
    page.goto(f"{address}/formgrader/submissions/{number_of(course, 'ada')}/?index=0", wait_until="networkidle")
    page.locator("input.score").first.wait_for()
    enter(page, "[id='test-sgd_step'].score", "2.5")
    enter(page, "[id='essay'].score", "2")
    enter(page, "[id='sgd_step-comment']", "Clearly written, but see page 3.")
    page.screenshot(path=str(tmp_path / "formgrader.png"))

    trail = command(course, "autograder", "history", ASSIGNMENT, "ada")
    for told in (
        "`formgrader`: ada sgd_step: mark by hand: none → 2.5:",
        "`formgrader`: ada essay: mark by hand: none → 2:",
        '`formgrader`: ada sgd_step: comment: none → "Clearly written, but see page 3.":',
    ):
        assert trail.count(told) == 1, trail

    seen: dict[str, float] = {}
    page.goto(f"{address}/formgrader/manage_submissions/{ASSIGNMENT}")
    row = page.locator("tbody tr", has_text="ada")
    row.wait_for()
    shown = re.search(r"([\d.]+) / 23", row.inner_text())
    assert shown is not None, row.inner_text()
    seen["formgrader"] = float(shown[1])

    command(course, "nbgrader", "export", "--to", "nbgrader.csv")
    command(course, "nbgrader", "generate_feedback", ASSIGNMENT, "--student", "ada")
    seen["nbgrader export"] = of_ada(course / "nbgrader.csv", "student_id", "score")
    for name, options in {"csv": (), "canvas": ("--lms", "canvas"), "json": (), "html": ()}.items():
        form = "csv" if name == "canvas" else name
        command(course, "autograder", "report", ASSIGNMENT, "--format", form, *options, "--output", f"marks.{name}")
    seen["csv"] = of_ada(course / "marks.csv", "student_id", "score")
    seen["canvas"] = of_ada(course / "marks.canvas", "SIS Login ID", ASSIGNMENT)
    told = json.loads((course / "marks.json").read_text("utf-8"))
    seen["json"] = next(one["score"] for one in told["submissions"] if one["student"] == "ada")
    page.goto((course / "marks.html").as_uri())
    page.screenshot(path=str(tmp_path / "class.png"), full_page=True)
    row = page.locator("table.heat tbody tr", has=page.locator("th", has_text="ada"))
    seen["class page"] = float(row.locator("td.total").inner_text())
    page.goto((course / "feedback" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.html").as_uri())
    page.screenshot(path=str(tmp_path / "feedback.png"), full_page=True)
    seen["feedback"] = float(page.locator(".mark").inner_text().partition(" ")[0])
    assert seen == dict.fromkeys(seen, 4.5)
    assert "Clearly written" in page.locator("#sgd_step").inner_text()
    assert "2 of 3" in page.locator("#essay").inner_text()


def of_ada(path: Path, who: str, column: str) -> float:
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row[who] == "ada"]
    (own,) = [row for row in rows if row.get("assignment", ASSIGNMENT) == ASSIGNMENT]  # nbgrader exports all of them
    return float(own[column])
