"""``autograder verify`` finds tests that do not tell right from wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.authoring.verify.answers import blank, verify_question
from autograder.commands.verify import table
from autograder.course.assignment import load_assignment
from autograder.course.question import QuestionModule


@pytest.fixture
def question() -> QuestionModule:
    return next(q for q in load_assignment("03-parameter-counting").questions if q.id == "linear")


def problems(question: QuestionModule) -> set[tuple[str, str]]:
    return {(v.answer.name, v.problem) for v in verify_question(question, [1]) if v.problem}


def test_a_question_of_the_bank_has_no_problem(question: QuestionModule) -> None:
    verdicts = list(verify_question(question, [1]))
    assert not [v for v in verdicts if v.problem]
    assert {v.seed for v in verdicts} == {-1, 1}
    assert {v.answer.kind for v in verdicts} >= {"reference", "alternative", "mistake", "blank"}


def test_a_wrong_alternative_is_found(question: QuestionModule) -> None:
    wrong = replace(question.answers.mistakes[0], kind="alternative")
    broken = replace(question, answers=replace(question.answers, alternatives=(wrong, *question.answers.alternatives)))
    assert any(name == wrong.name and "a right answer fails" in problem for name, problem in problems(broken))


def test_a_mistake_that_is_right_is_found(question: QuestionModule) -> None:
    right = replace(question.answers.alternatives[0], kind="mistake", name="harmless", says="x", ask="y")
    broken = replace(question, answers=replace(question.answers, mistakes=(*question.answers.mistakes, right)))
    assert ("harmless", "it loses no marks") in problems(broken)


def test_two_mistakes_that_are_alike_are_found(question: QuestionModule) -> None:
    twin = replace(question.answers.mistakes[0], name="twin")
    broken = replace(question, answers=replace(question.answers, mistakes=(*question.answers.mistakes, twin)))
    assert any(name == "twin" and "it is named" in problem for name, problem in problems(broken))


def test_a_mistake_close_to_the_truth_is_found(question: QuestionModule) -> None:
    source = "def linear(x, W, b):\n    return (x @ W.T + b) * (1 + 5e-5)\n"
    near = replace(question.answers.mistakes[0], name="near", source=source)
    broken = replace(question, answers=replace(question.answers, mistakes=(*question.answers.mistakes, near)))
    assert any(name == "near" and "tolerances from the truth" in problem for name, problem in problems(broken))


def test_a_blank_defines_every_name_and_no_more() -> None:
    space: dict[str, object] = {}
    exec(blank(("f", "g")).source, space)
    for name in ("f", "g"):
        with pytest.raises(NotImplementedError):
            space[name](1, x=2)


def test_the_table_shows_what_is_wrong(question: QuestionModule) -> None:
    verdicts = list(verify_question(question, [1]))
    shown = table("03", [replace(verdicts[0], problem="it smells"), *verdicts[1:]])
    assert "FAIL linear" in shown
    assert "it smells" in shown
    assert shown.count("\n") >= len(question.answers.mistakes)
