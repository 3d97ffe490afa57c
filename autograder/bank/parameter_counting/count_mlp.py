"""Counting a whole network from its sizes, with a pencil rather than with torch."""

from __future__ import annotations

import pytest

from autograder.checks import assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="count_mlp",
    points=3,
    names=("count_mlp",),
    title="Parameters of a network, without torch",
    minutes=6,
    difficulty="easy",
    hints=(
        "A network of three sizes has two layers. Which two sizes belong to each?",
        "Go through neighbours in the list: every pair (n_in, n_out) is one linear layer. Count "
        "its weights and its biases by the formula of question 2, and add the layers up.",
        "`zip(sizes, sizes[1:])` gives the pairs; add up `n_in * n_out + n_out`.",
    ),
    forbids=("torch",),
)

NOTES = {
    (8, 4, 1): 41,
    (2, 3, 1): 13,
    (16, 8, 4, 2): 182,
    (10, 18, 20, 5): 683,
    (11, 64, 32, 16, 1): 3393,
}


@visible
@pytest.mark.points(1)
def test_8_4_2(student: Student) -> None:
    """8-4-2 has 46 parameters"""
    assert_equal(student.count_mlp([8, 4, 2]), 46, "the count for 8-4-2 is different")


@visible
@pytest.mark.points(0.5)
def test_other_nets_of_the_notes(student: Student) -> None:
    """8-4-1 has 41 parameters, 2-3-1 13, 16-8-4-2 182, 10-18-20-5 683 and 11-64-32-16-1 3393"""
    for sizes, count in NOTES.items():
        name = "-".join(map(str, sizes))
        assert_equal(student.count_mlp(list(sizes)), count, f"the count for {name} is different")


@pytest.mark.points(1)
def test_your_own_net(student: Student, reference: Student, rng: Draw) -> None:
    """a network of your own, drawn so that no miscount gives the right answer"""
    (sizes,) = rng.apart("count_mlp", lambda: (rng.sample(range(2, 40), 4),))
    assert_equal(student.count_mlp(sizes), reference.count_mlp(sizes))


@pytest.mark.points(0.5)
def test_short_and_deep_nets(student: Student, reference: Student, rng: Draw) -> None:
    """one layer alone, and a deep network in which sizes come back"""
    for sizes in (rng.sample(range(3, 30), 2), [*rng.sample(range(2, 9), 4), *rng.sample(range(2, 9), 4)]):
        assert_equal(student.count_mlp(sizes), reference.count_mlp(sizes))
