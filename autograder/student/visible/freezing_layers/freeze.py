"""Visible checks of ``freeze``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from autograder.checks import assert_equal
from autograder.session.proxy import Remote, Student, flags


def assert_frozen(model: Remote, count: object, trainable: dict[str, bool], wanted: int) -> None:
    """Fail unless exactly the right parameters are frozen and the right number came back."""
    assert_equal(flags(model), trainable, "other parameters ask for a gradient (True) than should")
    assert_equal(count, wanted, "the number of trainable parameters is different")


def test_two_of_three_layers(student: Student) -> None:
    """with n = 2, the first two linear layers of a 4-4-4-1 network are frozen; 5 of 45 parameters train"""
    nn = student.torch.nn
    model = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 1))
    names = ("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias")
    assert_frozen(model, student.freeze(model, 2), dict(zip(names, [False] * 4 + [True] * 2, strict=True)), 5)
