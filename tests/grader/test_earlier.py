"""An answer that calls an earlier, wrong one: whose fault it is, and the error is not punished twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.verify.engine import notebook_of
from autograder.course.answers import Answer
from autograder.course.assignment import load_assignment
from autograder.course.layout import Course
from autograder.course.settings import carries_forward
from autograder.grader.grader import Grader
from autograder.results import Grade, Outcome, QuestionGrade
from autograder.submission.find import Submission

ASSIGNMENT = load_assignment("06-manual-weight-updates")
WRONG_STEP = (
    "def sgd_step(params, lr):\n    with torch.no_grad():\n        for p in params:\n            p += lr * p.grad\n"
)
CALLS_IT = """
def fit_line(X, y, epochs=1000, lr=0.01):
    w = torch.zeros(2, requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    losses = []
    for _ in range(epochs):
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        sgd_step([w, b], lr)
        zero_grads([w, b])
    return w.detach(), b.detach(), losses
"""
NEVER_CLEARS = CALLS_IT.replace("        zero_grads([w, b])\n", "")


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(ASSIGNMENT.name, Course(Path.cwd()), seed=4) as grader:
        yield grader


def graded(grader: Grader, folder: Path, step: str, line: str) -> dict[str, QuestionGrade]:
    chosen = {"sgd_step": Answer("wrong", "step", step), "fit_line": Answer("wrong", "line", line)}
    path = folder / "notebook.ipynb"
    nbformat.write(notebook_of(ASSIGNMENT, dict(chosen)), path)
    [grade] = grader.grade([Submission("s", ASSIGNMENT.name, path)])
    assert isinstance(grade, Grade)
    return {question.id: question for question in grade.questions}


def test_what_follows_from_an_earlier_error_has_its_marks(grader: Grader, tmp_path: Path) -> None:
    grades = graded(grader, tmp_path, WRONG_STEP, CALLS_IT)
    assert grades["sgd_step"].outcome is not Outcome.CORRECT
    line = grades["fit_line"]
    assert (line.outcome, line.score, line.mistake) == (Outcome.CORRECT, line.max_score, None)
    assert line.message.startswith("Carried forward from `sgd_step`, which is not right yet")


def test_an_error_of_its_own_costs_marks_and_the_earlier_one_is_told_first(grader: Grader, tmp_path: Path) -> None:
    line = graded(grader, tmp_path, WRONG_STEP, NEVER_CLEARS)["fit_line"]
    assert line.outcome is not Outcome.CORRECT
    assert line.mistake is None
    assert line.message.startswith("`fit_line` calls your `sgd_step`, which is not right yet")


def test_switched_off_nothing_is_carried_but_the_fault_is_told(
    grader: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grader, "_carry_forward", False)
    line = graded(grader, tmp_path, WRONG_STEP, CALLS_IT)["fit_line"]
    assert line.score < line.max_score
    assert line.message.startswith("`fit_line` calls your `sgd_step`, which is not right yet")


def test_one_line_of_the_course_switches_it_off(tmp_path: Path) -> None:
    assert carries_forward(Course(tmp_path))
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.GradeInSandbox.carry_forward = False\n")
    assert not carries_forward(Course(tmp_path))


def test_an_answer_with_its_own_step_blames_nobody(grader: Grader, tmp_path: Path) -> None:
    answers = ASSIGNMENT.question("fit_line").answers
    own = replace(answers.mistake("bias_not_trained"))
    line = graded(grader, tmp_path, WRONG_STEP, own.source)["fit_line"]
    assert "not right yet" not in line.message
    assert line.mistake_name == "bias_not_trained"
