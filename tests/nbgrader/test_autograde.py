"""The real nbgrader commands on a class with every kind of submission: the same marks as the engine itself gives."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course.layout import Course
from autograder.gradebook.record import Recorder
from autograder.grader.grader import Grader
from autograder.results import Grade
from autograder.submission.find import find_submissions

Marks = dict[tuple[str, str], float | None]


@pytest.fixture(scope="session")
def grades(classroom: Any) -> dict[str, Grade]:
    """What the engine says, by student."""
    found: dict[str, Grade] = {}
    with Grader(classroom.assignment, Course(classroom.root)) as grader:
        for result in grader.grade(find_submissions(classroom.assignment, [classroom.root / "submitted"])):
            assert isinstance(result, Grade), result
            found[result.student] = result
    return found


@pytest.fixture(scope="session")
def autograded(classroom: Any) -> str:
    """The class, graded with plain ``nbgrader autograde``; its log."""
    done = classroom.nbgrader("autograde", classroom.assignment)
    return done.stdout + done.stderr


def marks_in(classroom: Any, name: str = ".autograder/gradebook.db") -> Marks:
    """Every automatic mark in a gradebook, by student and cell."""
    query = (
        "SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score FROM grade "
        "JOIN base_cell ON base_cell.id = grade.cell_id "
        "JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id "
        "JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id"
    )
    with closing(sqlite3.connect(classroom.root / name)) as database:
        rows = database.execute(query).fetchall()
    marks = {(student, cell): score for student, cell, score in rows}
    assert len(marks) == len(rows), "a mark is there twice"
    return marks


def tree(folder: Path) -> dict[str, tuple[str, bytes]]:
    """Every file with its mode and bytes; of the notebook the mode alone."""
    return {
        path.relative_to(folder).as_posix(): (
            oct(path.stat().st_mode),
            b"" if path.suffix == ".ipynb" else path.read_bytes(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def marks_of(grades: dict[str, Grade]) -> Marks:
    """The same, as the engine has them."""
    return {(grade.student, f"test-{q.id}"): q.score for grade in grades.values() for q in grade.questions}


def test_the_class_covers_what_it_should(grades: dict[str, Grade]) -> None:
    """Full marks where they are due, none for blanks and edited tests; a lost cell costs its question alone."""
    score = {student: grade.score for student, grade in grades.items()}
    best = grades["perfect"].max_score
    full = ("perfect", "alternative", "bad-cells", "doubled-cell", "endless-loop", "ends-process", "byte-order-mark")
    assert {student: score[student] for student in full} == dict.fromkeys(full, best)
    assert score["blank"] == score["flipped-flag"] == 0
    assert score["edited-test"] == score["mistake-one"] < best
    lost = [q.id for q in grades["missing-cells"].questions if q.score < q.max_score]
    assert lost == ["linear"]


@pytest.mark.slow
def test_nbgrader_gives_the_engine_s_marks(classroom: Any, autograded: str, grades: dict[str, Grade]) -> None:
    """Every mark of every submission, through the real command."""
    assert marks_in(classroom) == marks_of(grades)
    assert {grade.student for grade in grades.values()} == set(classroom.students)
    with closing(sqlite3.connect(classroom.root / ".autograder" / "gradebook.db")) as database:
        assert database.execute("SELECT count(*) FROM grade WHERE needs_manual_grade").fetchone() == (0,)


@pytest.mark.slow
def test_recorder_writes_the_same_gradebook(classroom: Any, autograded: str, grades: dict[str, Grade]) -> None:
    """``autograder grade`` and ``nbgrader autograde`` leave the same marks, comments and notebooks."""
    before = {student: nbformat.read(classroom.graded(student), 4) for student in grades}
    trees = {student: tree(classroom.graded(student).parent) for student in grades}
    assert {"timestamp.txt", "submission_secret.txt", "helper.py", "data/points.csv"} < trees["perfect"].keys()
    submissions = find_submissions(classroom.assignment, [classroom.root / "submitted"])
    recorder = Recorder(Course(classroom.root), classroom.assignment, str(classroom.root / "recorded.db"), submissions)
    for grade in grades.values():
        recorder.record(grade)
    recorder.close()
    assert marks_in(classroom, "recorded.db") == marks_of(grades)
    comments = "SELECT base_cell.name, auto_comment, submitted_assignment.student_id FROM comment JOIN base_cell ON "
    comments += (
        "base_cell.id = comment.cell_id JOIN submitted_notebook ON submitted_notebook.id = comment.notebook_id JOIN "
    )
    comments += "submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id"
    found = []
    for name in (".autograder/gradebook.db", "recorded.db"):
        with closing(sqlite3.connect(classroom.root / name)) as database:
            found.append(set(database.execute(comments)))
    assert found[0] == found[1]
    assert {student: tree(classroom.graded(student).parent) for student in grades} == trees
    for student, stock in before.items():
        ours = nbformat.read(classroom.graded(student), 4)
        assert [cell.source for cell in ours.cells] == [cell.source for cell in stock.cells], student
        assert [cell.metadata for cell in ours.cells] == [cell.metadata for cell in stock.cells], student
        assert len([cell for cell in ours.cells if cell.metadata.get("autograder", {}).get("outcome")]) == 8


@pytest.mark.slow
def test_graded_notebooks_are_whole(classroom: Any, autograded: str, grades: dict[str, Grade]) -> None:
    """Each test cell is there once, as the course wrote it, with its score and what to learn from it."""
    for student, grade in grades.items():
        node = nbformat.read(classroom.graded(student), 4)
        nbformat.validate(node)
        assert node.metadata.autograder.isolation == grade.isolation
        cells = [cell for cell in node.cells if cell.metadata.get("nbgrader", {}).get("grade")]
        assert [cell.source for cell in cells] == [f'check("{q.id}")' for q in grade.questions], student
        for cell, question in zip(cells, grade.questions, strict=True):
            (output,) = cell.outputs
            assert output.output_type == "execute_result"
            assert float(output.data["text/plain"]) == question.score
            assert cell.metadata.autograder.outcome == question.outcome
            assert cell.metadata.autograder.mistake == question.mistake_name
            assert "<table>" in output.data["text/html"]
    log = json.dumps(autograded)
    assert "test-count_mlp' was deleted and is put back" in log
    assert "is there more than once" in log


@pytest.mark.slow
def test_feedback_and_export(classroom: Any, autograded: str, grades: dict[str, Grade]) -> None:
    """The commands that follow work unchanged, and their totals are the engine's."""
    classroom.nbgrader("generate_feedback", classroom.assignment)
    pages = {}
    for student in grades:
        path = classroom.root / "feedback" / student / classroom.assignment / f"{classroom.assignment}.html"
        pages[student] = path.read_text("utf-8")
        assert "Result" in pages[student]
    assert "Partly right" in pages["mistake-two"] or "Not right yet" in pages["mistake-two"]
    assert "Ask yourself" in pages["mistake-two"], "what the engine found has come through nbgrader's own steps"
    page = pages["active-content"]
    for active in ("<script>alert", "<img src=x", 'href="javascript'):
        assert active not in page, active
    assert "<b>bold</b>" in page
    classroom.nbgrader("export")
    with (classroom.root / "grades.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {row["student_id"]: float(row["score"]) for row in rows} == {s: g.score for s, g in grades.items()}
    assert {float(row["max_score"]) for row in rows} == {grades["perfect"].max_score}


@pytest.mark.slow
def test_nothing_active_is_stored(classroom: Any, autograded: str) -> None:
    """A script of a student is in no output, no text cell and no metadata of the graded notebook."""
    node = nbformat.read(classroom.graded("active-content"), 4)
    for cell in node.cells:
        if cell.cell_type != "code":
            assert "<script" not in cell.source
            assert "<img" not in cell.source
            assert "javascript:" not in cell.source
            continue
        assert "<script" not in json.dumps(cell.metadata)
        for output in cell.outputs:
            assert "application/javascript" not in output.get("data", {})
            assert "<script" not in output.get("data", {}).get("text/html", "")
    assert "<script" not in json.dumps(node.metadata)


@pytest.mark.slow
def test_one_broken_submission_stops_nobody(classroom: Any, autograded: str) -> None:
    """A file that is no notebook is reported for its student; the others keep their marks, and a new one is graded."""
    broken = classroom.root / "submitted" / "a-broken-file" / classroom.assignment
    broken.mkdir(parents=True)
    (broken / f"{classroom.assignment}.ipynb").write_text("{")
    late = classroom.root / "submitted" / "z-later" / classroom.assignment
    late.mkdir(parents=True)
    (late / f"{classroom.assignment}.ipynb").write_bytes(
        (classroom.root / "submitted" / "perfect" / classroom.assignment / f"{classroom.assignment}.ipynb").read_bytes()
    )
    before = marks_in(classroom)
    try:
        done = classroom.nbgrader("autograde", classroom.assignment, succeed=False)
        assert done.returncode == 1
        assert "for student 'a-broken-file'" in done.stdout + done.stderr
        after = marks_in(classroom)
        assert {key: mark for key, mark in after.items() if key[0] == "z-later"} != {}
        assert {key: mark for key, mark in after.items() if key in before} == before
    finally:
        (broken / f"{classroom.assignment}.ipynb").unlink()
