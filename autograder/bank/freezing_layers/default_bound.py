"""How far from zero the default weights of nn.Linear may start."""

from __future__ import annotations

import pytest

from autograder.checks import CheckFailed, assert_close
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="default_bound",
    points=1,
    names=("default_bound",),
    title="The default start of a linear layer",
    minutes=6,
    difficulty="easy",
    hints=(
        "Make a layer with 16 inputs and one with 64, and look at the largest absolute weight of each.",
        "Four times as many inputs give half the bound. Which function of n_in does that?",
        "One over the root of the number of inputs: `math.sqrt(…)`.",
    ),
)


@visible
@pytest.mark.points(0.5)
def test_sixteen_inputs(student: Student, reference: Student) -> None:
    """a layer with 16 inputs starts within ±0.25, one with 64 within ±0.125, one with 100 within ±0.1"""
    widths = (16, 64, 100)
    answers = [student.default_bound(width) for width in widths]
    wanted = [reference.default_bound(width) for width in widths]
    for width, answer, right in zip(widths, answers, wanted, strict=True):
        try:
            assert_close(answer, right, f"default_bound({width})", rtol=1e-6, atol=1e-12)
        except CheckFailed as failed:
            failed.whole = answers, wanted  # all the answers together tell mistakes apart
            raise


@pytest.mark.points(0.5)
def test_other_widths(student: Student, reference: Student, rng: Draw) -> None:
    """the bound is right for any number of inputs"""
    few = rng.apart("default_bound", lambda: (rng.integer(2, 60),))
    many = rng.apart("default_bound", lambda: (rng.integer(70, 900),))
    for args in (few, many):  # float32 arithmetic is right too, also where the answer is a Python float
        assert_close(student.default_bound(*args), reference.default_bound(*args), "the bound", rtol=1e-6, atol=1e-12)
