"""Mistakes that every question knows are named on evidence in every failed test, and never on less."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks.failed import Wanted
from autograder.course.assignment import assignment_names, load_assignment
from autograder.judging.general_mistakes import GENERAL, general_mistake
from autograder.judging.run_test import Fingerprint

TABLE = torch.tensor([[1.0, 2.0], [3.0, 4.0]])


def failed(actual: Any, wanted: Any, kind: str = "check") -> Fingerprint:
    return Fingerprint(1, kind, "the answer is different", actual, wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("observed", "name"),
    [
        ([failed(None, 3)], "nothing_returned"),
        ([failed(None, Wanted("a tensor")), None], "nothing_returned"),
        ([failed(-TABLE, TABLE), failed([-1.5], [1.5])], "sign_wrong"),
        ([failed({"dw": TABLE / 2, "db": 0.25}, {"dw": TABLE, "db": 0.5})], "half_of_it"),
        ([failed(2 * TABLE, TABLE)], "twice_as_much"),
        ([failed(TABLE.T, TABLE)], "rows_and_columns_exchanged"),
        ([failed(None, None)], None),  # a failure that says nothing of what came back
        ([failed(None, 3), failed(4, 3)], None),
        ([failed(None, 3), failed("x", "y", "raised")], None),
        ([failed(-TABLE, TABLE), failed(TABLE + 1, TABLE)], None),
        ([failed(torch.zeros(3), torch.zeros(3))], None),  # nothing times anything
        ([failed(2, 1)], None),  # whole numbers: a count that is twice too large has many reasons
        ([failed(torch.ones(2), "a text")], None),
        ([None], None),
        ([], None),
    ],
)
def test_a_name_needs_its_evidence_in_every_failure(observed: list[Fingerprint | None], name: str | None) -> None:
    found = general_mistake({f"t{number}": failure for number, failure in enumerate(observed)})
    assert (None if found is None else found.name) == name


def test_no_question_has_a_mistake_of_its_own_under_such_a_name() -> None:
    general = {one.mistake.name for one in GENERAL}
    for name in assignment_names():
        for question in load_assignment(name).questions:
            assert not general & {mistake.name for mistake in question.answers.mistakes}, question.id
