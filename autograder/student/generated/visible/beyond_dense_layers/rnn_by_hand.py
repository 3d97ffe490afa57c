"""Visible checks of ``rnn_by_hand``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


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


def test_states(student: Student, reference: Student, rng: Draw) -> None:
    """rnn_by_hand: the states of four steps are those of nn.RNN, from a start that is not zero"""
    assert_states(student, reference, rng.normal(4, 2), rng.uniform(-0.9, 0.9, 3), *draw_layer(rng, 2, 3))


def test_one_step(student: Student, reference: Student, rng: Draw) -> None:
    """rnn_by_hand: a sequence of one step gives one state, shape (1, units)"""
    assert_states(student, reference, rng.normal(1, 3), rng.uniform(-0.9, 0.9, 2), *draw_layer(rng, 3, 2))


def test_gate(student: Student, reference: Student, rng: Draw) -> None:
    """forget_gate: the second quarter of the rows, with a sigmoid"""
    args = rng.normal(2), rng.uniform(-0.9, 0.9, 3), *draw_layer(rng, 2, 3, 4)
    assert_close(student.forget_gate(*args), reference.forget_gate(*args), "the gate", rtol=1e-4, atol=1e-5)
