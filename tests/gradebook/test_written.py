"""A question in words: `autograder grade` says that it waits, a person marks it, and every report has the mark."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.release.lint import lint_released, lint_source
from autograder.cli import main
from autograder.course.assignment import assignment_names, load_assignment

ROOT = Path(__file__).resolve().parents[2]
NAME, CELL = "05-one-hot-and-losses", "why_ln_k"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with the release; ada wrote something, bob left the cell as it was."""
    root = tmp_path / "course"
    shutil.copytree(ROOT / "release" / NAME, root / "release" / NAME)
    shutil.copytree(ROOT / "source" / NAME, root / "source" / NAME)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for student, said in (("ada", "Fresh scores are alike, so each class gets 1/7."), ("bob", None)):
        notebook = nbformat.read(root / "release" / NAME / f"{NAME}.ipynb", as_version=4)
        cell = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == CELL)
        cell.source = said or cell.source
        path = root / "submitted" / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    monkeypatch.chdir(root)
    return root


def report(capfd: pytest.CaptureFixture[str], form: str) -> str:
    """What `autograder report` prints."""
    capfd.readouterr()
    assert main(["report", NAME, "--format", form]) == 0
    return capfd.readouterr().out


def test_it_waits_for_a_person_and_then_counts(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", NAME, "--jobs", "1"]) == 0
    table = capfd.readouterr().out
    ada, bob = (next(line for line in table.splitlines() if line.startswith(name)) for name in ("ada", "bob"))
    assert f"waits for a person's mark: {CELL}" in ada
    assert "waits" not in bob
    with sqlite3.connect(course / ".autograder" / "gradebook.db") as database:
        query = (
            "SELECT s.student_id, g.auto_score, g.needs_manual_grade FROM grade g JOIN base_cell b ON b.id = g.cell_id "
            "JOIN submitted_notebook n ON n.id = g.notebook_id JOIN submitted_assignment s ON s.id = n.assignment_id "
            f"WHERE b.name = '{CELL}' ORDER BY 1"
        )
        assert database.execute(query).fetchall() == [("ada", None, 1), ("bob", 0.0, 0)]
    first, second = json.loads(report(capfd, "json"))["submissions"]
    blank = second["questions"][-1]
    assert (blank["id"], blank["outcome"], blank["score"]) == (CELL, "not_attempted", 0.0)
    assert (first["score"], first["max_score"], first["gradebook"]["waiting"]) == (0.0, 22.0, [CELL])
    assert CELL not in {question["id"] for question in first["questions"]}
    by_hand(course, 1.5)
    first = json.loads(report(capfd, "json"))["submissions"][0]
    assert (first["score"], first["gradebook"]["waiting"]) == (1.5, [])
    marked = next(question for question in first["questions"] if question["id"] == CELL)
    assert (marked["score"], marked["max_score"], marked["outcome"]) == (1.5, 2.0, "partial")
    assert marked["title"] == "Why the loss begins near ln k"
    assert f"by hand: {CELL}" in report(capfd, "table")


def by_hand(course: Path, points: float) -> None:
    """As the formgrader enters it."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / '.autograder' / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade(CELL, NAME, NAME, "ada")
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()


def test_the_marker_is_told_and_the_student_is_not() -> None:
    """The full answer and the marks stand in the solution, and nowhere in what students get; lint sees to it."""
    written = {name: load_assignment(name).written for name in assignment_names()}
    assert sum(map(len, written.values())) >= 4
    for name in (name for name, questions in written.items() if questions):
        assignment = load_assignment(name)
        source, released = (
            nbformat.read(ROOT / folder / name / f"{name}.ipynb", as_version=4) for folder in ("source", "release")
        )
        assert "**A full answer.**" in (ROOT / "solutions" / name / f"{name}.ipynb").read_text("utf-8")
        assert "**A full answer.**" not in (ROOT / "release" / name / f"{name}.ipynb").read_text("utf-8")
        assert list(lint_released(released, assignment)) == []
        assert any("empty" in line for line in lint_released(source, assignment))
        cell = next(cell for cell in source.cells if cell.get("id") == assignment.written[0].id)
        cell.source, cell.metadata.nbgrader["points"] = "no help", 3
        faults = list(lint_source(source, assignment))
        assert len(faults) == 3, faults
