"""Visible checks of ``count_parameters``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import torch
from torch import nn

from autograder.checks import assert_equal
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, assign, transfer


class Tied(nn.Module):
    """Codes and decodes with one weight, and scales the result by a parameter of its own."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.encode = nn.Linear(n, n)
        self.decode = nn.Linear(n, n)
        self.decode.weight = self.encode.weight
        self.scale = nn.Parameter(torch.ones(n))


def nested(student: Student, sizes: list[int]) -> Remote:
    """a-b, then a block b-c-d inside."""
    nn = student.torch.nn
    a, b, c, d = sizes
    block = nn.Sequential(nn.Linear(b, c), nn.ReLU(), nn.Linear(c, d))
    model: Remote = nn.Sequential(nn.Linear(a, b), nn.ReLU(), block)
    return model


def test_layers_inside_layers(student: Student, reference: Student, rng: Draw) -> None:
    """weights and biases are counted, number by number, also in a block inside the model"""
    sizes = rng.sample(range(3, 12), 4)
    answer = student.count_parameters(nested(student, sizes))
    assert_equal(answer, reference.count_parameters(nested(reference, sizes)))


def test_no_buffers(student: Student) -> None:
    """6-5-2 with BatchNorm has 57 parameters: the running statistics are not learned"""
    nn = student.torch.nn
    model = nn.Sequential(nn.Linear(6, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 2))
    assert_equal(student.count_parameters(model), 57)


def test_trainable_only(student: Student, reference: Student, rng: Draw) -> None:
    """with trainable_only=True frozen parameters are left out, otherwise they count"""
    sizes = rng.sample(range(3, 12), 4)
    answers = []
    for side in (student, reference):
        model = nested(side, sizes)
        assign(model[0].weight, "requires_grad", False)
        assign(model[2][2].bias, "requires_grad", False)
        answers.append([side.count_parameters(model, trainable_only=True), side.count_parameters(model)])
    assert_equal(answers[0], answers[1], "the counts with trainable_only=True and without are different")


def test_shared_weight_once(student: Student, reference: Student, rng: Draw) -> None:
    """a weight that two layers share is one parameter, and a parameter outside of layers counts"""
    n = rng.integer(4, 9)
    answer = student.count_parameters(transfer(student, Tied)(n))
    assert_equal(answer, reference.count_parameters(transfer(reference, Tied)(n)))
