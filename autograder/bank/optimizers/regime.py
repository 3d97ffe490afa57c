"""Which of four things a learning rate does on a parabola."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.checks import Wanted, assert_equal, assert_true
from autograder.checks.kinds import article, kind_of
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="regime",
    points=2,
    names=("regime",),
    title="Slow, monotone, oscillating, diverging",
    minutes=8,
    difficulty="easy",
    hints=(
        "Each step multiplies w by 1 − lr · λ. What does that do for 0.95, 0.5, −0.5 and −1.5?",
        "Compute s = lr · λ once. Its borders are 0.1, 1 and 2.",
        "`if s < 0.1:` slow; `if s <= 1:` monotone; `if s < 2:` oscillates; and else it diverges.",
    ),
)

WORDS = ("slow", "monotone", "oscillates", "diverges")


def answers_of(student: Student, pairs: list[tuple[float, float]]) -> list[Any]:
    """The word for each (lr, λ), once each is known to be one of the four."""
    answers = [student.regime(*pair) for pair in pairs]
    for answer in answers:
        if not isinstance(answer, str):
            words = f"{article(kind_of(answer))} came back where one of the four words was wanted"
            assert_true(False, words, actual=answer, expected=Wanted("one of the four words"))
        words = "that is none of the four words, as they are written in the statement"
        assert_true(answer in WORDS, words, actual=answer, expected=Wanted(" or ".join(WORDS)))
    return answers


@visible
@pytest.mark.points(1.25)
def test_away_from_the_borders(student: Student, reference: Student, rng: Draw) -> None:
    """each rate gets the word for what it does, for flat and for steep parabolas"""
    shares = [(0.02, 0.07), (0.15, 0.45), (0.55, 0.9), (1.1, 1.45), (1.55, 1.9), (2.1, 2.9), (3.2, 3.8), (4.3, 9.0)]
    pairs = []
    for low, high in shares:
        for steepness in (rng.number(0.06, 0.09, 0.001), rng.number(0.2, 0.45), rng.number(6, 40)):
            pairs.append((rng.number(low, high, 0.001) / steepness, steepness))
    assert_equal(answers_of(student, pairs), [reference.regime(*pair) for pair in pairs], "some words are different")


@visible
@pytest.mark.points(0.75)
def test_on_the_borders(student: Student, reference: Student, rng: Draw) -> None:
    """a rate of exactly 1/λ and one of exactly 2/λ get the words that the statement gives them"""
    pairs = [(times / lam, lam) for lam in rng.sample([0.25, 0.5, 2.0, 4.0, 8.0, 16.0], 3) for times in (1.0, 2.0)]
    assert_equal(answers_of(student, pairs), [reference.regime(*pair) for pair in pairs], "some words are different")
