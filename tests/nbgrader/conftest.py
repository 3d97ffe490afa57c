"""A small class for nbgrader: a course folder with every kind of submission, made from the bank's answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course.answers import Answer
from autograder.course.assignment import load_assignment
from autograder.course.layout import Course
from autograder.gradebook.pristine import make_pristine

ASSIGNMENT = "03-parameter-counting"
REPOSITORY = Path(__file__).resolve().parents[2]
SCRIPT = "<script>alert(1)</script>"


@dataclass(frozen=True)
class ClassRoom:
    """A course folder, its one assignment and who handed it in."""

    root: Path
    assignment: str
    students: tuple[str, ...]

    def nbgrader(self, *arguments: str, succeed: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the real nbgrader in the course folder."""
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(command, cwd=self.root, env=environment(), capture_output=True, text=True, timeout=540)
        if succeed:
            assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-8000:]
        return done

    def graded(self, student: str) -> Path:
        """A student's graded notebook."""
        return self.root / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"


def environment(**more: str) -> dict[str, str]:
    """The environment in which nbgrader finds the package and its own commands."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY), **more}


def notebook(answers: dict[str, str] | None = None) -> Any:
    """A notebook of the assignment; questions that ``answers`` leaves out get the reference's source."""
    answers = answers or {}
    flags = {"locked": False, "solution": False, "grade": False, "schema_version": 3, "task": False}
    setup = {"nbgrader": {**flags, "grade_id": "setup", "locked": True}}
    cells = [new_code_cell("import torch\nfrom torch import nn\nfrom autograder import check, hint", metadata=setup)]
    for question in load_assignment(ASSIGNMENT).questions:
        solution = {"nbgrader": {**flags, "grade_id": question.id, "solution": True}}
        points = question.question.points
        test = {
            "nbgrader": {**flags, "grade_id": f"test-{question.id}", "locked": True, "grade": True, "points": points}
        }
        source = answers.get(question.id, question.answers.imports + question.answers.reference.source)
        cells.append(new_markdown_cell(f"## {question.question.title}"))
        cells.append(new_code_cell(source, metadata=solution))
        cells.append(new_code_cell(f'check("{question.id}")', metadata=test))
    node = new_notebook(cells=cells)
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return node


def blanks() -> dict[str, str]:
    """What students get."""
    stub = "# YOUR CODE HERE\nraise NotImplementedError()"
    return {question.id: stub for question in load_assignment(ASSIGNMENT).questions}


def answers_of(pick: Callable[[Any], list[Answer]], place: int) -> dict[str, str]:
    """The ``place``-th alternative or mistake of every question that has so many."""
    found = {}
    for question in load_assignment(ASSIGNMENT).questions:
        there = pick(question.answers)
        if place < len(there):
            found[question.id] = question.answers.imports + there[place].source
    return found


def find(node: Any, grade_id: str) -> int:
    """The place of a cell."""
    return next(i for i, cell in enumerate(node.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def submissions() -> dict[str, Any]:
    """Every kind of submission, by student."""
    made = {
        "perfect": notebook(),
        "alternative": notebook(answers_of(lambda answers: answers.alternatives, 0)),
        "mistake-one": notebook(answers_of(lambda answers: answers.mistakes, 0)),
        "mistake-two": notebook(answers_of(lambda answers: answers.mistakes, 1)),
        "blank": notebook(blanks()),
        "bad-cells": notebook(),
        "missing-cells": notebook(),
        "doubled-cell": notebook(),
        "edited-test": notebook(answers_of(lambda answers: answers.mistakes, 0)),
        "flipped-flag": notebook(blanks()),
        "endless-loop": notebook(),
        "ends-process": notebook(),
        "active-content": notebook(answers_of(lambda answers: answers.mistakes, 0)),
        "byte-order-mark": notebook(),
    }
    node = made["bad-cells"]
    node.cells[find(node, "linear")].metadata.nbgrader = {}
    node.cells[find(node, "count_mlp")].metadata.nbgrader["grade_id"] = "nobody"
    node.cells[find(node, "collapse")].metadata.nbgrader["schema_version"] = 0
    node = made["missing-cells"]
    for grade_id in ("linear", "test-linear", "test-count_mlp", "setup"):
        del node.cells[find(node, grade_id)]
    node = made["doubled-cell"]
    for grade_id in ("count_linear", "test-count_linear"):
        place = find(node, grade_id)
        node.cells.insert(place + 1, nbformat.from_dict({**node.cells[place], "id": f"twin-{grade_id}"}))
    node = made["edited-test"]
    for cell in node.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = "1000"
            cell.metadata.nbgrader["points"] = 1000
    node = made["flipped-flag"]
    for cell in node.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata.nbgrader["grade"] = False
    node = made["endless-loop"]
    node.cells.insert(find(node, "count_mlp"), new_code_cell("while True: pass"))
    node = made["ends-process"]
    node.cells.insert(find(node, "count_mlp"), new_code_cell("import os\nos._exit(0)"))
    node = made["active-content"]
    node.cells.append(new_markdown_cell(f"{SCRIPT} <img src=x onerror=alert(1)> [a](javascript:alert(1)) <b>bold</b>"))
    node.cells.append(nbformat.v4.new_raw_cell(SCRIPT, metadata={"raw_mimetype": "text/html"}))
    node.cells.append(
        new_code_cell(
            f"from IPython.display import HTML, Javascript\ndisplay(HTML({SCRIPT!r}))\nJavascript('alert(1)')"
        )
    )
    node.cells.append(new_code_cell(f"print({SCRIPT!r})", metadata={"tags": ['"><script>alert(1)</script>']}))
    node.metadata.title = SCRIPT
    return made


# What the exchange and a student leave beside a notebook.
BESIDE = {
    "timestamp.txt": "2026-10-30 10:00:00.123456 UTC",
    "submission_secret.txt": "0123456789abcdef",
    "helper.py": "two = 2\n",
    "data/points.csv": "x,y\n1,2\n",
}


@pytest.fixture(scope="session")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> ClassRoom:
    """The course folder with the whole class in ``submitted/``, nothing graded yet."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    made = submissions()
    release = root / "release" / ASSIGNMENT
    release.mkdir(parents=True)
    nbformat.write(notebook(blanks()), release / f"{ASSIGNMENT}.ipynb")
    make_pristine(root / "gradebook.db", Course(root), [ASSIGNMENT])
    for student, node in made.items():
        folder = root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        mark = "\ufeff" if student == "byte-order-mark" else ""
        (folder / f"{ASSIGNMENT}.ipynb").write_text(mark + nbformat.writes(node), "utf-8")
    beside = root / "submitted" / "perfect" / ASSIGNMENT
    (beside / "data").mkdir()
    for name, text in BESIDE.items():
        (beside / name).write_text(text)
    return ClassRoom(root, ASSIGNMENT, tuple(made))
