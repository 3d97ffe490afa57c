"""A function that leaves autograd off, or the model in another mode, is found out in the request that did it."""

from __future__ import annotations

import pytest

from autograder.checks import CheckFailed, assert_leaves_state
from autograder.checks.left_behind import assert_autograd_stays_on
from autograder.remote.in_process import Double
from autograder.remote.proxy import Student

CELL = """
import torch

def keeps(model, x):
    with torch.no_grad():
        model(x)

def switches_off(model, x):
    torch.set_grad_enabled(False)

def evaluates(model, x):
    model[1].eval()
"""


@pytest.fixture
def student() -> Student:
    space: dict[str, object] = {}
    exec(CELL, space)
    return Student(Double(space))


@pytest.mark.parametrize(
    ("name", "said"),
    [("keeps", ""), ("switches_off", "no gradients are recorded any more"), ("evaluates", "in another mode")],
)
def test_what_is_left_behind_is_told(student: Student, name: str, said: str) -> None:
    nn = student.torch.nn
    model = nn.Sequential(nn.Linear(2, 3), nn.Dropout(0.5))
    function, x = getattr(student, name), student.torch.ones(1, 2)
    if not said:
        assert_leaves_state(student, function, model, x)
        return
    with pytest.raises(CheckFailed, match=said):
        assert_leaves_state(student, function, model, x)


def test_a_function_of_any_kind_leaves_autograd_on(student: Student) -> None:
    model, x = student.torch.nn.Linear(2, 3), student.torch.ones(1, 2)
    assert_autograd_stays_on(student, student.keeps, model, x)
    with pytest.raises(CheckFailed, match="no gradients are recorded any more"):
        assert_autograd_stays_on(student, student.switches_off, model, x)
