"""An embedding layer: rows of a table are looked up, and only they learn."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import assert_close, assert_follows_device
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="embedding",
    points=2,
    names=("embedding", "embedding_gradient"),
    title="An embedding layer",
    minutes=10,
    difficulty="medium",
    hints=(
        "Each word has a row of the table. If a word comes twice in a text, who tells its row how to change?",
        "Looking up is indexing with a tensor: the answer has the shape of ids, and one dimension more. "
        "For the gradient start with zeros and *add* each arriving gradient to the row of its word.",
        "Square brackets look rows up, for ids of any shape. For the gradient start with zeros of shape (n, "
        "d): `index_add` adds one row of the flat gradient for each id, also where an id comes twice.",
    ),
    follows_device=True,
)


def draw_text(rng: Draw, words: int, *shape: int) -> torch.Tensor:
    """Ids of which some come twice and some not at all."""
    while True:
        ids = rng.integers(0, words - 2, *shape)
        ids.view(-1)[-1] = ids.view(-1)[0]
        if int(ids.view(-1)[0]) > 0:
            return ids


@visible
@pytest.mark.points(0.75)
def test_lookup(student: Student, reference: Student, rng: Draw) -> None:
    """embedding: the rows of the ids, for one text and for a batch of texts"""
    table = rng.normal(7, 3)
    for ids in (draw_text(rng, 7, 5), draw_text(rng, 7, 2, 4)):
        assert_close(student.embedding(table, ids), reference.embedding(table, ids), "the rows")


@visible
@pytest.mark.points(0.75)
def test_gradient(student: Student, reference: Student, rng: Draw) -> None:
    """embedding_gradient: what arrives for a word is added up in its row; rows that were not used stay 0"""
    for shape in ((5,), (2, 3)):
        args = draw_text(rng, 6, *shape), rng.normal(*shape, 4), 6
        assert_close(student.embedding_gradient(*args), reference.embedding_gradient(*args), "the gradient")


@pytest.mark.points(0.5)
def test_other_tables(student: Student, reference: Student, rng: Draw) -> None:
    """other sizes, and on the device of the table"""
    table, ids, batch = rng.normal(9, 2), draw_text(rng, 9, 4), draw_text(rng, 9, 3, 5)
    for some in (ids, batch):
        assert_close(student.embedding(table, some), reference.embedding(table, some), "the rows")
        args = some, rng.normal(*some.shape, 2), 9
        assert_close(student.embedding_gradient(*args), reference.embedding_gradient(*args), "the gradient")
    assert_follows_device(student.embedding, table, ids)
    assert_follows_device(student.embedding_gradient, ids, rng.normal(4, 2), 9)
