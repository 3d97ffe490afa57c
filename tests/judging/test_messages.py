"""Words for a student: everything about recorded inputs, nothing about hidden ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks import assert_equal
from autograder.checks.failed import CheckFailed, Wanted
from autograder.judging.failures import Kind
from autograder.judging.messages import MAX_WORDS, Finding, explain, in_full, show
from autograder.judging.run_test import Fingerprint
from autograder.protocol.wire import GIVEN, Failure
from autograder.results import Mistake, Outcome

SECRET = "4815162342"
SOURCE = "def f(x):\n    return x / 0"


def found(**changes: Any) -> Fingerprint:
    return Fingerprint(
        **(
            {
                "requests": 1,
                "kind": "check",
                "what": "the answer is different",
                "actual": 3,
                "expected": 4,
                "call": "f(2)",
            }
            | changes
        )
    )


def raised(
    kind: str = "raised", name: str = "ValueError", message: str = "", text: str = "", cell: str = ""
) -> Fingerprint:
    failure = Failure(kind, name, message, cell, 2, text, "f")
    return found(kind=kind, what=f"{name}: {message}", actual=message, expected=None, failure=failure)


HIDDEN = {
    "a value": found(actual=int(SECRET), expected=SECRET, call=f"f({SECRET})", where=f"at [{SECRET}]"),
    "a clause with numbers": found(what=f"the shape is ({SECRET},), (3,) was wanted"),
    "a message": raised(message=SECRET),
    "an exception's name": raised(name=f"E{SECRET}"),
    "a line that is not in the notebook": raised(text=f"x = {SECRET}"),
    "something unusable": found(kind="unusable", what=SECRET, actual=SECRET),
    "a tensor": found(actual=torch.full((4,), float(SECRET)), expected=torch.zeros(4)),
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN.keys())
@pytest.mark.parametrize(
    "outcome", [Outcome.WRONG, Outcome.ERROR, Outcome.PARTIAL, Outcome.MEMORY, Outcome.NOT_ATTEMPTED]
)
def test_of_hidden_inputs_nothing_is_told(hidden: Fingerprint, outcome: Outcome) -> None:
    said = explain(outcome, [Finding("large nets", hidden, None)], None, SOURCE)
    assert SECRET not in said
    assert "[3]" not in said
    assert said


def test_of_recorded_inputs_everything_is_told() -> None:
    said = explain(Outcome.WRONG, [Finding("f doubles", found(), found(where="at [1]"))], None, SOURCE)
    assert said == "Checked: f doubles. `f(2)`: the answer is different (at [1]). Got 3; wanted 4."


def test_a_recorded_failure_comes_before_a_hidden_one() -> None:
    findings = [Finding("hidden", found(actual=SECRET), None), Finding("shown", found(), found())]
    assert "Checked: shown." in explain(Outcome.WRONG, findings, None, SOURCE)


def test_a_mistake_is_told_with_its_question_and_what_is_right_already() -> None:
    mistake = Mistake("no_bias", says="You forgot the bias.", ask="What is a bias?")
    findings = [Finding("one", found(), found()), Finding("two", None, None)]
    said = explain(Outcome.PARTIAL, findings, mistake, SOURCE)
    assert said.startswith("You forgot the bias. Checked: one.")
    assert said.endswith("Right already: two. What is a bias?")


def test_a_line_is_quoted_only_if_it_stands_in_the_notebook() -> None:
    assert "at `return x / 0`" in in_full(raised(text="return x / 0"), SOURCE)
    assert "at `" not in in_full(raised(text="import os"), SOURCE)


def test_each_outcome_has_its_words() -> None:
    kinds = {kind.outcome: kind for kind in Kind if kind is not Kind.DIED}
    said = {
        outcome: explain(
            outcome, [Finding("t", raised(kinds.get(outcome, "raised"), message="the reason"), None)], None, SOURCE
        )
        for outcome in Outcome
    }
    assert said[Outcome.CORRECT] == "Correct."
    assert "Not attempted" in said[Outcome.NOT_ATTEMPTED]
    assert "The reason." in said[Outcome.MISSING]
    assert "do without, also in functions that it calls: the reason" in said[Outcome.FORBIDDEN]
    assert "too long (the reason)" in said[Outcome.TIMEOUT]
    assert "memory" in said[Outcome.MEMORY]
    assert "ValueError" in said[Outcome.ERROR]


def test_what_the_grader_says_of_a_cell_is_said_as_it_is() -> None:
    ours = raised("died", "SystemExit", "the cell that should define `f` stopped before it did", cell="f")
    assert explain(Outcome.ERROR, [Finding("t", ours, None)], None, "") == (
        "The cell that should define `f` stopped before it did."
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (np.float32(0.5), "0.5"),
        (torch.tensor(2.0), "2"),
        (torch.tensor([1, 2]), "[1, 2] (int64, shape (2,))"),
        (torch.zeros(99, 2), "a tensor of shape (99, 2), float32"),
        (torch.empty(2, device="meta"), "a tensor of shape (2,), float32"),
        (np.array([1.5]), "[1.5] (float64, shape (1,))"),
        ([1, 2.0], "[1, 2]"),
        ((1,), "(1,)"),
        (list(range(20)), "[0, 1, 2, 3, 4, 5, 6, 7, …]"),
        ({"a": 1.0}, "{'a': 1}"),
        (None, "None"),
        ("a\nb", "'a\\nb'"),
        (Wanted("at most 3"), "at most 3"),
    ],
)
def test_values_in_a_few_words(value: object, text: str) -> None:
    assert show(value) == text


def test_no_value_takes_more_than_its_room() -> None:
    for value in ("x" * 9999, ["y" * 99] * 99, dict.fromkeys(range(99), "z" * 99), torch.zeros(3, 4), 10**400):
        assert len(show(value)) <= MAX_WORDS


MIXTURES = {
    "missing": Outcome.MISSING, "forbidden": Outcome.FORBIDDEN, "timeout": Outcome.TIMEOUT, "memory": Outcome.MEMORY,
    "died": Outcome.ERROR, "not_attempted": Outcome.NOT_ATTEMPTED,
}  # fmt: skip


@pytest.mark.parametrize("kind", MIXTURES)
@pytest.mark.parametrize("first", [True, False])
def test_an_error_with_hidden_inputs_is_not_quoted_beside_another_failure(kind: str, first: bool) -> None:
    findings = [
        Finding("one", raised(name="ValueError", message=SECRET, text=SECRET), None),
        Finding("two", raised(kind=kind, name="SystemExit", message="our own words"), None),
    ]
    told = explain(MIXTURES[kind], findings if first else findings[::-1], None, SECRET)
    assert SECRET not in told


def test_what_our_own_reading_stumbles_over_is_not_told_as_the_students_error() -> None:
    failure = Failure("raised", "KeyError", "'lr'", "", 0, "", GIVEN)
    told = in_full(found(kind="raised", what="KeyError: 'lr'", actual="", expected=None, failure=failure), SOURCE)
    assert told == "`f(2)`: what the answer is or gives could not be used as the question says: KeyError: 'lr'."


def test_words_of_a_test_stand_without_quotes_and_a_wanted_none_is_told() -> None:
    told = in_full(found(actual="another loss", expected=Wanted("the loss of the start")), SOURCE)
    assert told == "`f(2)`: the answer is different. Got another loss; wanted the loss of the start."
    moved = {"weight 1": -1.0, "bias 1": ["not along the gradient", 0.5]}
    told = in_full(found(actual=moved, expected=Wanted("1 for each")), SOURCE)
    assert told.endswith("Got weight 1: -1; bias 1: not along the gradient, 0.5; wanted 1 for each.")
    with pytest.raises(CheckFailed) as failed:
        assert_equal(0.0, None)
    told = in_full(found(actual=failed.value.actual, expected=failed.value.expected), SOURCE)
    assert told == "`f(2)`: the answer is different. Got 0; wanted None."


def test_a_students_text_keeps_its_quotes() -> None:
    assert "Got 'relu'; wanted 'tanh'." in in_full(found(actual="relu", expected="tanh"), SOURCE)
