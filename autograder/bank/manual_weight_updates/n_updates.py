"""How many weight updates a training run makes."""

from __future__ import annotations

import pytest

from autograder.checks import assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="n_updates",
    points=1,
    names=("n_updates",),
    title="How many updates?",
    minutes=6,
    difficulty="easy",
    hints=(
        "Every batch gives one update. How many batches has one epoch?",
        "The last batch may be smaller; it counts as well, unless `drop_last` is set.",
        "`batches = n // batch if drop_last else math.ceil(n / batch)`, and every epoch has that many.",
    ),
)


@visible
@pytest.mark.points(0.5)
def test_last_batch_counts(student: Student, reference: Student, rng: Draw) -> None:
    """every batch of every epoch is one update, a smaller last one too"""
    # The others show only with `drop_last`, or where the batches come out even.
    among = ("floor", "per_epoch_only", "one_for_each_sample", "rounds_at_the_end")
    args = rng.apart("n_updates", lambda: (rng.integer(101, 190), rng.integer(3, 6), rng.integer(2, 9)), among)
    for numbers in ((5, 2, 10), args):
        assert_equal(student.n_updates(*numbers), reference.n_updates(*numbers))


@pytest.mark.points(0.5)
def test_drop_last_and_edges(student: Student, reference: Student, rng: Draw) -> None:
    """a smaller last batch counts unless drop_last is set, also where one batch has room for everything"""
    batch, epochs, whole = rng.integer(4, 9), rng.integer(2, 9), rng.integer(3, 9)
    ragged = batch * whole + rng.integer(1, batch - 1)
    edges = {
        "with a smaller last batch, which counts here,": (ragged, batch, epochs, False),
        "with `drop_last` and a smaller last batch": (ragged, batch, epochs, True),
        "where the batches come out even": (batch * whole, batch, epochs, False),
        "with `drop_last`, where the batches come out even": (batch * whole, batch, epochs, True),
        "where one batch has room for more than there is": (batch, 64, epochs, False),
        "with `drop_last`, where the one batch is not full": (batch, 64, epochs, True),
    }
    for where, args in edges.items():
        words = f"the number of updates {where} is different"
        assert_equal(student.n_updates(*args), reference.n_updates(*args), words)
