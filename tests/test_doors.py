"""One bank, one engine, one grade: every door gives the same marks, mistakes and words."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.authoring.verify.answers import blank
from autograder.authoring.verify.engine import every_answer, notebook_of
from autograder.course.answers import Answer
from autograder.course.assignment import load_assignment
from autograder.course.layout import Course
from autograder.grader.grader import Grader
from autograder.results import Grade, Ungraded
from autograder.submission.find import find_submissions

ASSIGNMENT = "03-parameter-counting"
SEED = 20_26
BIN = Path(sys.executable).parent
Marks = dict[str, dict[str, tuple[float, str, str | None]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen notebooks: right, blank, other right answers, mistakes, crashes, endings and gaps."""
    assignment = load_assignment(ASSIGNMENT)
    answers = {q.id: every_answer(q) for q in assignment.questions}
    chosen: dict[str, dict[str, Answer | None]] = {
        f"answer-{k}": {q: of[k % len(of)] for q, of in answers.items()} for k in (0, 1, 2, 4, 5, 6, 7, 8)
    }
    chosen["blank"] = {q.id: blank(q.question.names) for q in assignment.questions}
    notebooks = {name: notebook_of(assignment, answer) for name, answer in chosen.items()}
    crash = notebooks["crash"] = notebook_of(assignment, {})
    crash.cells[0].source = "1 / 0"
    ending = notebooks["ending"] = notebook_of(assignment, {})
    ending.cells[2].source = "def count_linear(*args, **kwargs):\n    import os\n    os._exit(0)"
    gap = notebooks["gap"] = notebook_of(assignment, {})
    del gap.cells[2:5]
    folder = tmp_path_factory.mktemp("handed-in")
    for name, notebook in notebooks.items():
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder


@pytest.fixture(scope="module")
def by_grader(folder: Path, warm: Callable[[str], Grader]) -> Marks:
    """The marks that ``Grader`` gives, which every door must give."""
    results: list[Grade | Ungraded] = []
    results.extend(warm(ASSIGNMENT).grade(find_submissions(ASSIGNMENT, [folder])))
    return {
        r.student: {q.id: (q.score, str(q.outcome), q.mistake_name) for q in r.questions}
        for r in results
        if isinstance(r, Grade)
    }


def test_the_class_holds_every_kind_of_notebook(by_grader: Marks) -> None:
    totals = {name: sum(score for score, _, _ in marks.values()) for name, marks in by_grader.items()}
    outcomes = {outcome for marks in by_grader.values() for _, outcome, _ in marks.values()}
    assert len(by_grader) == 12
    assert totals["answer-0"] == 20
    assert totals["blank"] == 0
    assert {"correct", "partial", "wrong", "error", "missing", "not_attempted"} <= outcomes


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_command_line_gives_the_same_grades(jobs: int, folder: Path, by_grader: Marks, course: Course) -> None:
    command = [str(BIN / "autograder"), "grade", ASSIGNMENT, str(folder), "--no-gradebook", "--format", "json"]
    done = subprocess.run([*command, "--jobs", str(jobs)], cwd=course.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "[12/12]" in done.stderr
    report = json.loads(done.stdout)
    assert (report["schema_version"], report["assignment"], report["device"]) == (1, ASSIGNMENT, "cpu")
    assert not (course.root / "gradebook.db").exists()
    submissions: list[dict[str, Any]] = report["submissions"]
    assert {
        s["student"]: {q["id"]: (q["score"], q["outcome"], q["mistake"]) for q in s["questions"]} for s in submissions
    } == by_grader


def test_plain_pytest_gives_the_same_grades(folder: Path, by_grader: Marks, course: Course) -> None:
    """Of a part of the class, since each run warms an interpreter of its own up."""
    chosen = ("answer-5", "ending", "gap")

    def graded(path: Path) -> tuple[str, dict[str, tuple[float, str, str | None]]]:
        bank = load_assignment(ASSIGNMENT).folder
        command = [
            sys.executable,
            "-m",
            "pytest",
            str(bank),
            "--submission",
            str(path),
            "-q",
            "--import-mode=importlib",
        ]
        command += ["-p", "no:cacheprovider", "--rootdir", str(bank), "-c", "/dev/null"]
        done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        rows = re.findall(r"^ *([\d.]+) / ([\d.]+) +(\w+) +(\w+)(?:  \[(\w+)\])?$", done.stdout, re.M)
        rows = [row for row in rows if row[2] != "in"]
        return path.stem, {name: (float(score), outcome, mistake or None) for score, _, name, outcome, mistake in rows}

    with ThreadPoolExecutor(2) as pool:
        marks = dict(pool.map(graded, [folder / f"{name}.ipynb" for name in chosen]))
    assert marks == {name: by_grader[name] for name in chosen}


def test_grading_again_gives_the_same_marks_and_words(folder: Path, warm: Callable[[str], Grader]) -> None:
    (submission,) = find_submissions(ASSIGNMENT, [folder / "answer-5.ipynb"])
    runs: list[Grade | Ungraded] = []
    runs.extend(warm(ASSIGNMENT).grade([submission] * 3))
    for one, other in pairwise(runs):
        assert isinstance(one, Grade)
        assert isinstance(other, Grade)
        assert one.questions == other.questions


def test_a_grading_test_without_a_notebook_is_wrong_usage(course: Course) -> None:
    bank = load_assignment(ASSIGNMENT).folder / "count_linear.py"
    command = [
        sys.executable,
        "-m",
        "pytest",
        str(bank),
        "-q",
        "-p",
        "no:cacheprovider",
        "-c",
        "/dev/null",
        "--rootdir",
        str(bank.parent),
    ]
    done = subprocess.run(
        [*command, "--import-mode=importlib"], cwd=course.root, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "--submission NOTEBOOK" in done.stdout + done.stderr
