"""A split by class: nothing lost, nothing twice, at random, and again the same for the same seed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks import CheckFailed, Wanted
from autograder.checks.kinds import article, kind_of
from autograder.checks.numbers import as_tensor
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer

QUESTION = Question(
    id="split",
    points=3,
    names=("split",),
    title="A split by class",
    minutes=20,
    difficulty="hard",
    hints=(
        "Which rows belong to one class? Shuffle those, and share them out. Then go on with the next class.",
        "Make one `torch.Generator` from the seed and pass it to `torch.randperm`. Cut each shuffled class at "
        "round(share so far · rows of the class): the last cut is its end, so nothing is lost.",
        "`rows = (y == k).nonzero().flatten()`; `rows = rows[torch.randperm(len(rows), generator=g)]`; with "
        "`cuts = [round(f * len(rows)) for f in itertools.accumulate(fracs)]` part j gets `rows[cuts[j-1]:cuts[j]]`.",
    ),
)


def run(split: Callable[..., Any], y: torch.Tensor, fracs: Any, seed: int) -> Any:
    """Split twice with one seed and twice with others, and tell whether a global generator was touched."""
    import random

    def state() -> Any:
        old: Any = np.random.get_state()
        return torch.get_rng_state().tolist(), [*old[1].tolist(), old[2]], random.getstate()

    def plain(parts: Any) -> Any:
        return [[int(i) for i in part] for part in parts]

    before, labels = state(), y.clone()
    made = [plain(split(y, fracs, seed))]
    untouched = state() == before
    torch.rand(3), np.random.rand(2), random.random()
    made += [plain(split(y, fracs, s)) for s in (seed, seed + 1, seed + 2)]
    return made, untouched, bool(torch.equal(labels, y))


SHARES = ((0.7, 0.3), (0.6, 0.2, 0.2), (0.5, 0.25, 0.25), (0.8, 0.1, 0.1))

Parts = list[list[int]]


def labels(rng: Draw, fracs: tuple[float, ...], classes: int, least: int = 7, most: int = 19) -> torch.Tensor:
    """Labels in random order; every usual way of rounding keeps each class within one row of its share."""
    counts: list[int] = []
    while len(counts) < classes:
        n = rng.integer(least, most)
        floors = [math.floor(f * n) for f in fracs[:-1]]
        nearest = [round(f * n) for f in fracs[:-1]]
        fine = all(abs(n - sum(parts) - fracs[-1] * n) < 0.95 for parts in (floors, nearest))
        # A share that is no whole number of rows: who rounds every part down loses a row.
        if fine and sum(math.floor(f * n + 1e-9) for f in fracs) < n and n not in counts:
            counts.append(n)
    y = torch.cat([torch.full((n,), k) for k, n in enumerate(counts)])
    return y[rng.permutation(len(y))]


def fail(words: str, seen: str, wanted: str) -> None:
    """The same words for all who make the same mistake, whatever order they drew."""
    raise CheckFailed(words, seen, Wanted(wanted))


def parts_of(student: Student, y: torch.Tensor, fracs: tuple[float, ...], seed: int) -> tuple[list[Parts], bool, bool]:
    """Four splits: the seed twice, then two others; whether global generators and ``y`` were left alone."""
    answer = student.split(y, list(fracs), seed)  # first plainly, to see what comes back
    if not isinstance(answer, (list, tuple)) or len(answer) != len(fracs):
        words = f"{article(kind_of(answer))} came back where a list of {len(fracs)} parts was wanted"
        raise CheckFailed(words, kind_of(answer), Wanted(f"{len(fracs)} parts"))
    for part in answer:
        numbers = as_tensor(part) if isinstance(part, (list, tuple, torch.Tensor)) or hasattr(part, "dtype") else None
        whole = numbers is not None and numbers.dim() == 1 and not numbers.dtype.is_floating_point
        if not whole or numbers is None or numbers.dtype is torch.bool:
            fail("a part is no list of row numbers", article(kind_of(part)), "row numbers, one after the other")
    found: tuple[list[Parts], bool, bool] = transfer(student, run)(student.split, y, list(fracs), seed)
    return found


def assert_no_row_lost(made: Parts, y: torch.Tensor) -> None:
    """Fail unless every row is in exactly one part."""
    rows, total = list(itertools.chain(*made)), len(y)
    if any(not 0 <= row < total for row in rows):
        fail("there are numbers that no row has", "other numbers", "the rows' own numbers, from 0 on")
    if len(set(rows)) < len(rows):
        sizes = torch.bincount(y)
        of_class = "the classes" if max(rows) < len(sizes) else "places within a class"
        seen = of_class if max(rows) < int(sizes.max()) else "rows that come twice"
        fail("a row is in two parts, or twice in one", seen, "each row once")
    if len(rows) < total:
        fail("rows are missing from all parts", "rows are lost", "each row in one part")


def in_order(made: Parts, y: torch.Tensor) -> bool:
    """Whether within each class the parts take the rows as they come."""
    of_class = [[[row for row in part if y[row] == k] for part in made] for k in y.unique().tolist()]
    pairs = [(a, b) for parts in of_class for a, b in itertools.pairwise(parts) if a and b]
    return all(max(a) < min(b) for a, b in pairs)


def assert_drawn(made: list[Parts], y: torch.Tensor) -> None:
    """Fail unless the seed, and nothing else, decides which rows go where."""
    first, again, *others = ([sorted(part) for part in parts] for parts in made)
    if all(parts == first for parts in (again, *others)):
        seen = "the rows as they come, whatever the seed" if in_order(made[0], y) else "one split for all seeds"
        fail("another seed does not make another split", seen, "a random split that depends on the seed")
    if first != again:
        fail("the same seed made two different splits", "another split each time", "the same split for the same seed")
    if any(parts == first for parts in others):
        fail("another seed does not make another split", "one split for some seeds", "a split that depends on the seed")


def assert_by_class(made: Parts, y: torch.Tensor, fracs: tuple[float, ...]) -> None:
    """Fail unless each part has its share, to within one row, of every class."""
    far = [
        abs(sum(int(y[row]) == k for row in part) - share * int((y == k).sum())) > 1 + 1e-9
        for k in y.unique().tolist()
        for part, share in zip(made, fracs, strict=True)
    ]
    sizes = [len(part) / len(y) for part in made]
    if all(abs(size - 1 / len(fracs)) < 0.06 for size in sizes) and max(fracs) - min(fracs) > 0.2:
        fail("the parts are not of the sizes asked for", "parts of equal size", "the shares that were given")
    if any(far):
        fail("a class is not shared out as asked", "shares that are off by more than one row", "shares within one row")


def assert_split(student: Student, y: torch.Tensor, fracs: tuple[float, ...], seed: int) -> None:
    """All rules, in the order in which a learner should hear of them."""
    made, untouched, same_labels = parts_of(student, y, fracs, seed)
    assert_no_row_lost(made[0], y)
    assert_drawn(made, y)
    assert_by_class(made[0], y, fracs)
    if not same_labels:
        fail("the labels that were given were changed", "changed labels", "labels as they were")
    if not untouched:
        fail("a global random generator was used", "a generator that others use too", "a generator of your own")


@visible
@pytest.mark.points(1.5)
def test_two_parts(student: Student, rng: Draw) -> None:
    """0.7 and 0.3: each row in one part, by class, at random, repeatable by the seed, with a generator of its own"""
    assert_split(student, labels(rng, (0.7, 0.3), 3), (0.7, 0.3), rng.integer(1, 99))


@visible
@pytest.mark.points(0.5)
def test_three_parts(student: Student, rng: Draw) -> None:
    """0.6, 0.2 and 0.2"""
    assert_split(student, labels(rng, (0.6, 0.2, 0.2), 3), (0.6, 0.2, 0.2), rng.integer(1, 99))


@pytest.mark.points(1)
def test_other_shares(student: Student, rng: Draw) -> None:
    """other shares, seeds and numbers of classes, and larger ones"""
    for fracs, (least, most) in zip(rng.sample(SHARES, 2), ((7, 19), (20, 39)), strict=True):
        y = labels(rng, fracs, rng.integer(2, 5), least, most)
        assert_split(student, y, fracs, rng.integer(100, 9999))
