"""On notebooks with honest habits, and on wrong ones, every door gives one verdict on every question."""

from __future__ import annotations

import copy
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.verify.engine import notebook_of
from autograder.course.assignment import load_assignment
from autograder.grader.grader import Grader
from autograder.integrations.classroom.supervised import run_checks
from autograder.results import Grade
from autograder.submission.find import find_submissions
from tests.conftest import WHOLE

ASSIGNMENT = "03-parameter-counting"
OLD_TRY = "def count_mlp(sizes):\n    return sum(p.numel() for p in nn.Sequential(nn.Linear(2, 3)).parameters())\n"
BLANK = "def count_linear(n_in, n_out, bias=True):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
Right = dict[str, bool]


def notebooks() -> Iterator[tuple[str, nbformat.NotebookNode]]:
    """One habit each, on the reference's answers."""
    plain = notebook_of(load_assignment(ASSIGNMENT), {})

    places = {cell.metadata.get("nbgrader", {}).get("grade_id"): k for k, cell in enumerate(plain.cells)}

    def changed(change: Callable[[nbformat.NotebookNode], object]) -> nbformat.NotebookNode:
        notebook = copy.deepcopy(plain)
        change(notebook)
        return notebook

    mlp, linear = places["count_mlp"], places["count_linear"]
    yield "no-metadata", changed(lambda nb: [cell.metadata.clear() for cell in nb.cells])
    yield "old-try-above", changed(lambda nb: nb.cells[mlp].update(source=OLD_TRY + nb.cells[mlp].source))
    yield "forbidden", changed(lambda nb: nb.cells[mlp].update(source=nb.cells[mlp].source + "\n" + OLD_TRY))
    yield "blank-below", changed(lambda nb: nb.cells.insert(linear + 1, nbformat.v4.new_code_cell(BLANK)))
    yield "timed", changed(lambda nb: nb.cells[linear].update(source="%%timeit\n" + nb.cells[linear].source))
    yield "wrong", changed(lambda nb: nb.cells[linear].update(source="def count_linear(*a, **k):\n    return 1"))
    # Names that later assignments ask for are helpers here.
    own = "def sigmoid(x):\n    return 3\n\ndef predict():\n    return sigmoid(1)\n\ncount_linear = count_linear(2, 3)"
    yield "reused", changed(lambda nb: nb.cells.append(nbformat.v4.new_code_cell(own)))
    conflict = f"<<<<<<< local\n{plain.cells[linear].source}\n=======\n{BLANK}\n>>>>>>> remote"
    yield "merge", changed(lambda nb: nb.cells[linear].update(source=conflict))
    yield (
        "in-the-test-cell",
        changed(
            lambda nb: (
                nb.cells[linear + 1].update(source=nb.cells[linear].source + "\n" + nb.cells[linear + 1].source),
                nb.cells[linear].update(source=BLANK),
            )
        ),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("habits")
    for name, notebook in notebooks():
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder


@pytest.fixture(scope="module")
def graded(folder: Path, warm: Callable[[str], Grader]) -> dict[str, Grade]:
    results = warm(ASSIGNMENT).grade(find_submissions(ASSIGNMENT, [folder]))
    return {result.student: result for result in results if isinstance(result, Grade)}


WRONG = {"forbidden": {"count_mlp"}, "wrong": {"count_linear"}, "merge": {"count_linear"}}


def test_graded(graded: dict[str, Grade]) -> None:
    lost = {name: {q.id for q in grade.questions if q.outcome != "correct"} for name, grade in graded.items()}
    assert lost == {name: WRONG.get(name, set()) for name, _ in notebooks()}
    assert graded["merge"].incomplete


# Each is a start of its own; every night all of them.
AT_CHECK = ("no-metadata", "forbidden", "wrong", "merge", "in-the-test-cell")


def test_autograder_check_says_the_same(folder: Path, graded: dict[str, Grade]) -> None:
    for name in graded if WHOLE else AT_CHECK:
        grade = graded[name]
        command = [sys.executable, "-m", "autograder.student.notebook_check", "check", str(folder / f"{name}.ipynb")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        right = set(re.findall(r"^(\w+) .* right so far$", done.stdout, re.MULTILINE))
        assert right == {q.id for q in grade.questions if q.outcome == "correct"}, (name, done.stdout, done.stderr)
        assert done.returncode == int(name in WRONG)  # as it says: not everything is right yet


# Each is a start of its own, of ten seconds: those whose answers stand where no blank was left.
AT_CLASSROOM = ("no-metadata", "forbidden", "merge")


def test_classroom_check_says_the_same(folder: Path, graded: dict[str, Grade]) -> None:
    for name in AT_CLASSROOM:
        grade = graded[name]
        told = run_checks(folder / f"{name}.ipynb", 300)
        right = {question for question, checked in told.questions.items() if checked["outcome"] == "correct"}
        assert right == {q.id for q in grade.questions if q.outcome == "correct"}, (name, told)
        assert bool(told.merge) == (name == "merge")
