"""``check`` and ``hint`` in a student's own cells, inside the grader's sandbox."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat

from autograder.grader.grader import Grader
from autograder.results import Grade
from autograder.submission.find import Submission

OWN = """\
from autograder import check, hint
print(repr(check("count_linear")))
print(repr(check("sgd_step")))
print(repr(check("save")))
print(repr(hint("mse")))
"""


def test_check_runs_in_the_sandbox(
    small_grader: Grader, notebook_of: Callable[..., nbformat.NotebookNode], write: Callable[..., Path]
) -> None:
    """The verdicts appear as they would in Jupyter, and a check changes no mark."""
    wrong = "def count_linear(n_in, n_out, bias=True):\n    return n_in * n_out"
    node = notebook_of({"count_linear": wrong}, last=OWN)
    path = write(node, "ada")
    (grade,) = small_grader.grade([Submission("ada", small_grader.assignment.name, path)])
    assert isinstance(grade, Grade)
    said = "".join(output.get("text", "") for output in grade.cells[-1].outputs)
    assert "count_linear: " in said
    assert "Ask yourself" in said
    assert "sgd_step: not there yet" in said
    assert "hint 1 of 3" in said
    assert "Traceback" not in said
    by_id = {question.id: question for question in grade.questions}
    assert by_id["count_linear"].score < by_id["count_linear"].max_score
    assert by_id["linear"].score == by_id["linear"].max_score
