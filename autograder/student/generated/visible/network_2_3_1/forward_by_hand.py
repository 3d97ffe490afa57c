"""Visible checks of ``forward_by_hand``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def draw_network(rng: Draw, rows: int) -> tuple[torch.Tensor, ...]:
    """(W1, b1, W2, b2, x) for which units are on and off, biases matter, and no score is saturated."""
    while True:
        W1, b1, W2, b2 = rng.normal(3, 2), rng.normal(3), rng.normal(1, 3), rng.normal(1)
        x = rng.normal(rows, 2)
        before = x @ W1.T + b1
        score = before.relu() @ W2.T + b2
        bare = (x @ W1.T).relu()
        others = (bare @ W2.T, bare @ W2.T + b2, score - b2, (bare + b1) @ W2.T + b2, before @ W2.T + b2)
        mixed = bool((before > 0.1).any() and (before < -0.1).any())
        apart = all(bool((score - other).abs().max() > 0.3) for other in others)
        squashed = (before.sigmoid() @ W2.T + b2).max() > 0.3  # else a ReLU at the end leaves nothing but zeros
        clear = apart and bool(squashed and score.abs().max() < 5 and score.min() < -0.3)
        if mixed and clear:
            return W1, b1, W2, b2, x


def test_equals_the_network(student: Student, reference: Student, rng: Draw) -> None:
    """the answer equals that of the 2-3-1 network with the same weights, shape (N, 1)"""
    args = draw_network(rng, rows=5)
    assert_close(student.forward_by_hand(*args), reference.forward_by_hand(*args), "the output")
