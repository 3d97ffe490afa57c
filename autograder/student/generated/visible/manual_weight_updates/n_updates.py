"""Visible checks of ``n_updates``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from autograder.checks import assert_equal
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def test_last_batch_counts(student: Student, reference: Student, rng: Draw) -> None:
    """every batch of every epoch is one update, a smaller last one too"""
    # The others show only with `drop_last`, or where the batches come out even.
    among = ("floor", "per_epoch_only", "one_for_each_sample", "rounds_at_the_end")
    args = rng.apart("n_updates", lambda: (rng.integer(101, 190), rng.integer(3, 6), rng.integer(2, 9)), among)
    for numbers in ((5, 2, 10), args):
        assert_equal(student.n_updates(*numbers), reference.n_updates(*numbers))
