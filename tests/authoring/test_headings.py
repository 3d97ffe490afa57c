"""A notebook says of points, minutes and titles what the bank says, and tells no hint before it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.authoring.release.headings import facts_line, navigation_line, question_line, title_line
from autograder.authoring.release.lint import lint_source
from autograder.course.assignment import assignment_names, load_assignment

SOURCE = Path(__file__).parents[2] / "source"
NAME = "03-parameter-counting"


def _source(name: str) -> Any:
    return nbformat.read(SOURCE / name / f"{name}.ipynb", as_version=4)


@pytest.mark.parametrize("name", assignment_names())
def test_the_source_notebooks_agree_with_the_bank(name: str) -> None:
    assert list(lint_source(_source(name), load_assignment(name))) == []


def test_the_lines_say_it_in_words() -> None:
    assignment = load_assignment(NAME)
    assert title_line(assignment) == "# 03 · Parameter counting"
    assert facts_line(assignment) == "**Time** about 65 minutes. **Points** 20, in 8 questions."
    assert question_line(2, assignment.questions[1]) == (
        "## 2. Parameters of one linear layer · `count_linear` (2 points · 5 minutes · easy)"
    )
    assert "[02 · Autograd](../02-autograd/02-autograd.ipynb)" in navigation_line(assignment.name)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("(2 points · 5 minutes", "(3 points · 5 minutes", "count_linear: its heading should be: ## 2. "),
        ("**Points** 20", "**Points** 19", "its first cell should have the line: **Time** about 65 minutes"),
        ("# 03 · Parameter counting", "# Counting", "its first cell should have the line: # 03 · Parameter counting"),
    ],
)
def test_what_differs_is_told_with_the_line_that_is_wanted(old: str, new: str, told: str) -> None:
    notebook = _source(NAME)
    for cell in notebook.cells:
        cell.source = cell.source.replace(old, new)
    (fault,) = lint_source(notebook, load_assignment(NAME))
    assert fault.startswith(told)


def test_a_hint_in_the_text_is_told() -> None:
    assignment = load_assignment(NAME)
    notebook = _source(NAME)
    notebook.cells[0].source += "\n\n" + assignment.questions[0].question.hints[2]
    (fault,) = lint_source(notebook, assignment)
    assert fault.startswith("linear: a hint of the bank stands in the text")
