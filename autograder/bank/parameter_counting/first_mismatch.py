"""A network that can be counted need not run: each layer's input must be as wide as the output before it."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.checks import assert_equal, assert_true
from autograder.checks.failed import CheckFailed, Wanted
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="first_mismatch",
    points=3,
    names=("first_mismatch", "repair"),
    title="Layers that do not fit together",
    minutes=10,
    difficulty="medium",
    hints=(
        "Follow one sample through the layers. How many numbers leave a layer, how many does the next want?",
        "Compare each layer's input with the output of the layer before it, from layer 1 on; the first that "
        "differs is the answer. To repair a joint, write one of its two numbers on both sides.",
        "`for i in range(1, len(pairs))`: compare the first number of `pairs[i]` with the second of the pair "
        "before it, and return `i` at the first difference; what comes back after the loop? `repair` builds a"
        " new list in the same loop.",
    ),
)

NOTES = [(92, 4), (4, 69), (269, 1)]
FITS = [(8, 4), (4, 2)]
MANY = [(3, 5), (3, 3), (3, 3), (3, 7), (7, 4), (9, 2), (8, 1)]  # at layers 1, 5 and 6
MIDDLE = [(7, 4), (4, 6), (5, 3), (3, 2)]

IN_A_PLAN = ("counts_so_it_runs", "compares_in_in", "off_by_one", "last_mismatch")  # what one broken plan tells apart

Pairs = list[tuple[int, int]]


def chain(sizes: list[int]) -> Pairs:
    """The layers of a network of these sizes, which fit."""
    return [(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1)]


def broken(sizes: list[int], *layers: int) -> Pairs:
    """The layers of a network of these sizes, with the inputs of some made wider so that they do not fit."""
    return [(n_in + 50 * (i in layers), n_out) for i, (n_in, n_out) in enumerate(chain(sizes))]


def words_for(pairs: Pairs) -> str:
    """The layers as they are named in the notebook: 92→4, 4→69, 269→1."""
    return ", ".join(f"{n_in}→{n_out}" for n_in, n_out in pairs)


def assert_not_one_off(answer: Any, layer: int) -> None:
    """Fail, in words that are alike for both, if the number is one too large or one too small."""
    for number in (layer - 1, layer + 1):
        try:
            assert_equal(answer, number)
        except CheckFailed:
            continue
        raise CheckFailed(f"{number} came back: the right joint, but one off", "one off", layer)


def rows_of(answer: Any) -> list[list[int]] | None:
    """The pairs as lists of two whole numbers; None if they are not."""
    rows = answer.tolist() if hasattr(answer, "tolist") else answer
    if not isinstance(rows, (list, tuple)):
        return None
    if not all(isinstance(row, (list, tuple)) and len(row) == 2 for row in rows):
        return None
    numbers = [[n.item() if hasattr(n, "item") else n for n in row] for row in rows]
    return numbers if all(type(n) is int for row in numbers for n in row) else None


def assert_repaired(answer: Any, pairs: Pairs, *counts: int) -> None:
    """Fail unless ``answer`` is ``pairs`` with each joint made to fit by one of its two numbers."""
    rows = rows_of(answer)
    if rows is None or len(rows) != len(pairs):
        raise CheckFailed("as many (in, out) pairs were wanted as there are layers", answer, pairs)
    if counts:
        count = sum(n_in * n_out + n_out for n_in, n_out in rows)
        words = "the repaired network does not have the right number of parameters"
        assert_true(count in counts, words, actual=count, expected=Wanted(" or ".join(map(str, counts))))
    where = next((i for i in range(1, len(rows)) if rows[i][0] != rows[i - 1][1]), None)
    words = f"layer {where} still does not fit the one before it"
    assert_true(where is None, words, actual=rows, expected=Wanted("layers that fit"))
    ends = rows[0][0] == pairs[0][0] and rows[-1][1] == pairs[-1][1]
    words = "the network's own input or output changed"
    assert_true(ends, words, actual=rows, expected=Wanted("the same input and output"))
    kept = all(rows[i][0] in (pairs[i - 1][1], pairs[i][0]) for i in range(1, len(rows)))
    words = "a joint has a new number"
    assert_true(kept, words, actual=rows, expected=Wanted("one of the two numbers at each joint"))


@visible
@pytest.mark.points(1)
def test_notes(student: Student) -> None:
    """92-4, 4-69, 269-1 breaks at layer 2; 8-4, 4-2 fits; others break at the first joint, or in the middle"""
    for pairs, layer in ((MANY, 1), (MIDDLE, 2), (NOTES, 2), (FITS, None)):
        answer = student.first_mismatch(pairs)
        if pairs == MANY:
            assert_not_one_off(answer, 1)
        assert_equal(answer, layer, f"the layer for {words_for(pairs)} is different")


@visible
@pytest.mark.points(0.5)
def test_repair_notes(student: Student) -> None:
    """92-4, 4-69, 269-1 is repaired to 787 or to 1987 parameters, and a network that fits stays as it is"""
    assert_repaired(student.repair(NOTES), NOTES, 787, 1987)
    assert_repaired(student.repair(FITS), FITS, 46)


@pytest.mark.points(1)
def test_your_own_nets(student: Student, reference: Student, rng: Draw) -> None:
    """networks of your own: broken in the middle, at the first joint, at the last, at several, or nowhere"""
    (pairs,) = rng.apart("first_mismatch", lambda: (broken(rng.sample(range(2, 30), 9), 4, 6),), IN_A_PLAN)
    sizes = rng.sample(range(2, 30), 5)
    width = rng.integer(3, 9)
    cases = [
        pairs,
        broken(rng.sample(range(2, 30), 6), rng.integer(1, 3), 4),
        broken(sizes, 1, 3),
        broken(sizes, 3),
        broken([width, width, width, width], 2),
        chain(sizes),
        chain([width, width, width]),
        chain(sizes[:2]),
    ]
    for number, case in enumerate(cases):
        answer = student.first_mismatch(case)
        if number == 0:
            assert_not_one_off(answer, 4)
        assert_equal(answer, reference.first_mismatch(case), f"the layer for {words_for(case)} is different")


@visible
@pytest.mark.points(0.5)
def test_repair_every_joint(student: Student, rng: Draw) -> None:
    """every joint is repaired with one of its two numbers, and the network's own input and output stay"""
    sizes = rng.sample(range(2, 30), 6)
    for pairs in (broken(sizes, 1, 2, 4), broken(sizes[:3], 1), chain(sizes[:2])):
        assert_repaired(student.repair(pairs), pairs)
