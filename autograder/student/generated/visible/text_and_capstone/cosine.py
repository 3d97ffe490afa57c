"""Visible checks of ``cosine``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close, assert_equal, assert_follows_device, assert_true
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

# Four directions at right angles to each other.
AXES = ([1.0, 1.0, 1.0, 1.0], [1.0, -1.0, 1.0, -1.0], [1.0, 1.0, -1.0, -1.0], [1.0, -1.0, -1.0, 1.0])

WORDS = ("apple", "bread", "cheese", "dill", "egg", "fig", "grape")


def test_angles(student: Student, reference: Student, rng: Draw) -> None:
    """cosine(a, b) is the cosine of the angle between two vectors, of whatever length"""

    def draw() -> tuple[torch.Tensor, torch.Tensor]:
        return rng.normal(5, scale=rng.choice([0.4, 1.7])), rng.normal(5, scale=rng.choice([0.4, 1.7]))

    among = ("dot_only", "one_length", "squared_lengths", "absolute", "distance", "euclid", "mean_products")
    for pair in ((torch.tensor([3.0, 4.0]), torch.tensor([8.0, 6.0])), rng.apart("cosine", draw, among=among)):
        assert_close(student.cosine(*pair), reference.cosine(*pair), "cosine", check_dtype=False, rtol=1e-5, atol=1e-6)


def test_opposite(student: Student, reference: Student, rng: Draw) -> None:
    """it is 1 for the same direction, −1 for the opposite one, and 0 at a right angle"""
    a = rng.normal(4)
    pairs = [(a, 3 * a), (a, -0.5 * a), (torch.tensor([2.0, 0.0, 1.0]), torch.tensor([0.0, 3.0, 0.0]))]
    for pair in pairs:
        assert_close(student.cosine(*pair), reference.cosine(*pair), "cosine", rtol=1e-5, atol=1e-6)


def test_zero_vector(student: Student, rng: Draw) -> None:
    """with a vector of zeros it is 0, not NaN, on either side or on both"""
    a, zero = rng.normal(4), torch.zeros(4)
    answers = [student.cosine(a, zero), student.cosine(zero, a), student.cosine(zero, zero)]
    assert_close(answers, [0.0, 0.0, 0.0], "cosine", rtol=0.0, atol=1e-6)


def test_works_on_any_device(student: Student, reference: Student, rng: Draw) -> None:
    """cosine answers with a tensor where a and b are, on a GPU too"""
    a, b = rng.normal(3), rng.normal(3)
    assert_close(student.cosine(a, b), reference.cosine(a, b), "cosine", rtol=1e-5, atol=1e-6)
    assert_follows_device(student.cosine, a, b)
    assert_follows_device(student.cosine, a, 0 * b)


def matrix_of(rng: Draw) -> torch.Tensor:
    """Seven rows: number 0, a near one, a long one that is less near, an opposite one, two more, and zeros."""
    row, side, other = (torch.tensor(axis) / 2 for axis in rng.sample(AXES, 3))
    turned = [
        2.0 * row,
        rng.number(0.3, 0.6) * (row + 0.3 * side),
        rng.number(8, 12) * (row + 1.0 * other),
        -1.0 * row + 0.2 * side,
        1.5 * (row + 1.4 * side),
        2.2 * side,
        torch.zeros(4),
    ]
    return torch.stack(turned)


def test_nearest_word(student: Student, reference: Student, rng: Draw) -> None:
    """nearest gives another word, the one with the largest cosine, whatever the lengths"""

    def draw() -> tuple[str, dict[str, int], torch.Tensor]:
        matrix, order, words = matrix_of(rng), rng.permutation(7), rng.sample(WORDS, 7)
        places = rng.permutation(7).tolist()  # the dict need not hold the words in the order of the rows
        return words[0], {words[int(order[place])]: place for place in places}, matrix[order]

    among = ("returns_itself", "nearest_by_dot", "farthest", "order_of_the_dict", "place_in_the_dict")
    first, vocab, shuffled = rng.apart("nearest", draw, among=among)
    against = shuffled @ shuffled[vocab[first]]
    turned = min(vocab, key=lambda word: float(against[vocab[word]]))  # all others are far from it or at right angles
    opposite = {"north": 0, "south": 1}, torch.tensor([[2.0, 0.0], [-1.0, 0.0]])  # the other word, however far it is
    asked = [(word, vocab, shuffled) for word in (first, turned)]
    for word, numbers, E in [*asked, ("north", *opposite), ("south", *opposite)]:
        answer, wanted = (side.nearest(word, numbers, E) for side in (student, reference))
        assert_true(isinstance(answer, str), "the answer is not a word", actual=answer, expected=wanted)
        assert_equal(answer, wanted, f"the word nearest to {word!r} is different")
