"""Submissions of the gallery, graded through the real engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from autograder.grader.grader import Grader
from autograder.results import Grade, Ungraded
from autograder.submission.find import Submission

GradeIt = Callable[[nbformat.NotebookNode], Grade]


@pytest.fixture
def result_of(small_grader: Grader, tmp_path: Path) -> Callable[[nbformat.NotebookNode], Grade | Ungraded]:
    """Grades one notebook in the sandbox; it may turn out that it cannot be graded."""

    def grade(notebook: nbformat.NotebookNode) -> Grade | Ungraded:
        path = tmp_path / "ada.ipynb"
        nbformat.write(notebook, path)
        results: list[Grade | Ungraded] = []
        results.extend(small_grader.grade([Submission("ada", small_grader.assignment.name, path)]))
        (result,) = results
        return result

    return grade


@pytest.fixture
def graded(result_of: Callable[[nbformat.NotebookNode], Grade | Ungraded]) -> GradeIt:
    """Grades one notebook in the sandbox, and never blames the grader."""

    def grade(notebook: nbformat.NotebookNode) -> Grade:
        result = result_of(notebook)
        assert isinstance(result, Grade), result
        assert not result.failed, [question.message for question in result.questions]
        return result

    return grade
