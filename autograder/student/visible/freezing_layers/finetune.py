"""Visible checks of ``finetune``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from itertools import pairwise

import torch

from autograder.checks import Wanted, assert_true
from autograder.checks.tolerances import device_in_use
from autograder.draw import Draw
from autograder.session.proxy import Remote, Student, assign, define, fetch, keep, parameters

NAMES = ("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias")

BODY = NAMES[:4]

# A tanh that counts the batches that go through it with a graph; its `made` is that number.
COUNTER = """
class Counter(nn.Tanh):
    made = 0
    def forward(self, x):
        self.made += torch.is_grad_enabled()
        return super().forward(x)
"""

# Trains, and tells in words the errors of an optimiser or a loss that has nothing to learn.
RUN = """
def run(finetune, model, loader, lr, epochs):
    try:
        finetune(model, loader, lr, epochs)
    except (RuntimeError, ValueError) as problem:
        if "empty parameter list" in str(problem):
            return "nothing that may learn was given to the optimiser"
        if "does not require grad" not in str(problem):
            raise
        if not any(p.requires_grad for p in model.parameters()):
            return "nothing that may learn was given to the optimiser"
        return "the loss has no graph"
    return ""
"""


def put_model(student: Student, rng: Draw, n_out: int) -> tuple[Remote, dict[str, torch.Tensor]]:
    """A 3-8-6-n_out tanh network over there, and its values."""
    nn = student.torch.nn
    sizes = (3, 8, 6, n_out)
    values: dict[str, torch.Tensor] = {}
    for index, (n_in, out) in enumerate(pairwise(sizes)):
        values[NAMES[2 * index]], values[NAMES[2 * index + 1]] = rng.linear(n_in, out)
    counter = define(student, "Counter", COUNTER)()
    model = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 6), counter, nn.Linear(6, n_out))
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


def cross_entropies(
    before: dict[str, torch.Tensor], after: dict[str, torch.Tensor], x: torch.Tensor, y: torch.Tensor
) -> tuple[float, float]:
    """The cross-entropy before and after."""
    first, last = (float(torch.nn.functional.cross_entropy(answers(state, x), y)) for state in (before, after))
    return first, last


def loader(student: Student, x: torch.Tensor, y: torch.Tensor, batch_size: int = 4) -> Remote:
    """Batches over there, in order."""
    data = student.torch.utils.data
    pairs = data.TensorDataset(keep(student, x), keep(student, y))
    made: Remote = data.DataLoader(pairs, batch_size=batch_size)
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


def trained(
    student: Student,
    model: Remote,
    batches: Remote,
    lr: float,
    epochs: int,
    before: dict[str, torch.Tensor],
    old: dict[str, torch.Tensor],
    frozen: tuple[str, ...],
    count: int,
) -> dict[str, torch.Tensor]:
    """The values after training; fails unless exactly the free tensors moved, in as many batches as there were.

    Args:
        old: gradients that were left on tensors; ``count``: how many batches there are in one epoch.
    """
    ended: str = define(student, "run", RUN)(student.finetune, model, batches, lr, epochs)
    after = parameters(model)
    made: int = fetch(model[3].made)
    seen = {name: how_moved(before[name], after[name], old.get(name)) for name in frozen}
    idle = [name for name in before if name not in frozen and torch.equal(before[name], after[name])]
    if not ended and len(idle) == len(before) - len(frozen) and "moved along its old gradient" in seen.values():
        ended = "nothing that may learn was given to the optimiser"
    assert_true(not ended, "nothing was trained", actual=ended, expected=Wanted("the tensors that may learn move"))
    ways = sorted(set(seen.values()))
    words = ways[0] if len(ways) == 1 else ", ".join(f"{name} {way}" for name, way in seen.items())
    assert_true(
        ways == ["stayed"], "a frozen tensor changed", actual=f"frozen tensors: {words}",
        expected=Wanted("they stay the same to the last bit"),
    )  # fmt: skip
    assert_true(
        not idle, "a tensor that may learn did not move", actual=f"{', '.join(idle)} stayed the same",
        expected=Wanted("every tensor that is not frozen moves"),
    )  # fmt: skip
    assert_true(
        made >= epochs * count, "the model was not trained on every batch of every epoch",
        actual=f"{made} batches", expected=Wanted(f"{epochs} epochs of {count}"),
    )  # fmt: skip
    return after


def assert_fell(first: float, last: float, part: float, what: str) -> None:
    """Fail unless the loss fell below ``part`` of what it was."""
    assert_true(
        last < part * first, f"the {what} did not go down, or too little", actual=round(last / first, 1),
        expected=Wanted(f"less than {part:g} times the loss before"),
    )  # fmt: skip


def test_frozen_tensors_stay(student: Student, rng: Draw) -> None:
    """frozen tensors stay the same to the last bit, even if an old gradient was left on them"""
    model, before = put_model(student, rng, 2)
    x, y = rng.normal(12, 3), rng.normal(12, 2)
    old = {name: rng.normal(*before[name].shape).sign() for name in BODY}
    for name in BODY:
        parameter = tensor_over_there(model, name)
        parameter.requires_grad_(False)
        assign(parameter, "grad", old[name])
    trained(student, model, loader(student, x, y), 0.1, 3, before, old, BODY, 3)


def test_head_learns_classes(student: Student, rng: Draw) -> None:
    """with integer targets the head changes and the cross-entropy goes down"""
    model, before = put_model(student, rng, 3)
    x = rng.normal(24, 3)
    y = (features(before, x) @ rng.normal(6, 3)).argmax(dim=1)
    for name in BODY:
        tensor_over_there(model, name).requires_grad_(False)
    after = trained(student, model, loader(student, x, y), 0.05, 8, before, {}, BODY, 6)
    first, last = cross_entropies(before, after, x, y)
    assert_fell(first, last, 1.0, "cross-entropy")
