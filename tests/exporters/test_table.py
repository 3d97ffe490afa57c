"""The class at a glance."""

from __future__ import annotations

from dataclasses import replace

from autograder.exporters.table import SIGNS, as_table
from autograder.results import Grade, Mistake, Outcome, QuestionGrade, Ungraded


def grade(student: str, *outcomes: Outcome, mistake: Mistake | None = None, flags: tuple[str, ...] = ()) -> Grade:
    questions = tuple(
        QuestionGrade(f"q{i}", "T", 1.0 if outcome is Outcome.CORRECT else 0.0, 1.0, outcome, mistake, "")
        for i, outcome in enumerate(outcomes)
    )
    return Grade(student, "A", "a.ipynb", questions, "cpu", "full", 1, 0.1, cpu_seconds=0.5, flags=flags)


def test_every_outcome_has_a_sign_of_its_own() -> None:
    assert set(SIGNS) == set(Outcome)
    assert len(set(SIGNS.values())) == len(Outcome)


def test_a_line_for_each_student_with_marks_signs_mistakes_and_flags() -> None:
    table = as_table(
        "A",
        [
            grade("ada", Outcome.CORRECT, Outcome.CORRECT),
            grade("bob", Outcome.WRONG, Outcome.CORRECT, mistake=Mistake("no_bias"), flags=("look here",)),
            Ungraded("carl", "A", "c.ipynb", "the file is not JSON"),
        ],
        "cpu",
    )
    lines = {line.split()[0]: line for line in table.splitlines() if line}
    assert "2 / 2" in lines["ada"]
    assert "✓✓" in lines["ada"]
    assert "1 / 2" in lines["bob"]
    assert "✗✓" in lines["bob"]
    assert "q0: no_bias" in lines["bob"]
    assert "look here" in lines["bob"]
    assert "not graded: the file is not JSON" in lines["carl"]
    assert "mean 1.50 of 2" in table
    assert "q0: no_bias (1)" in table


def test_a_failed_grader_gives_no_mark() -> None:
    one = grade("ada", Outcome.GRADER_ERROR, Outcome.CORRECT)
    table = as_table("A", [one, replace(one, student="bob")], "cpu")
    assert "no mark" in table
    assert "1 / 2" not in table
    assert "mean" not in table


def test_nobody_handed_in() -> None:
    assert "0 submissions" in as_table("A", [], "cpu")
