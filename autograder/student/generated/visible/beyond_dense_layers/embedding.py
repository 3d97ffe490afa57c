"""Visible checks of ``embedding``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def draw_text(rng: Draw, words: int, *shape: int) -> torch.Tensor:
    """Ids of which some come twice and some not at all."""
    while True:
        ids = rng.integers(0, words - 2, *shape)
        ids.view(-1)[-1] = ids.view(-1)[0]
        if int(ids.view(-1)[0]) > 0:
            return ids


def test_lookup(student: Student, reference: Student, rng: Draw) -> None:
    """embedding: the rows of the ids, for one text and for a batch of texts"""
    table = rng.normal(7, 3)
    for ids in (draw_text(rng, 7, 5), draw_text(rng, 7, 2, 4)):
        assert_close(student.embedding(table, ids), reference.embedding(table, ids), "the rows")


def test_gradient(student: Student, reference: Student, rng: Draw) -> None:
    """embedding_gradient: what arrives for a word is added up in its row; rows that were not used stay 0"""
    for shape in ((5,), (2, 3)):
        args = draw_text(rng, 6, *shape), rng.normal(*shape, 4), 6
        assert_close(student.embedding_gradient(*args), reference.embedding_gradient(*args), "the gradient")
