"""Saving what a model has learned, and putting it back into a fresh model."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
import torch

from autograder.checks import Wanted, assert_close, assert_refuses, assert_true
from autograder.checks.devices import assert_model_follows_device
from autograder.checks.left_behind import assert_autograd_stays_on
from autograder.checks.tolerances import device_in_use
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.protocol.wire import WorkFile
from autograder.remote.proxy import Remote, Student, buffers, define, parameters, transfer

QUESTION = Question(
    id="save",
    points=3,
    names=("save", "restore"),
    title="Saving and restoring a model",
    minutes=12,
    difficulty="medium",
    hints=(
        "A model's numbers live in its `state_dict()`: a dict of tensors, without any code.",
        "`torch.save` writes it, `torch.load` gives it back as a dict. What puts a dict into a model?",
        "`torch.save(…, path)` with what `model` says of its numbers, not with the model; and back by "
        "`torch.load(path, weights_only=…)`, whose dict one method of `model` takes over.",
    ),
    follows_device=True,
)

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


def work(x: torch.Tensor, save: Callable[..., Any], restore: Callable[..., Any], path: Any) -> Any:
    """Save one model and restore another; all that both hold."""

    def build() -> Any:
        return torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 2)).to(x.device)

    model, fresh = build(), build()
    save(model, path)
    restore(fresh, path)
    return [*model.parameters(), *model.buffers(), *fresh.parameters(), *fresh.buffers(), fresh(x)]


def shows(x: torch.Tensor, save: Callable[..., Any], restore: Callable[..., Any], path: Any) -> bool:
    """Whether anything that was saved is in the restored model: who does nothing leaves models where they are."""
    model, fresh = (torch.nn.Linear(3, 4).to(x.device) for _ in range(2))
    save(model, path)
    restore(fresh, path)
    pairs = zip(model.parameters(), fresh.parameters(), strict=False)
    return any(torch.allclose(a.detach().cpu(), b.detach().cpu(), atol=1e-2) for a, b in pairs)


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


@visible
@pytest.mark.points(0.5)
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


@visible
@pytest.mark.points(0.5)
def test_file_loads_with_weights_only(student: Student, rng: Draw) -> None:
    """the file holds data alone: torch.load(path, weights_only=True) reads it"""
    model = net(student, linear_states(rng, 3, 4, 2))
    student.save(model, WorkFile("plain.pt"))
    assert_data_alone(student, WorkFile("plain.pt"))


@visible
@pytest.mark.points(1)
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


@pytest.mark.points(0.5)
def test_buffers_come_back(student: Student, rng: Draw) -> None:
    """the running statistics of a BatchNorm layer are saved and restored too, from a file of data alone"""
    nn = student.torch.nn
    mean, var = rng.normal(4), rng.uniform(0.5, 2.0, 4)
    weight, bias = (value / 1.5 for value in rng.linear(3, 4))
    state = {
        "0.weight": weight, "0.bias": bias, "1.weight": rng.normal(4), "1.bias": rng.normal(4),
        "1.running_mean": mean, "1.running_var": var,
        "1.num_batches_tracked": torch.tensor(rng.integer(3, 90)),
    }  # fmt: skip
    model, fresh = (nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4)) for _ in range(2))
    model.load_state_dict(state)
    before = {name: value.cpu() for name, value in (parameters(fresh) | buffers(fresh)).items()}
    student.save(model, WorkFile("norm.pt"))
    assert_data_alone(student, WorkFile("norm.pt"))
    student.restore(fresh, WorkFile("norm.pt"))
    came = what_came_back(before, state, parameters(fresh) | buffers(fresh))
    assert_true(
        not came, "the fresh model has not all of the saved numbers, bit by bit", actual=came,
        expected=Wanted("all the saved numbers, as they were"),
    )  # fmt: skip


@pytest.mark.points(0.5)
def test_model_stays_on_its_device(student: Student, rng: Draw) -> None:
    """saving and restoring leave both models on the device where they are"""
    x = rng.normal(5, 3)
    both = student.save, student.restore
    back: bool = transfer(student, shows)(x, *both, WorkFile("here.pt"))
    wanted = Wanted("the saved numbers in the fresh model")
    assert_true(back, "nothing came back from the file", actual="nothing", expected=wanted)
    assert_model_follows_device(student, work, x, *both, WorkFile("there.pt"))
