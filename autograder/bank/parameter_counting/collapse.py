"""Linear layers in a row without activations are one linear layer."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import assert_close, assert_equal, assert_true, assert_unchanged
from autograder.checks.failed import CheckFailed, Wanted
from autograder.checks.kinds import kind_of
from autograder.checks.left_behind import assert_leaves_state
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, bases, parameters

QUESTION = Question(
    id="collapse",
    points=2,
    names=("collapse",),
    title="A stack without activations is one layer",
    minutes=12,
    difficulty="hard",
    hints=(
        "Write two layers in a row as one formula: W₂(W₁x + b₁) + b₂. Multiply it out.",
        "Go through the layers with a weight W and a bias b so far: the next layer multiplies both by "
        "its own weight from the left, then adds its own bias to b.",
        "For each further layer: `b = layer.weight @ b + layer.bias`, `W = layer.weight @ W`. "
        "In the end make an `nn.Linear` and copy W and b into it inside `torch.no_grad()`.",
    ),
)

Layers = list[tuple[torch.Tensor, torch.Tensor]]


def drawn_layers(rng: Draw, sizes: list[int]) -> Layers:
    """A weight and a bias for each layer."""
    return [rng.linear(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1)]


def stack(student: Student, layers: Layers) -> Remote:
    """These layers in a row, over there, with no activation between."""
    nn = student.torch.nn
    model: Remote = nn.Sequential(*[nn.Linear(weight.shape[1], weight.shape[0]) for weight, _ in layers])
    model.load_state_dict(state_of(layers))
    return model


def state_of(layers: Layers) -> dict[str, torch.Tensor]:
    """The layers' tensors by their names in an ``nn.Sequential``."""
    state: dict[str, torch.Tensor] = {}
    for i, (weight, bias) in enumerate(layers):
        state |= {f"{i}.weight": weight, f"{i}.bias": bias}
    return state


def one_layer(answer: Any) -> Remote:
    """The layer that came back."""
    single = isinstance(answer, Remote) and "torch.nn.modules.linear.Linear" in bases(answer)
    assert_true(single, "one nn.Linear was wanted", actual=kind_of(answer), expected=Wanted("an nn.Linear"))
    layer: Remote = answer
    return layer


def inputs(rng: Draw, count: int, n_in: int, scale: float = 1.0) -> torch.Tensor:
    """Samples; the last is all zeros, so that the outputs for it are the biases."""
    return torch.cat([rng.normal(count, n_in, scale=scale), torch.zeros(1, n_in)])


def assert_same_outputs(answer: Any, wanted: torch.Tensor) -> None:
    """Fail unless the outputs are the same.

    Mistakes are told apart by what the weight alone makes of the samples; where that is right, it is the bias.
    """
    try:
        assert_close(answer, wanted, "the outputs of the one layer")
    except CheckFailed as failed:
        if not isinstance(answer, torch.Tensor) or (answer.shape, answer.dtype) != (wanted.shape, wanted.dtype):
            raise
        weight, wanted_weight = answer - answer[-1], wanted - wanted[-1]
        if not torch.allclose(weight, wanted_weight, rtol=1e-3, atol=1e-4):
            failed.whole = weight, wanted_weight
        elif not torch.allclose(answer[-1], wanted[-1], rtol=1e-3, atol=1e-4):
            failed.whole = "the bias", "none"
        raise


@visible
@pytest.mark.points(0.5)
def test_square_layers(student: Student, reference: Student, rng: Draw) -> None:
    """three layers of three inputs and three outputs become one with the same outputs"""
    layers, x = drawn_layers(rng, [3, 3, 3, 3]), inputs(rng, 5, 3)
    answer = one_layer(student.collapse(stack(student, layers)))(x)
    assert_same_outputs(answer, reference.collapse(stack(reference, layers))(x))


@visible
@pytest.mark.points(0.5)
def test_notes(student: Student, reference: Student, rng: Draw) -> None:
    """11-64-32-16-1 without activations becomes one layer of 12 parameters with the same outputs"""
    layers, x = drawn_layers(rng, [11, 64, 32, 16, 1]), inputs(rng, 6, 11, scale=3.0)
    layer = one_layer(student.collapse(stack(student, layers)))
    count = sum(p.numel() for p in parameters(layer).values())
    assert_equal(count, 12, "the number of parameters is different")
    assert_same_outputs(layer(x), reference.collapse(stack(reference, layers))(x))


@pytest.mark.points(1)
def test_any_stack(student: Student, reference: Student, rng: Draw) -> None:
    """other stacks, a single layer too, have the same outputs as their one layer, and stay as they are; autograd too"""
    sizes = rng.sample(range(2, 9), 4)
    for layers in (drawn_layers(rng, sizes), drawn_layers(rng, sizes[:2])):
        x = inputs(rng, 5, sizes[0])
        model = stack(student, layers)
        answer = one_layer(student.collapse(model))(x)
        assert_same_outputs(answer, reference.collapse(stack(reference, layers))(x))
        assert_unchanged(state_of(layers), parameters(model), "the stack that was given")
    for in_eval_mode in (False, True):
        assert_leaves_state(student, student.collapse, stack(student, layers), in_eval_mode=in_eval_mode)
