"""Visible checks of ``predict``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch

from autograder.checks import assert_close
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student


def test_one_number(student: Student, reference: Student) -> None:
    """for a single number the prediction is w · x + b"""
    args = torch.tensor(1.0), torch.tensor(2.0), torch.tensor(-1.0)
    assert_close(student.predict(*args), reference.predict(*args), "the prediction")
    args = torch.tensor(-1.5), torch.tensor(4.0), torch.tensor(0.25)
    assert_close(student.predict(*args), reference.predict(*args), "the prediction")


def test_sample_and_batch(student: Student, reference: Student, rng: Draw) -> None:
    """one sample of shape (d,) gives one number, a batch (N, d) gives shape (N,)"""
    for shape in ((5, 3), (3,)):
        args = rng.normal(*shape), rng.normal(3), rng.normal()
        assert_close(student.predict(*args), reference.predict(*args), f"X of shape {shape}")
