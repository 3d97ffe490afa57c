"""Visible checks of ``finetune``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from itertools import pairwise

import torch

from autograder.checks import assert_true
from autograder.checks.tolerances import device_in_use
from autograder.draw import Draw
from autograder.session.proxy import Remote, Student, assign, keep, parameters

NAMES = ("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias")

BODY = NAMES[:4]


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
    first, last = (float(torch.nn.functional.cross_entropy(answers(state, x), y)) for state in (before, after))
    assert_true(
        last < first,
        "the cross-entropy did not go down",
        actual=round(last / first, 1),
        expected="less than before",
    )
