"""How many test rows the model has already seen, under another name."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.checks import assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="twins",
    points=1,
    names=("twins",),
    title="Twins between train and test",
    minutes=5,
    difficulty="medium",
    hints=(
        "Two animals are twins if all their features are alike. What does the name have to do with it?",
        "Put the features of every train row, without the name, into a set. Then ask for each test row "
        "whether it is in there.",
        "`known = {tuple(row[1:]) for row in X_train}`; `return sum(tuple(row[1:]) in known for row in X_test)`.",
    ),
)

NAMES = ("ant", "bat", "cod", "doe", "eel", "fly", "gnu", "hen", "ibis", "jay", "kid", "owl", "pug", "ray", "yak")
Rows = list[list[Any]]


def tables(rng: Draw, columns: int) -> tuple[Rows, Rows]:
    """Train and test rows with twins: some under other names, some twice on one side, and names that mean nothing."""
    features = [[1 + i, *row] for i, row in enumerate(rng.integers(0, 3, 7, columns - 1).tolist())]
    a, b, c, d, e, f, h = features
    names = rng.sample(NAMES, 15)
    train = [[name, *row] for name, row in zip(names, [a, a, b, c, d, a, e], strict=False)]
    test = [[name, *row] for name, row in zip(names[7:], [a, b, b, f], strict=False)]
    test += [[names[2], *h], [names[4], *d]]  # known names: one with new features, one row as it was
    test += [[names[13], *b[1:], b[0]]]  # those of a train row, in another order
    return [train[k] for k in rng.permutation(7).tolist()], [test[k] for k in rng.permutation(7).tolist()]


@visible
@pytest.mark.points(0.5)
def test_a_small_table(student: Student, reference: Student) -> None:
    """names do not count; a test row counts once, however often its features come among the train rows"""
    train = [["frog", 0, 4], ["bee", 1, 6], ["perch", 1, 0], ["trout", 1, 0]]
    train += [["toad", 0, 4], ["olm", 0, 4], ["newt", 0, 4]]
    test = [["axolotl", 0, 4], ["wasp", 1, 6], ["pike", 1, 0], ["carp", 1, 0], ["cod", 1, 0], ["newt", 1, 4]]
    test += [
        ["toad", 0, 2],
        ["swift", 0, 0],
        ["crab", 0, 10],
        ["deer", 4, 0],
        ["boar", 6, 1],
        ["moth", 6, 1],
        ["elk", 4, 0],
        ["asp", 6, 1],
    ]
    assert_equal(student.twins(train, test), reference.twins(train, test), "the number of test rows is different")


@pytest.mark.points(0.5)
def test_other_tables(student: Student, reference: Student, rng: Draw) -> None:
    """other animals, and tables without twins"""
    train, test = tables(rng, rng.integer(3, 6))
    assert_equal(student.twins(train, test), reference.twins(train, test), "the number of test rows is different")
    assert_equal(student.twins(train[:1], test[:0]), 0, "the number of test rows is different")
