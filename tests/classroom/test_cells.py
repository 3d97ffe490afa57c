"""Where the cells of a notebook begin in its file."""

from __future__ import annotations

import json

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.integrations.classroom.annotations import command
from autograder.integrations.classroom.cells import question_lines


def notebook(*sources: object) -> dict[str, object]:
    return {
        "cells": [
            {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": f"q{number}"}}, "outputs": [], "source": source}
            for number, source in enumerate(sources)
        ]
    }


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_the_line_is_that_of_the_first_line_of_the_source(indent: int | None) -> None:
    """As a list of lines, as one text, and with text that looks like JSON in it."""
    told = notebook(["def a():\n", '    return {"source": [1]}\n'], "def b(): pass", ["x = '\"cells\": ['\n"])
    text = json.dumps(told, indent=indent)
    lines = text.splitlines()
    for (_question, line), first in zip(question_lines(text).items(), ("def a", "def b", "x = "), strict=True):
        assert first in lines[line - 1]


def test_the_answer_counts_and_not_its_test() -> None:
    """A test cell gives the line only where the answer's cell is gone."""
    made = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("check('q')", metadata={"nbgrader": {"grade_id": "test-q"}}),
            nbformat.v4.new_code_cell("answer", metadata={"nbgrader": {"grade_id": "q"}}),
            nbformat.v4.new_code_cell("check('r')", metadata={"nbgrader": {"grade_id": "test-r"}}),
        ]
    )
    text = nbformat.writes(made)
    lines = text.splitlines()
    found = question_lines(text)
    assert "answer" in lines[found["q"] - 1]
    assert "check('r')" in lines[found["r"] - 1]


@given(st.text() | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps))
def test_what_is_no_notebook_has_no_lines(text: str) -> None:
    """And breaks nothing."""
    assert question_lines(text) == {}


@given(st.text(), st.text())
def test_whatever_the_words_a_command_is_one_line(title: str, message: str) -> None:
    """So a message cannot hold a command of its own."""
    line = command("error", "a,b:c.ipynb", 3, title, message)
    assert "\n" not in line
    assert "\r" not in line
    properties = line.partition(" ")[2].partition("::")[0]
    assert properties.count("=") >= 3
    assert properties.startswith("file=a%2Cb%3Ac.ipynb,line=3,title=")
