"""Visible checks of ``save``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch

from autograder.checks import Wanted, assert_close, assert_refuses, assert_true
from autograder.checks.left_behind import assert_autograd_stays_on
from autograder.checks.tolerances import device_in_use
from autograder.judging.inputs import Draw
from autograder.protocol.wire import WorkFile
from autograder.remote.proxy import Remote, Student, define, parameters, transfer

ATTEMPT = """
def attempt(restore, model, path):
    before = [p.detach().clone() for p in model.parameters()]
    restore(model, path)
    same = all(torch.equal(old, p.detach()) for old, p in zip(before, model.parameters()))
    return "no number of the model changed" if same else "what did not fit was skipped"
"""


def look_at(path: Any) -> str:
    """What a file is, in words that are the same for every file that holds more than data."""
    try:
        torch.load(path, weights_only=True)
    except Exception as problem:
        missing = isinstance(problem, FileNotFoundError)
        return "there is no such file" if missing else "torch.load(path, weights_only=True) refuses the file"
    return ""


def linear_states(rng: Draw, *sizes: int) -> dict[str, torch.Tensor]:
    """The state of a ReLU network of these sizes."""
    state: dict[str, torch.Tensor] = {}
    for index, (n_in, n_out) in enumerate(pairwise(sizes)):
        weight, bias = rng.linear(n_in, n_out)
        weight, bias = weight / 1.5, bias / 1.5  # numbers that a shorter dtype cannot hold
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


def assert_data_alone(student: Student, path: WorkFile) -> None:
    """Fail unless ``torch.load(path, weights_only=True)`` reads the file."""
    found: str = transfer(student, look_at)(path)
    wanted = Wanted("a file that it reads")
    assert_true(not found, "the saved file is not one of data alone", actual=found, expected=wanted)


def what_came_back(
    before: dict[str, torch.Tensor], saved: dict[str, torch.Tensor], after: dict[str, torch.Tensor]
) -> str:
    """In words: which of the saved numbers are in the restored model? '' where all of them are."""
    back = [name for name in saved if name in after and torch.equal(after[name].cpu(), saved[name])]
    if len(back) == len(saved):
        return ""
    if all(name in after and torch.equal(after[name].cpu(), before[name]) for name in before):
        return "no number of the fresh model changed"
    if not back:
        return "other numbers than the saved ones"
    return f"only {', '.join(back)} came back as saved"


def test_fresh_model_answers_alike(student: Student, rng: Draw) -> None:
    """a fresh model, restored from the file, answers as the saved model did"""
    state = linear_states(rng, 3, 4, 2)
    start = linear_states(rng, 3, 4, 2)
    model, fresh = net(student, state), net(student, start)
    student.save(model, WorkFile("bread.pt"))
    assert_data_alone(student, WorkFile("bread.pt"))
    model.load_state_dict(linear_states(rng, 3, 4, 2))  # the file must not change with the model
    student.restore(fresh, WorkFile("bread.pt"))
    x = rng.normal(5, 3)
    came = what_came_back(start, state, parameters(fresh))
    assert_true(
        not came, "the fresh model has not all of the saved numbers", actual=came,
        expected=Wanted("all the saved numbers, as they were"),
    )  # fmt: skip
    assert_close(fresh(x), outputs(state, x), "the restored model's answers")
    for function in (student.save, student.restore):
        assert_autograd_stays_on(student, function, fresh, WorkFile("bread.pt"))


def test_file_loads_with_weights_only(student: Student, rng: Draw) -> None:
    """the file holds data alone: torch.load(path, weights_only=True) reads it"""
    model = net(student, linear_states(rng, 3, 4, 2))
    student.save(model, WorkFile("plain.pt"))
    assert_data_alone(student, WorkFile("plain.pt"))


def test_mismatch_raises(student: Student, rng: Draw) -> None:
    """restoring into a model of another shape raises an error"""
    student.save(net(student, linear_states(rng, 3, 4, 2)), WorkFile("three.pt"))
    attempt = define(student, "attempt", ATTEMPT)
    for what, sizes in {
        "a model with one more layer": (3, 4, 2, 5),
        "a model with one layer less": (3, 4),
        "a model with wider layers": (3, 6, 2),
    }.items():
        other = net(student, linear_states(rng, *sizes))
        assert_refuses(attempt, student.restore, other, WorkFile("three.pt"), what=what)
    student.save(net(student, linear_states(rng, 3, 1)), WorkFile("one.pt"))
    wider = net(student, linear_states(rng, 3, 2))  # one row would fill both, where sizes are not compared
    assert_refuses(attempt, student.restore, wider, WorkFile("one.pt"), what="a model with two outputs instead of one")
