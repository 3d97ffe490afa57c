"""Reference numbers: computed again they are the same, and each way to differ is told."""

from __future__ import annotations

import copy
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from autograder.authoring.references import differences, references_of
from autograder.course.assignment import assignment_names, load_assignment

ROOT = Path(__file__).resolve().parents[2]
NAME = "05-one-hot-and-losses"


@pytest.fixture(scope="module")
def made() -> Any:
    """The numbers of one question, computed now."""
    assignment = load_assignment(NAME)
    return references_of(replace(assignment, questions=(assignment.question("cross_entropy"),)))


def test_they_are_those_that_were_written(made: Any) -> None:
    written = json.loads((ROOT / "references" / f"{NAME}.json").read_text("utf-8"))
    of_one = {"questions": {"cross_entropy": written["questions"]["cross_entropy"]}}
    assert list(differences(of_one, made)) == []
    (photo,) = made["questions"]["cross_entropy"]["test_one_photo"]["float64"]
    scores = torch.tensor([0.1, 6.0, -2.0, 3.2]).tolist()  # as the test has them: rounded to float32
    assert math.isclose(photo, math.log(sum(map(math.exp, scores))) + 2, rel_tol=1e-12)
    assert made["questions"]["cross_entropy"]["test_one_photo"]["spread"]["gpu"] == "not measured"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda test: test["float64"].__setitem__(0, test["float64"][0] * (1 + 1e-7)), "number 0 was"),
        (lambda test: test.__setitem__("inputs", "0" * 16), "it has other inputs"),
        (lambda test: test.__setitem__("count", 2), "another number of numbers"),
        (lambda test: test["spread"].__setitem__("dtype", 0.3), "its spread is too near its tolerance: dtype 0.3"),
    ],
)
def test_what_differs_is_told(made: Any, change: Any, said: str) -> None:
    other = copy.deepcopy(made)
    change(other["questions"]["cross_entropy"]["test_one_photo"])
    (fault,) = differences(made, other)
    assert fault.startswith("cross_entropy, test_one_photo: ")
    assert said in fault


def test_every_assignment_has_them() -> None:
    """For each visible test, whatever its numbers."""
    for name in assignment_names():
        questions = json.loads((ROOT / "references" / f"{name}.json").read_text("utf-8"))["questions"]
        wanted = {
            question.id: {test.name for test in question.tests if test.visible and not test.cuda}
            for question in load_assignment(name).questions
        }
        assert {question: set(tests) for question, tests in questions.items()} == wanted
