"""A recurrent layer unrolled by hand, and one gate of an LSTM."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import assert_close
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="rnn_by_hand",
    points=4,
    names=("rnn_by_hand", "forget_gate"),
    title="A recurrent layer and a gate",
    minutes=25,
    difficulty="hard",
    hints=(
        "The layer reads one row of x after the other. What does it remember of the rows before?",
        "h = tanh(W_ih · x[t] + b_ih + W_hh · h + b_hh), again and again, with the h of the step before; collect every "
        "h. The forget gate is the same sum with its own quarter of the weights, the second one, and a sigmoid.",
        "`h = torch.tanh(W_ih @ x[t] + b_ih + W_hh @ h + b_hh)` in a loop, then `torch.stack(states)`; for the gate "
        "`z = W_ih @ x + b_ih + W_hh @ h + b_hh` and `torch.sigmoid(z[H : 2 * H])` with `H = len(h)`.",
    ),
    forbids=("torch.rnn_tanh", "torch.rnn_tanh_cell"),
)


def draw_layer(rng: Draw, inputs: int, units: int, blocks: int = 1) -> tuple[torch.Tensor, ...]:
    """(W_ih, W_hh, b_ih, b_hh) as torch keeps them; ``blocks`` is 4 for an LSTM."""
    rows = blocks * units
    return (
        rng.normal(rows, inputs, scale=0.7),
        rng.normal(rows, units, scale=0.7),
        rng.normal(rows, scale=0.6),
        rng.normal(rows, scale=0.6),
    )


def assert_states(student: Student, reference: Student, *args: Any) -> None:
    """Fail unless all hidden states are right."""
    wanted = reference.rnn_by_hand(*args)
    assert_close(student.rnn_by_hand(*args), wanted, "the states", rtol=1e-4, atol=1e-5)


@visible
@pytest.mark.points(1)
def test_states(student: Student, reference: Student, rng: Draw) -> None:
    """rnn_by_hand: the states of four steps are those of nn.RNN, from a start that is not zero"""
    assert_states(student, reference, rng.normal(4, 2), rng.uniform(-0.9, 0.9, 3), *draw_layer(rng, 2, 3))


@visible
@pytest.mark.points(0.5)
def test_one_step(student: Student, reference: Student, rng: Draw) -> None:
    """rnn_by_hand: a sequence of one step gives one state, shape (1, units)"""
    assert_states(student, reference, rng.normal(1, 3), rng.uniform(-0.9, 0.9, 2), *draw_layer(rng, 3, 2))


@visible
@pytest.mark.points(1)
def test_gate(student: Student, reference: Student, rng: Draw) -> None:
    """forget_gate: the second quarter of the rows, with a sigmoid"""
    args = rng.normal(2), rng.uniform(-0.9, 0.9, 3), *draw_layer(rng, 2, 3, 4)
    assert_close(student.forget_gate(*args), reference.forget_gate(*args), "the gate", rtol=1e-4, atol=1e-5)


@pytest.mark.points(1)
def test_other_sequences(student: Student, reference: Student, rng: Draw) -> None:
    """rnn_by_hand: longer sequences and other sizes, as many units as inputs too"""
    for steps, inputs, units in ((7, 4, 4), (5, 1, 6), (6, 5, 2)):
        layer = draw_layer(rng, inputs, units)
        assert_states(student, reference, rng.normal(steps, inputs), rng.uniform(-0.9, 0.9, units), *layer)


@pytest.mark.points(0.5)
def test_other_gates(student: Student, reference: Student, rng: Draw) -> None:
    """forget_gate: other sizes, as many units as inputs too"""
    for inputs, units in ((4, 4), (3, 5)):
        args = rng.normal(inputs), rng.uniform(-0.9, 0.9, units), *draw_layer(rng, inputs, units, 4)
        assert_close(student.forget_gate(*args), reference.forget_gate(*args), "the gate", rtol=1e-4, atol=1e-5)
