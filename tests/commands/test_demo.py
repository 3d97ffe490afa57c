"""The demo class: made, graded, shown; and the same marks for every one of its submissions at the other doors."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from autograder.commands.demo import ASSIGNMENT
from autograder.course.assignment import load_assignment
from autograder.gradebook.pristine import has_students
from tests.conftest import EVERY_NIGHT, WHOLE

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
FULL = {"perfect", "written-differently-1", "written-differently-2", "written-differently-3"}
# At nbgrader's door on each push; every night all that are no mistake.
ONE_OF_EACH = {
    "perfect", "written-differently-1", "blank", "crashes-in-a-cell", "ends-the-process", "eats-memory", "syntax-error",
    "cheats-with-eq", "cheats-by-reading",
}  # fmt: skip
pytestmark = pytest.mark.slow


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done


def marks(database: Path) -> dict[str, dict[str, float | None]]:
    """Each student's mark for each question, as the gradebook has it."""
    query = """
        select student.id, base_cell.name, grade.auto_score from grade
        join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
        join student on submitted_assignment.student_id = student.id
        join base_cell on grade.cell_id = base_cell.id
    """
    found: dict[str, dict[str, float | None]] = {}
    with closing(sqlite3.connect(database)) as connection:
        for student, cell, score in connection.execute(query):
            found.setdefault(student, {})[cell] = score
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "demo"
    done = run(str(PROGRAMS / "autograder"), "demo", "--folder", str(folder), cwd=ROOT)
    return folder, done.stdout


def test_the_table_shows_every_student_and_the_mistakes_by_name(demo):
    folder, shown = demo
    students = sorted(path.name for path in (folder / "submitted").iterdir())
    assert len(students) >= 24
    assert "isolation full" in shown or "isolation partial" in shown
    for student in students:
        line = next(line for line in shown.splitlines() if line.startswith(student + " "))
        if student.startswith("mistake-"):
            _, question, mistake = student.split("-", 2)
            assert f"{question}: {mistake}" in line, line


def test_right_answers_get_everything_and_cheats_nothing(demo):
    folder, _ = demo
    given = marks(folder / ".autograder" / "gradebook.db")
    totals = {student: sum(score or 0 for score in row.values()) for student, row in given.items()}
    assert {student for student, total in totals.items() if total == 20} == FULL
    cheats = {student: total for student, total in totals.items() if student.startswith("cheats") or student == "blank"}
    assert len(cheats) >= 7
    assert set(cheats.values()) == {0}


def test_every_student_has_a_feedback_page(demo):
    folder, shown = demo
    for student in (folder / "submitted").iterdir():
        assert (folder / "feedback" / student.name / ASSIGNMENT / f"{ASSIGNMENT}.html").is_file(), student.name
    assert "feedback pages:" in shown


def test_the_instructors_gradebook_was_left_alone(demo):
    changed = subprocess.run(
        ["git", "status", "--porcelain", "gradebook.db"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if changed.returncode == 0 and not changed.stdout:
        assert not has_students(ROOT / "gradebook.db")
    names = {"perfect", "blank"}
    with closing(sqlite3.connect(ROOT / "gradebook.db")) as connection:
        assert not names & {row[0] for row in connection.execute("select id from student")}


def test_nbgrader_autograde_gives_every_submission_the_same_marks_and_export_the_totals(demo, tmp_path):
    """Of cheats, troubles and right answers, and of the commonest mistake of three questions."""
    folder, _ = demo
    course = tmp_path / "course"
    assignment = load_assignment(ASSIGNMENT)
    commonest = {f"mistake-{question.id}-{question.answers.mistakes[0].name}" for question in assignment.questions[:3]}
    students = [
        path
        for path in (folder / "submitted").iterdir()
        if path.name in commonest | ONE_OF_EACH or (WHOLE and "mistake-" not in path.name)
    ]
    assert len(students) >= len(commonest | ONE_OF_EACH)
    for path in students:
        shutil.copytree(path, course / "submitted" / path.name)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, course / "source" / ASSIGNMENT)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    shutil.copy(ROOT / "gradebook.db", course)
    run(str(PROGRAMS / "nbgrader"), "autograde", ASSIGNMENT, cwd=course)
    expected = marks(folder / ".autograder" / "gradebook.db")
    assert marks(course / ".autograder" / "gradebook.db") == {path.name: expected[path.name] for path in students}
    run(str(PROGRAMS / "nbgrader"), "export", "--to", "marks.csv", cwd=folder)
    rows = [line.split(",") for line in (folder / "marks.csv").read_text().splitlines()]
    student, score = rows[0].index("student_id"), rows[0].index("score")
    exported = {row[student]: float(row[score]) for row in rows[1:]}
    assert exported == {name: sum(value or 0 for value in row.values()) for name, row in expected.items()}


@pytest.mark.parametrize(
    "student", ["mistake-fit_line-target_shape", pytest.param("cheats-with-eq", marks=EVERY_NIGHT)]
)
def test_pytest_gives_the_same_marks(demo, student):
    folder, _ = demo
    notebook = folder / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "autograder/bank/manual_weight_updates",
        "--submission",
        str(notebook),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    expected = marks(folder / ".autograder" / "gradebook.db")[student]
    for question, score in expected.items():
        name = question.removeprefix("test-")
        found = re.search(rf"^ *([\d.]+) / [\d.]+ +{name} ", done.stdout, re.M)
        assert found, done.stdout[-3000:]
        assert float(found[1]) == score, name
