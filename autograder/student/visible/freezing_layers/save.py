"""Visible checks of ``save``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from itertools import pairwise

import torch

from autograder.checks import assert_close
from autograder.checks.tolerances import device_in_use
from autograder.draw import Draw
from autograder.session.codec import WorkFile
from autograder.session.proxy import Remote, Student, call


def linear_states(rng: Draw, *sizes: int) -> dict[str, torch.Tensor]:
    """The state of a ReLU network of these sizes."""
    state: dict[str, torch.Tensor] = {}
    for index, (n_in, n_out) in enumerate(pairwise(sizes)):
        weight, bias = rng.linear(n_in, n_out)
        state |= {f"{2 * index}.weight": weight, f"{2 * index}.bias": bias}
    return state


def net(student: Student, state: dict[str, torch.Tensor]) -> Remote:
    """The ReLU network over there that has this state."""
    nn = student.torch.nn
    weights = [value for name, value in state.items() if name.endswith("weight")]
    layers = [layer for w in weights for layer in (nn.Linear(w.shape[1], w.shape[0]), nn.ReLU())]
    model: Remote = nn.Sequential(*layers[:-1])
    model.to(device_in_use.get())
    model.load_state_dict(state)
    return model


def outputs(state: dict[str, torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """What a 3-4-2 ReLU network of this state answers."""
    hidden = torch.relu(x @ state["0.weight"].T + state["0.bias"])
    return hidden @ state["2.weight"].T + state["2.bias"]


def test_fresh_model_answers_alike(student: Student, rng: Draw) -> None:
    """a fresh model, restored from the file, answers as the saved model did"""
    state = linear_states(rng, 3, 4, 2)
    model, fresh = net(student, state), net(student, linear_states(rng, 3, 4, 2))
    student.save(model, WorkFile("bread.pt"))
    model.load_state_dict(linear_states(rng, 3, 4, 2))  # the file must not change with the model
    student.restore(fresh, WorkFile("bread.pt"))
    x = rng.normal(5, 3)
    assert_close(fresh(x), outputs(state, x), "the restored model's answers")


def test_file_loads_with_weights_only(student: Student, rng: Draw) -> None:
    """the file holds data alone: torch.load(path, weights_only=True) reads it"""
    model = net(student, linear_states(rng, 3, 4, 2))
    student.save(model, WorkFile("plain.pt"))
    call(student.torch.load, WorkFile("plain.pt"), weights_only=True, keep=True)
