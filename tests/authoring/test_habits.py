"""Honest habits cost no marks: the ones that met a test that minded them, and that such a test would be found."""

from __future__ import annotations

import ast

import pytest

from autograder.authoring import habits
from autograder.authoring.habits import HABITS, answers_with_habits
from autograder.cli import main
from autograder.commands.habits import try_question
from autograder.course.assignment import load_assignment


@pytest.mark.parametrize(
    ("assignment", "question"),
    [("03-parameter-counting", "linear"), ("03-parameter-counting", "build_mlp"), ("01-tensors", "like")],
)
def test_a_look_at_values_costs_nothing_where_the_device_is_asked_for(assignment: str, question: str) -> None:
    tried = try_question(assignment, question)
    assert tried.made > 3 * len(HABITS)
    assert tried.lost == ()


def test_each_habit_is_in_the_answer_and_changes_no_result() -> None:
    module = load_assignment("03-parameter-counting").question("count_linear")
    found = dict(answers_with_habits(module))
    assert found.keys() == HABITS.keys()
    for answer in found.values():
        assert module.answers.namespace(answer)["count_linear"](8, 4) == 36


def test_lines_before_a_return_stand_in_loops_and_branches_and_not_in_inner_functions() -> None:
    tree = ast.parse("def f(x):\n    for i in x:\n        if i:\n            return i\n    return (lambda: 0)")
    habits.lines("", "print(_result)")(tree)
    assert ast.unparse(ast.fix_missing_locations(tree)).count("print(_result)") == 2


def test_a_habit_that_costs_marks_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(habits, "HABITS", {"returns nothing": habits.lines("", "_result = None")})
    assert main(["verify", "03-parameter-counting", "--question", "count_linear", "--habits", "--jobs", "1"]) == 1
    printed = capsys.readouterr().out
    assert "count_linear: reference that returns nothing fails test_notes" in printed
