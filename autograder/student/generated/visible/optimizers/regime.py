"""Visible checks of ``regime``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

from autograder.checks import Wanted, assert_equal, assert_true
from autograder.checks.kinds import article, kind_of
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

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


def test_away_from_the_borders(student: Student, reference: Student, rng: Draw) -> None:
    """each rate gets the word for what it does, for flat and for steep parabolas"""
    shares = [(0.02, 0.07), (0.15, 0.45), (0.55, 0.9), (1.1, 1.45), (1.55, 1.9), (2.1, 2.9), (3.2, 3.8), (4.3, 9.0)]
    pairs = []
    for low, high in shares:
        for steepness in (rng.number(0.06, 0.09, 0.001), rng.number(0.2, 0.45), rng.number(6, 40)):
            pairs.append((rng.number(low, high, 0.001) / steepness, steepness))
    assert_equal(answers_of(student, pairs), [reference.regime(*pair) for pair in pairs], "some words are different")


def test_on_the_borders(student: Student, reference: Student, rng: Draw) -> None:
    """a rate of exactly 1/λ and one of exactly 2/λ get the words that the statement gives them"""
    pairs = [(times / lam, lam) for lam in rng.sample([0.25, 0.5, 2.0, 4.0, 8.0, 16.0], 3) for times in (1.0, 2.0)]
    assert_equal(answers_of(student, pairs), [reference.regime(*pair) for pair in pairs], "some words are different")
