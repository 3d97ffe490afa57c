"""Looking up rows of an embedding matrix, and the same by a one-hot product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

from autograder.checks import assert_close, assert_follows_device, assert_type
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer

QUESTION = Question(
    id="embed",
    points=2,
    names=("embed", "embed_by_one_hot"),
    title="Embeddings are rows",
    minutes=12,
    difficulty="medium",
    hints=(
        "The embedding of word number 3 is row 3 of E. How do you take several rows of a tensor at once?",
        "A tensor of numbers as index takes those rows. For the other way, make one-hot rows, as floats, and multiply "
        "them with E.",
        "Square brackets look rows up. For the other way, `F.one_hot(ids, …)` needs to be told how many rows "
        "E has, and its whole numbers must become those of `E.dtype` before `@`.",
    ),
    follows_device=True,
)


def slope(embed: Callable[..., Any], E: Any, ids: Any, weights: Any) -> Any:
    """The gradient of a weighted sum of what came back, at E; only rows that were used have one."""
    E = E.detach().clone().requires_grad_()
    out = embed(E, ids)
    if not isinstance(out, torch.Tensor) or not out.requires_grad:
        return "no graph leads back to E"
    (out * weights).sum().backward()
    return E.grad


NAMES = ("embed", "embed_by_one_hot")


def numbers(rng: Draw, rows: int) -> torch.Tensor:
    """Four word numbers in random order, one of them twice; some words are not among them."""
    chosen = rng.permutation(rows)[:3]
    return torch.cat([chosen, chosen[:1]])


@visible
@pytest.mark.points(0.5)
def test_looks_up_rows(student: Student, reference: Student, rng: Draw) -> None:
    """embed(E, ids) gives the rows of E with these numbers, in their order"""
    matrix = rng.normal(7, 3)
    ids = numbers(rng, 7)
    assert_close(student.embed(matrix, ids), reference.embed(matrix, ids))
    assert_close(student.embed(matrix, ids[:1]), reference.embed(matrix, ids[:1]), "for a single number")


@visible
@pytest.mark.points(0.5)
def test_one_hot_product(student: Student, reference: Student, rng: Draw) -> None:
    """embed_by_one_hot(E, ids) gives the same rows, for float32 and float64"""
    for dtype in (torch.float32, torch.float64):
        matrix = rng.normal(7, 3, dtype=dtype)
        ids = numbers(rng, 6)  # the last word is not among them
        for some in (ids, ids[:1]):
            assert_close(student.embed_by_one_hot(matrix, some), reference.embed_by_one_hot(matrix, some))


@visible
@pytest.mark.points(0.5)
def test_gradient_reaches_used_rows(student: Student, reference: Student, rng: Draw) -> None:
    """the gradient reaches E, in the rows that were used and in no others, by both ways"""
    matrix, weights = rng.normal(7, 3), rng.normal(4, 3)
    ids = numbers(rng, 7)
    found: dict[str, Any] = {}
    wanted: dict[str, Any] = {}
    for name in NAMES:
        for side, results in ((student, found), (reference, wanted)):
            results[name] = transfer(side, slope)(getattr(side, name), matrix, ids, weights)
    for name in NAMES:
        assert_type(found[name], torch.Tensor, what=f"the gradient of {name}")
    assert_close(found, wanted, "gradient")


@visible
@pytest.mark.points(0.5)
def test_works_on_any_device(student: Student, reference: Student, rng: Draw) -> None:
    """both work where E and ids are, on a GPU too"""
    matrix, ids = rng.normal(5, 3), numbers(rng, 5)
    for name in NAMES:
        assert_close(getattr(student, name)(matrix, ids), getattr(reference, name)(matrix, ids), name)
    for name in NAMES:
        assert_follows_device(getattr(student, name), matrix, ids)
