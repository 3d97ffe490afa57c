"""Notebooks broken at random: always a grade, or one clear line; never a traceback, nor another student's trouble."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from mutations import mutate

from autograder.course.assignment import assignment_names
from autograder.course.layout import Course
from autograder.exporters.json_report import as_json
from autograder.gradebook.autograded import build_autograded
from autograder.gradebook.master import Master, course_master
from autograder.grader.grader import Grader
from autograder.results import Grade, Ungraded
from autograder.submission.find import Submission
from autograder.submission.notebook import BrokenNotebook, Notebook, read_notebook

ROOT = Path(__file__).parents[2]
READ, GRADED = 150, 45  # how many of each notebook are read, and how many go through the engine


def check_read(path: Path) -> Notebook | None:
    """Read a notebook, or be told in one line why not."""
    started = time.monotonic()
    try:
        notebook = read_notebook(path)
    except BrokenNotebook as problem:
        words = str(problem)
        assert words == words.strip() != ""
        assert words.isprintable()
        assert "Traceback" not in words
        return None
    finally:
        assert time.monotonic() - started < 20
    for cell in notebook.cells:
        cell.source.encode()
    assert len({cell["id"] for cell in notebook.node.cells}) == len(notebook.node.cells)
    nbformat.writes(notebook.node).encode()
    return notebook


def check_result(result: Grade | Ungraded, master: Master) -> None:
    """What came of one notebook can be reported and stored."""
    json.loads(as_json(result.assignment, [result], "cpu").encode().decode())
    if isinstance(result, Ungraded):
        assert result.reason.isprintable()
        assert "grader failed" not in result.reason, result.reason
        return
    assert not result.failed, [question.message for question in result.questions]
    assert 0 <= result.score <= result.max_score
    assert "Traceback" not in "".join(question.message for question in result.questions)
    graded = build_autograded(result, master)
    node = nbformat.reads(nbformat.writes(graded).encode().decode(), as_version=4)
    tests = [cell for cell in node.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert len(tests) == len([cell for cell in master.cells if cell.graded])


@pytest.mark.parametrize("name", assignment_names())
def test_reading_ends_in_a_notebook_or_a_clear_line(name: str, tmp_path: Path) -> None:
    found: dict[bool, int] = {True: 0, False: 0}
    for folder in ("release", "source"):
        original = ROOT / folder / name / f"{name}.ipynb"
        if not original.is_file():
            continue
        notebook = json.loads(original.read_text("utf-8"))
        assert check_read(original) is not None
        for seed in range(READ // 2):
            path = tmp_path / f"{folder}-{seed}.ipynb"
            path.write_bytes(mutate(notebook, seed))
            found[check_read(path) is not None] += 1
    assert found[True] > 20
    assert found[False] > 20


def test_the_class_is_graded_all_the_same(
    small_grader: Grader, course: Course, notebook_of: Any, tmp_path: Path
) -> None:
    """Broken notebooks in one class with whole ones, which lose nothing by it."""
    whole = json.loads(nbformat.writes(notebook_of()))
    submissions = []
    for seed in range(GRADED):
        path = tmp_path / f"student-{seed:03}.ipynb"
        path.write_bytes(json.dumps(whole).encode() if seed % 9 == 0 else mutate(whole, 10_000 + seed))
        submissions.append(Submission(path.stem, small_grader.assignment.name, path))
    results = list(small_grader.grade(submissions))
    assert [result.student for result in results] == [submission.student for submission in submissions]
    master = course_master(course, small_grader.assignment)
    for seed, result in enumerate(results):
        check_result(result, master)
        if seed % 9 == 0:
            assert isinstance(result, Grade)
            assert result.score == 8
