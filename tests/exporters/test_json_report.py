"""The JSON contract, to the letter."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from autograder.exporters.json_report import as_json
from autograder.results import Grade, Mistake, Outcome, QuestionGrade, Standing, Ungraded


def question(outcome: Outcome = Outcome.CORRECT, **changes: Any) -> QuestionGrade:
    return replace(QuestionGrade("q", "Title", 2.0, 2.0, outcome, None, "Correct."), **changes)


def grade(*questions: QuestionGrade, **changes: Any) -> Grade:
    base = Grade("ada", "A", "a.ipynb", questions or (question(),), "cpu", "full", 1, 0.1, flags=("look here",))
    return replace(base, **changes)


def report(*results: Grade | Ungraded) -> dict[str, Any]:
    return json.loads(as_json("A", results, "cpu"))


def test_the_whole_report_of_a_small_class() -> None:
    wrong = question(Outcome.PARTIAL, id="r", score=0.5, mistake=Mistake("no_bias"), message="You forgot the bias.")
    contract = {
        "schema_version": 1,
        "assignment": "A",
        "device": "cpu",
        "isolation": "full",
        "submissions": [
            {
                "student": "ada",
                "notebook": "a.ipynb",
                "score": 2.5,
                "max_score": 4.0,
                "questions": [
                    {
                        "id": "q",
                        "score": 2.0,
                        "max_score": 2.0,
                        "outcome": "correct",
                        "mistake": None,
                        "message": "Correct.",
                    },
                    {
                        "id": "r",
                        "score": 0.5,
                        "max_score": 2.0,
                        "outcome": "partial",
                        "mistake": "no_bias",
                        "message": "You forgot the bias.",
                    },
                ],
                "flags": ["look here"],
                "seconds": 0.1,
            }
        ],
    }
    written = report(grade(question(), wrong))
    assert contract.keys() <= written.keys()
    (promised,), (submission,) = contract.pop("submissions"), written["submissions"]
    assert {name: written[name] for name in contract} == contract
    asked = zip(promised.pop("questions"), submission["questions"], strict=True)
    assert all({name: told[name] for name in wanted} == wanted for wanted, told in asked)
    assert {name: submission[name] for name in promised} == promised


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.WAITING])
def test_every_outcome_is_a_word_of_the_contract(outcome: Outcome) -> None:
    words = [
        "correct",
        "partial",
        "wrong",
        "error",
        "timeout",
        "memory",
        "not_attempted",
        "missing",
        "forbidden",
        "grader_error",
    ]
    (submission,) = report(grade(question(outcome)))["submissions"]
    assert submission["questions"][0]["outcome"] in words
    assert (submission["score"] is None) == (outcome is Outcome.GRADER_ERROR)
    assert (submission["questions"][0]["score"] is None) == (outcome is Outcome.GRADER_ERROR)


def test_a_question_that_waits_for_a_person_is_named_and_not_among_the_questions() -> None:
    """It has no mark yet, and so is no question of the report; its points are still part of what can be had."""
    waits = question(Outcome.WAITING, id="w", score=0.0)
    (submission,) = report(grade(question(), waits, standing=Standing()))["submissions"]
    assert [asked["id"] for asked in submission["questions"]] == ["q"]
    assert submission["gradebook"]["waiting"] == ["w"]
    assert (submission["score"], submission["max_score"]) == (2.0, 4.0)


def test_what_could_not_be_graded_has_no_score_and_a_reason() -> None:
    ungraded, graded = report(Ungraded("bob", "A", "b.ipynb", "not JSON"), grade())["submissions"]
    assert (ungraded["student"], ungraded["score"], ungraded["questions"]) == ("bob", None, [])
    assert "not JSON" in json.dumps(ungraded)
    assert graded["score"] == 2


def test_the_isolation_is_that_of_the_least_isolated() -> None:
    levels = [grade(isolation=level) for level in ("full", "none", "partial")]
    assert report(*levels)["isolation"] == "none"
    assert report(levels[0], levels[2])["isolation"] == "partial"
    assert report(levels[0])["isolation"] == "full"
    assert report()["isolation"] == "none"


def test_texts_are_kept_as_they_are() -> None:
    assert "“ü😀”" in as_json("A", [grade(question(message="“ü😀”"))], "cpu")
