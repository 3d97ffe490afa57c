"""Training what is not frozen, while what is frozen stays as it is to the last bit."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch

from autograder.bank.question import Question, visible
from autograder.checks import assert_true
from autograder.checks.model_devices import assert_model_follows_device
from autograder.checks.tolerances import device_in_use
from autograder.draw import Draw
from autograder.session.proxy import Remote, Student, assign, keep, parameters

QUESTION = Question(
    id="finetune",
    points=3,
    names=("finetune",),
    title="Fine-tuning a partly frozen model",
    hints=(
        "It is the training loop you know. Which parameters should the optimiser know about?",
        "Give the optimiser only the parameters with `requires_grad`: then neither an old gradient nor "
        "weight decay can move the others.",
        "`opt = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)`; for each batch "
        "`opt.zero_grad()`, loss, `loss.backward()`, `opt.step()`; the loss is the cross-entropy unless "
        "`y.is_floating_point()`.",
    ),
    follows_device=True,
)

NAMES = ("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias")
BODY = NAMES[:4]

WORK = """
def work(x, y, finetune):
    model = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 2)).to(x.device)
    model[0].requires_grad_(False)
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4)
    finetune(model, data, 0.05, 2)
    return [*model.parameters(), model(x)]
"""


def put_model(student: Student, rng: Draw, n_out: int) -> tuple[Remote, dict[str, torch.Tensor]]:
    """A 3-8-6-n_out tanh network over there, and its values."""
    nn = student.torch.nn
    sizes = (3, 8, 6, n_out)
    values: dict[str, torch.Tensor] = {}
    for index, (n_in, out) in enumerate(pairwise(sizes)):
        values[NAMES[2 * index]], values[NAMES[2 * index + 1]] = rng.linear(n_in, out)
    model = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 6), nn.Tanh(), nn.Linear(6, n_out))
    model.to(device_in_use.get())
    model.load_state_dict(values)
    return model, values


def tensor_over_there(model: Remote, name: str) -> Remote:
    """The parameter of that name, where it is."""
    place, _, part = name.partition(".")
    parameter: Remote = getattr(model[int(place)], part)
    return parameter


def features(values: dict[str, torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """What the body of the network makes of ``x``."""
    hidden = torch.tanh(x @ values["0.weight"].T + values["0.bias"])
    return torch.tanh(hidden @ values["2.weight"].T + values["2.bias"])


def answers(values: dict[str, torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """What the whole network answers."""
    return features(values, x) @ values["4.weight"].T + values["4.bias"]


def loader(student: Student, x: torch.Tensor, y: torch.Tensor) -> Remote:
    """Batches of 4 over there, in order."""
    data = student.torch.utils.data
    made: Remote = data.DataLoader(data.TensorDataset(keep(student, x), keep(student, y)), batch_size=4)
    return made


def how_moved(before: torch.Tensor, after: torch.Tensor, old_gradient: torch.Tensor | None) -> str:
    """In words: did the tensor stay, shrink, or follow an old gradient?"""
    if torch.equal(before, after):
        return "stayed"
    moved = (after - before).flatten().double()

    def along(direction: torch.Tensor) -> bool:
        return bool(torch.cosine_similarity(moved, direction.flatten().double(), dim=0) > 0.99)

    if along(-before):
        return "shrank towards 0"
    if old_gradient is not None and along(-old_gradient):
        return "moved along its old gradient"
    return "moved"


def assert_only_these_moved(
    before: dict[str, torch.Tensor],
    after: dict[str, torch.Tensor],
    frozen: tuple[str, ...],
    old: dict[str, torch.Tensor],
) -> None:
    """Fail unless the frozen tensors are bit for bit as before, and all others are not."""
    seen = {name: how_moved(before[name], after[name], old.get(name)) for name in frozen}
    assert_true(
        set(seen.values()) == {"stayed"},
        "a frozen tensor changed",
        actual=seen,
        expected=dict.fromkeys(frozen, "stayed"),
    )
    idle = [name for name in before if name not in frozen and torch.equal(before[name], after[name])]
    assert_true(not idle, "a tensor that may learn did not move", actual=idle, expected=[])


@visible
@pytest.mark.points(1)
def test_frozen_tensors_stay(student: Student, rng: Draw) -> None:
    """frozen tensors stay the same to the last bit, even if an old gradient was left on them"""
    model, before = put_model(student, rng, 2)
    x, y = rng.normal(12, 3), rng.normal(12, 2)
    old = {name: rng.normal(*before[name].shape).sign() for name in BODY}
    for name in BODY:
        parameter = tensor_over_there(model, name)
        parameter.requires_grad_(False)
        assign(parameter, "grad", old[name])
    student.finetune(model, loader(student, x, y), 0.1, 3)
    assert_only_these_moved(before, parameters(model), BODY, old)


@visible
@pytest.mark.points(0.5)
def test_head_learns_classes(student: Student, rng: Draw) -> None:
    """with integer targets the head changes and the cross-entropy goes down"""
    model, before = put_model(student, rng, 3)
    x = rng.normal(24, 3)
    y = (features(before, x) @ rng.normal(6, 3)).argmax(dim=1)
    for name in BODY:
        tensor_over_there(model, name).requires_grad_(False)
    student.finetune(model, loader(student, x, y), 0.05, 8)
    after = parameters(model)
    assert_only_these_moved(before, after, BODY, {})
    first, last = (
        float(torch.nn.functional.cross_entropy(answers(state, x), y)) for state in (before, after)
    )
    assert_true(
        last < first,
        "the cross-entropy did not go down",
        actual=round(last / first, 1),
        expected="less than before",
    )


@pytest.mark.points(1)
def test_any_tensors_may_be_frozen(student: Student, rng: Draw) -> None:
    """with float targets, and other tensors frozen, the rest learns and the squared error goes down"""
    model, before = put_model(student, rng, 2)
    x = rng.normal(23, 3)
    y = features(before, x) @ rng.normal(6, 2) + 0.5
    frozen = rng.choice((("0.weight", "2.bias"), ("2.weight", "2.bias"), ("0.bias", "2.weight")))
    old = {name: rng.normal(*before[name].shape).sign() for name in frozen}
    for name in frozen:
        tensor_over_there(model, name).requires_grad_(False)
        assign(tensor_over_there(model, name), "grad", old[name])
    student.finetune(model, loader(student, x, y), 0.02, 8)
    after = parameters(model)
    assert_only_these_moved(before, after, frozen, old)
    first, last = (float((answers(state, x) - y).square().mean()) for state in (before, after))
    assert_true(
        last < first,
        "the squared error did not go down",
        actual=round(last / first, 1),
        expected="less than before",
    )


@pytest.mark.points(0.5)
def test_model_stays_on_its_device(student: Student, rng: Draw) -> None:
    """training leaves the model on the device where it and the batches are"""
    assert_model_follows_device(student, WORK, rng.normal(12, 3), rng.integers(0, 1, 12), student.finetune)
