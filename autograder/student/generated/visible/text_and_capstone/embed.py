"""Visible checks of ``embed``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from autograder.checks import assert_close, assert_follows_device, assert_type
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer


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


def test_looks_up_rows(student: Student, reference: Student, rng: Draw) -> None:
    """embed(E, ids) gives the rows of E with these numbers, in their order"""
    matrix = rng.normal(7, 3)
    ids = numbers(rng, 7)
    assert_close(student.embed(matrix, ids), reference.embed(matrix, ids))
    assert_close(student.embed(matrix, ids[:1]), reference.embed(matrix, ids[:1]), "for a single number")


def test_one_hot_product(student: Student, reference: Student, rng: Draw) -> None:
    """embed_by_one_hot(E, ids) gives the same rows, for float32 and float64"""
    for dtype in (torch.float32, torch.float64):
        matrix = rng.normal(7, 3, dtype=dtype)
        ids = numbers(rng, 6)  # the last word is not among them
        for some in (ids, ids[:1]):
            assert_close(student.embed_by_one_hot(matrix, some), reference.embed_by_one_hot(matrix, some))


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


def test_works_on_any_device(student: Student, reference: Student, rng: Draw) -> None:
    """both work where E and ids are, on a GPU too"""
    matrix, ids = rng.normal(5, 3), numbers(rng, 5)
    for name in NAMES:
        assert_close(getattr(student, name)(matrix, ids), getattr(reference, name)(matrix, ids), name)
    for name in NAMES:
        assert_follows_device(getattr(student, name), matrix, ids)
