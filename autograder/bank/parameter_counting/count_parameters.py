"""Counting what a model learns: every parameter once, wherever it sits, and no buffers."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from autograder.checks import assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, assign, define, transfer

QUESTION = Question(
    id="count_parameters",
    points=3,
    names=("count_parameters",),
    title="Parameters of any model",
    minutes=10,
    difficulty="medium",
    hints=(
        "PyTorch walks through a model for you, layer inside layer. Which method hands out its parameters?",
        "`model.parameters()` gives every parameter once, and no buffers. A parameter knows how "
        "many numbers it holds, and whether it is trained.",
        "Add up `p.numel()` over `model.parameters()`; with `trainable_only`, only where `p.requires_grad`.",
    ),
    follows_device=True,
)


class Tied(nn.Module):
    """Codes and decodes with one weight, and scales the result by a parameter of its own."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.encode = nn.Linear(n, n)
        self.decode = nn.Linear(n, n)
        self.decode.weight = self.encode.weight
        self.scale = nn.Parameter(torch.ones(n))


# Moves a model to where a tensor is.
PLACE = """
def place(model, x):
    return model.to(x.device)
"""


def nested(student: Student, sizes: list[int]) -> Remote:
    """a-b, then a block b-c-d inside."""
    nn = student.torch.nn
    a, b, c, d = sizes
    block = nn.Sequential(nn.Linear(b, c), nn.ReLU(), nn.Linear(c, d))
    model: Remote = nn.Sequential(nn.Linear(a, b), nn.ReLU(), block)
    return model


@visible
@pytest.mark.points(1)
def test_layers_inside_layers(student: Student, reference: Student, rng: Draw) -> None:
    """weights and biases are counted, number by number, also in a block inside the model"""
    sizes = rng.sample(range(3, 12), 4)
    answer = student.count_parameters(nested(student, sizes))
    assert_equal(answer, reference.count_parameters(nested(reference, sizes)))


@visible
@pytest.mark.points(0.5)
def test_no_buffers(student: Student) -> None:
    """6-5-2 with BatchNorm has 57 parameters: the running statistics are not learned"""
    nn = student.torch.nn
    model = nn.Sequential(nn.Linear(6, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 2))
    assert_equal(student.count_parameters(model), 57)


@visible
@pytest.mark.points(0.5)
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


@visible
@pytest.mark.points(0.5)
def test_shared_weight_once(student: Student, reference: Student, rng: Draw) -> None:
    """a weight that two layers share is one parameter, and a parameter outside of layers counts"""
    n = rng.integer(4, 9)
    answer = student.count_parameters(transfer(student, Tied)(n))
    assert_equal(answer, reference.count_parameters(transfer(reference, Tied)(n)))


@pytest.mark.points(0.5)
def test_any_device(student: Student, rng: Draw) -> None:
    """a model of any layers on any device can be counted, also on meta, where tensors have no values"""
    sizes = rng.sample(range(3, 12), 4)
    place = define(student, "place", PLACE)
    count = sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(3))
    assert_equal(student.count_parameters(place(nested(student, sizes), rng.normal(1))), count)
    assert_equal(student.count_parameters(nested(student, sizes).to("meta")), count)
    images = student.torch.nn.Sequential(student.torch.nn.Conv2d(2, 3, 5), student.torch.nn.Conv1d(3, 4, 2, bias=False))
    assert_equal(student.count_parameters(images), 3 * 2 * 5 * 5 + 3 + 4 * 3 * 2)
