"""Building a network from its sizes: an activation between the layers, and none after the last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from autograder.checks import assert_close, assert_equal, assert_true
from autograder.checks.devices import assert_model_follows_device
from autograder.checks.failed import CheckFailed, Wanted
from autograder.checks.kinds import kind_of
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, define, modules, parameters, transfer

QUESTION = Question(
    id="build_mlp",
    points=2,
    names=("build_mlp",),
    title="Build a network from its sizes",
    minutes=8,
    difficulty="medium",
    hints=(
        "Each pair of neighbouring sizes is a layer. After which layers does an activation come, after which not?",
        "Collect the modules in a list: a linear layer for each pair, a new `act()` after each but the last. "
        "Then hand them to `nn.Sequential`, which registers their parameters.",
        "`layers.append(nn.Linear(n_in, n_out))`; if it is not the last, `layers.append(act())`; "
        "`return nn.Sequential(*layers)`.",
    ),
    follows_device=True,
)

# Runs the model where the input is; a model is made on the CPU.
RUN = """
def run(model, x):
    return model.to(x.device)(x)
"""


def build_and_run(x: torch.Tensor, build_mlp: Callable[..., Any], sizes: list[int]) -> Any:
    """The output of the student's network on the device of the input."""
    model = build_mlp(list(sizes))
    model(torch.zeros(1, sizes[0], device="cpu"))  # lazy layers get their sizes
    return model.to(x.device)(x)


def unlisted(model: nn.Module, n_in: int) -> tuple[int, bool]:
    """How many numbers the model computes with that it does not list, and whether they are made anew in each pass."""
    first, second = found_in(model, n_in), found_in(model, n_in)
    anew = bool(first) and not {id(leaf) for leaf in first} & {id(leaf) for leaf in second}
    return sum(leaf.numel() for leaf in first), anew


def found_in(model: nn.Module, n_in: int) -> list[torch.Tensor]:
    """The leaves in the graph of the model's output that are none of its parameters."""
    place = next(model.parameters(), torch.zeros(1)).device
    outputs = model(torch.zeros(1, n_in, device=place))
    todo: list[Any] = [getattr(outputs, "grad_fn", None)]
    seen: set[Any] = set()
    found: dict[int, torch.Tensor] = {}
    listed = {id(p) for p in model.parameters()}
    while todo:
        step = todo.pop()
        if step is not None and step not in seen:
            seen.add(step)
            todo += [before for before, _ in step.next_functions]
            leaf = getattr(step, "variable", None)
            if leaf is not None and id(leaf) not in listed:
                found[id(leaf)] = leaf
    return list(found.values())


# Layers that tutorials add; each would change the outputs, and a BatchNorm refuses a single row while it is trained.
NOT_ASKED = ("BatchNorm", "Dropout", "LayerNorm", "Softmax", "LogSoftmax")

Layers = list[tuple[torch.Tensor, torch.Tensor]]


def built(answer: Any) -> Remote:
    """The model that came back."""
    words = "a model was wanted: an nn.Module"
    assert_true(isinstance(answer, Remote), words, actual=kind_of(answer), expected=Wanted("an nn.Module"))
    model: Remote = answer
    extra = next((kind for _, kind in modules(model) if kind.startswith(NOT_ASKED)), "")
    words = f"there is a layer that nobody asked for: {extra}"
    assert_true(not extra, words, actual=extra, expected=Wanted("linear layers with `act` between them"))
    return model


def assert_all_listed(side: Student, model: Remote, n_in: int) -> None:
    """Fail, in one way whatever they are, if the model computes with numbers that it does not list."""
    hidden, anew = transfer(side, unlisted, found_in)(model, n_in)
    if hidden:
        words = "there are numbers in the network that model.parameters() does not list"
        raise CheckFailed(words, hidden, 0, whole=("some, made anew in each pass" if anew else "some", "none"))


def answers_of(side: Student, model: Remote, x: torch.Tensor, layers: Layers) -> tuple[int, Any]:
    """How many parameters the model has, and what it answers with these weights and biases.

    Which tensor is which is told by the shapes, all different, so the model may be written in any way.
    """
    assert_all_listed(side, model, x.shape[1])  # and lazy layers get their sizes
    values = parameters(model)
    known: dict[tuple[int, ...], torch.Tensor] = {}
    for weight, bias in layers:
        known |= {tuple(weight.T.shape): weight.T, tuple(weight.shape): weight, tuple(bias.shape): bias}
    if all(tuple(value.shape) in known for value in values.values()) and len(values) == 2 * len(layers):
        model.load_state_dict({name: known[tuple(value.shape)] for name, value in values.items()}, False)
    return sum(value.numel() for value in values.values()), define(side, "run", RUN)(model, x)


def drawn_layers(rng: Draw, sizes: list[int]) -> Layers:
    """Weights and biases; the last bias pulls the outputs to both sides of zero."""
    layers = [rng.linear(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1)]
    weight, bias = layers[-1]
    return [*layers[:-1], (weight, bias + torch.tensor([-1.0, 1.0]).repeat(len(bias))[: len(bias)])]


@visible
@pytest.mark.points(1)
def test_layers_and_activations(student: Student, reference: Student, rng: Draw) -> None:
    """the network has as many parameters as its sizes say, and ReLU between its layers only"""
    sizes = rng.sample(range(3, 10), 4)
    x, layers = rng.normal(7, sizes[0], scale=2.0), drawn_layers(rng, sizes)
    count, answer = answers_of(student, built(student.build_mlp(sizes)), x, layers)
    wanted_count, wanted = answers_of(reference, built(reference.build_mlp(sizes)), x, layers)
    assert_equal(count, wanted_count, "the number of parameters is different")
    assert_close(answer, wanted, "the outputs with given weights")


@visible
@pytest.mark.points(0.5)
def test_any_activation(student: Student, reference: Student, rng: Draw) -> None:
    """another activation, a single layer, and an activation with its own parameter, fresh for each layer"""
    sizes = rng.sample(range(3, 10), 5)
    tanh = []
    x, layers = rng.normal(6, sizes[0], scale=2.0), drawn_layers(rng, sizes)
    for side in (student, reference):
        tanh.append(answers_of(side, built(side.build_mlp(sizes, act=side.torch.nn.Tanh)), x, layers))
    assert_equal(tanh[0][0], tanh[1][0], "the number of parameters is different")
    assert_close(tanh[0][1], tanh[1][1], "the outputs with given weights and Tanh")
    alone = []
    x, layers = rng.normal(6, sizes[0]), drawn_layers(rng, sizes[:2])
    for side in (student, reference):
        alone.append(answers_of(side, built(side.build_mlp(sizes[:2])), x, layers))
    assert_close(alone[0][1], alone[1][1], "the outputs of a single layer")
    counts = []
    for side in (student, reference):
        model = built(side.build_mlp(sizes, side.torch.nn.PReLU))
        assert_all_listed(side, model, sizes[0])  # and lazy layers get their sizes
        counts.append(sum(value.numel() for value in parameters(model).values()))
    assert_equal(counts[0], counts[1], "the number of parameters with PReLU is different")


@pytest.mark.points(0.5)
def test_moves_to_a_device(student: Student, rng: Draw) -> None:
    """after model.to(device) the whole network computes on that device"""
    sizes = rng.sample(range(3, 10), 4)
    assert_model_follows_device(student, build_and_run, rng.normal(5, sizes[0]), student.build_mlp, sizes)
