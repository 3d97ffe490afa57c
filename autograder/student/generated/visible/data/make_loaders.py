"""Visible checks of ``make_loaders``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from autograder.checks import CheckFailed, Wanted, assert_equal
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer

NO_TABLE = "no table"  # as `run` says it, which sees nothing of this file where it is sent


def run(make_loaders: Callable[..., Any], n_train: int, n_val: int, batch: int, seed: int) -> Any:
    """The rows' numbers, batch by batch: two epochs of training, one of validation; a seed, the seed again, another."""
    import random

    class Rows(torch.utils.data.Dataset):  # type: ignore[type-arg]  # only this runs where it is sent
        def __init__(self, first: int, count: int) -> None:
            self.first, self.count = first, count

        def __len__(self) -> int:
            return self.count

        def __getitem__(self, i: int) -> Any:
            if not 0 <= i < self.count:
                raise IndexError(i)
            return torch.tensor([0.5, 1.5]), torch.tensor(self.first + int(i))

    def epoch(loader: Any) -> list[list[int]]:
        made = list(loader)
        tables.extend(getattr(batch[0], "shape", None) == (len(batch[1]), 2) for batch in made)
        return [batch[1].tolist() for batch in made]

    seen: list[Any] = []
    tables: list[bool] = []
    for draws, its_seed in ((1, seed), (2, seed), (3, seed + 1)):
        loaders = make_loaders(Rows(0, n_train), Rows(1000, n_val), batch, its_seed)
        if not isinstance(loaders, (tuple, list)) or len(loaders) != 2:
            return type(loaders).__name__
        torch.rand(draws), np.random.rand(draws), [random.random() for _ in range(draws)]  # others draw in between
        seen.append([epoch(loaders[0]), epoch(loaders[0]), epoch(loaders[1])])
    return seen if all(tables) else "no table"


Epoch = list[list[int]]


def flat(epoch: Epoch) -> list[int]:
    """The rows of an epoch, one after the other."""
    return list(itertools.chain.from_iterable(epoch))


def fail(words: str, seen: str, wanted: str) -> None:
    """The same words for all who make the same mistake, whatever order they drew."""
    raise CheckFailed(words, seen, Wanted(wanted))


def assert_loaders(student: Student, n_train: int, n_val: int, batch: int, seed: int) -> None:
    """All rules, in the order in which a learner should hear of them."""
    seen = transfer(student, run)(student.make_loaders, n_train, n_val, batch, seed)
    if seen == NO_TABLE:
        fail("the features of a batch are no tensor of shape (batch, columns)", "something else", "such a tensor")
    if isinstance(seen, str):
        fail("something else came back where two loaders were wanted", "not two loaders", "two loaders")
    (one, two, val), (one_again, two_again, _), (other, *_) = seen
    parts = ((one, 0, n_train, "train"), (two, 0, n_train, "second epoch's"), (val, 1000, n_val, "validation"))
    for epoch, first, rows, name in parts:
        full, rest = divmod(rows, batch)
        wanted = [batch] * full + [rest] * bool(rest)
        assert_equal([len(part) for part in epoch], wanted, f"the sizes of the {name} batches are different")
        if sorted(flat(epoch)) != list(range(first, first + rows)):
            fail(f"not every {name} row comes once in an epoch", "rows missing or twice", "each row once")
    shuffled = flat(val) != sorted(flat(val))
    if one == two == other and flat(one) == sorted(flat(one)):
        seen = "the rows as they are" + (", and shuffled validation rows" if shuffled else "")
        fail("the train rows are not shuffled", seen, "a new order each epoch")
    if shuffled:
        fail("the validation rows come in another order", "shuffled rows", "the rows as they are")
    if one == two:
        fail("each epoch has the same order", "the same order again", "a new order each epoch")
    if [one, two] != [one_again, two_again]:
        fail("the same seed gives other orders", "other orders", "the same orders for the same seed")
    if one == other:
        fail("another seed gives the same order", "the same order", "an order that depends on the seed")


def test_order_and_batches(student: Student, rng: Draw) -> None:
    """train rows in a new order each epoch, again the same for the same seed; validation rows as they are; all rows"""
    assert_loaders(student, 23, 11, 4, rng.integer(1, 99))
