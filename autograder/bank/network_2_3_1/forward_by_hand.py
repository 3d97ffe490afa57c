"""The forward pass of a 2-3-1 network written out with its four tensors."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from autograder.checks import assert_close, assert_follows_device, assert_true
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="forward_by_hand",
    points=2,
    names=("forward_by_hand",),
    title="The forward pass by hand",
    minutes=8,
    difficulty="easy",
    hints=(
        "Write down the shapes first: x is (N, 2), W1 is (3, 2). Which product gives (N, 3)?",
        "Twice the same: multiply by the transposed weight, add the bias, apply the activation. ReLU "
        "first, sigmoid last.",
        "`h = torch.relu(x @ W1.T + …)`. The second layer has the same form, with h in place of x, and "
        "another function around it.",
    ),
    follows_device=True,
)


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


@visible
@pytest.mark.points(1)
def test_equals_the_network(student: Student, reference: Student, rng: Draw) -> None:
    """the answer equals that of the 2-3-1 network with the same weights, shape (N, 1)"""
    args = draw_network(rng, rows=5)
    assert_close(student.forward_by_hand(*args), reference.forward_by_hand(*args), "the output")


@pytest.mark.points(0.5)
def test_other_numbers_of_rows(student: Student, reference: Student, rng: Draw) -> None:
    """it holds for one row and for three, where a weight could be mistaken for its transpose, and for many"""
    for rows in (3, 1, 11):
        W1, b1, W2, b2, x = draw_network(rng, rows=11)
        args = W1, b1, W2, b2, x[:rows]
        assert_close(student.forward_by_hand(*args), reference.forward_by_hand(*args), f"{rows} rows")


@pytest.mark.points(0.5)
def test_follows_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """the answer is on the device of the tensors given"""
    tensors = draw_network(rng, rows=4)
    answer, wanted = student.forward_by_hand(*tensors), reference.forward_by_hand(*tensors)
    count = answer.numel() if isinstance(answer, torch.Tensor) else np.size(answer)
    assert_true(count == 4, "there is not one output for each of four rows", actual=answer, expected=wanted)
    assert_follows_device(student.forward_by_hand, *tensors)
