"""A grader goes on where one submission, or its own warm interpreter, fails."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.commands import grade as command
from autograder.course.layout import Course
from autograder.grader.grader import Grader
from autograder.results import Grade
from autograder.session.slots import own_slot
from autograder.session.supervisor import SandboxError
from autograder.submission.find import Submission
from tests.conftest import COUNTING, SEED, NotebookOf, small_assignment


@pytest.fixture
def grader(course: Course) -> Grader:
    made = Grader(COUNTING, course, seed=SEED)
    made.assignment = small_assignment(made.assignment)
    return made


def test_after_its_warm_interpreter_was_killed_the_next_submission_is_graded(
    grader: Grader, write: Callable[..., Path], notebook_of: NotebookOf
) -> None:
    submissions = [Submission(name, COUNTING, write(notebook_of(), name)) for name in ("ada", "bob", "eve")]
    with grader:
        marks = []
        for result in grader.grade(submissions):
            assert isinstance(result, Grade), result
            marks.append(result.score)
            if result.student == "ada":
                assert grader._zygote is not None
                assert grader._zygote._process is not None
                os.kill(grader._zygote._process.pid, signal.SIGKILL)
    assert marks == [8, 8, 8]


def test_a_grade_carries_the_notebook_that_was_graded(
    small_grader: Grader, write: Callable[..., Path], notebook_of: NotebookOf
) -> None:
    path = write(notebook_of())
    [result] = small_grader.grade([Submission("ada", COUNTING, path)])
    path.write_text("another file by now")
    assert isinstance(result, Grade)
    assert result.read is not None
    assert [cell.index for cell in result.read.code] == [run.index for run in result.cells]


def test_what_a_chunk_had_graded_is_kept_when_its_sandbox_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def grade(self, submissions: list[str]) -> object:
            yield from submissions[:2]
            raise SandboxError("gone")

    monkeypatch.setattr(command, "warm_grader", lambda settings: Broken())
    settings = command.Settings(COUNTING, Path(), "cpu", 1, trusted=False)
    results, problem = command.grade_chunk(settings, ["ada", "bob", "eve"])  # type: ignore[list-item]
    assert results == ["ada", "bob"]  # type: ignore[comparison-overlap]
    assert isinstance(problem, SandboxError)


def test_a_slot_is_taken_once() -> None:
    import subprocess
    import sys

    code = "from autograder.session.slots import own_slot; print(own_slot())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(other.stdout) != own_slot()
    assert own_slot() == own_slot()
