"""Visible checks of ``replace_head``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from autograder.checks import Wanted, assert_close, assert_true, assert_unchanged
from autograder.checks.kinds import kind_of
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, flags, parameters, transfer


class Named(nn.Module):
    """Layers under names of their own; the last one is no nn.Sequential's."""

    def __init__(self, a: int, b: int, c: int, d: int) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Linear(a, b), nn.ReLU(), nn.Linear(b, c))
        self.head = nn.Linear(c, d)

    def forward(self, x: torch.Tensor) -> Any:
        return self.head(torch.relu(self.body(x)))


class Behind(nn.Module):
    """A head with a norm without tensors behind it in the list of modules, and before it in the calls."""

    def __init__(self, a: int, b: int, c: int, d: int) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Linear(a, b), nn.ReLU(), nn.Linear(b, c))
        self.head = nn.Linear(c, d)
        self.norm = nn.LayerNorm(c, elementwise_affine=False)

    def forward(self, x: torch.Tensor) -> Any:
        return self.head(self.norm(torch.relu(self.body(x))))


def body_state(rng: Draw, a: int, b: int, c: int, prefix: str = "") -> dict[str, torch.Tensor]:
    """Weights and biases of a body a–b–c."""
    first, second = rng.linear(a, b), rng.linear(b, c)
    names = ("0.weight", "0.bias", "2.weight", "2.bias")
    return {prefix + name: value for name, value in zip(names, (*first, *second), strict=True)}


def assert_new_head(
    new: Any,
    old: list[torch.Tensor],
    head: torch.Tensor,
    trains: list[bool],
    n_out: int,
    x: torch.Tensor,
    *,
    normed: bool = False,
) -> None:
    """Fail unless the returned model has the old body and a fresh trainable head that its answers go through.

    Args:
        old: the body's four tensors as they were; ``trains``: their flags; the head follows them.
        head: the weight of the old head, of which nothing may be in the new one.
        normed: whether the head takes normed features.
    """
    back = isinstance(new, Remote)
    assert_true(back, "the model did not come back", actual=kind_of(new), expected=Wanted("the model"))
    values = list(parameters(new).values())
    assert_true(
        len(values) == 6,
        "the model has another number of tensors than before",
        actual=f"{len(values)} tensors",
        expected=Wanted("6 tensors, the last two of them the head's"),
    )
    weight, bias = values[4:]
    assert_true(
        (weight.shape[0], bias.shape[0]) == (n_out, n_out),
        "the head has another number of outputs",
        actual=f"{weight.shape[0]} outputs",
        expected=Wanted(f"{n_out} outputs"),
    )
    right_inputs = weight.shape[1] == old[2].shape[0]
    assert_true(
        right_inputs, "the head takes another number of inputs than the old one did",
        actual="another number", expected=Wanted("the old head's in_features"),
    )  # fmt: skip
    assert_unchanged(old, values[:4], "the body")
    kept = any(torch.equal(row, before) for row in weight.detach().cpu() for before in head)
    assert_true(
        not kept, "the new head holds rows of the old one", actual="weights of the old head",
        expected=Wanted("a fresh layer"),
    )  # fmt: skip
    asks = list(flags(new).values())
    words = "the new head is not trainable"
    assert_true(asks[4:] == [True, True], words, actual="frozen", expected=Wanted("both its tensors trainable"))
    assert_true(
        asks[:4] == trains,
        "what was frozen in the body is not so any more, or the other way round",
        actual=f"{sum(asks[:4])} of the body's 4 tensors trainable",
        expected=Wanted(f"{sum(trains)} of them trainable, as before"),
    )
    hidden = torch.relu(torch.relu(x @ old[0].T + old[1]) @ old[2].T + old[3])
    if normed:
        hidden = torch.nn.functional.layer_norm(hidden, hidden.shape[1:])
    assert_close(new(x), hidden @ weight.detach().T + bias.detach(), "the answers of the model with its new head")


# The head takes neither the most inputs nor the fewest: no other layer's number will do.
def test_last_layer_of_a_sequential(student: Student, rng: Draw) -> None:
    """the last layer of a Sequential is replaced: right sizes, trainable, and the frozen body is untouched"""
    nn = student.torch.nn
    for inputs in (6, 8):  # of the head: one number that fits one of the two does not fit the other
        state = body_state(rng, 4, 9, inputs)
        model = nn.Sequential(nn.Linear(4, 9), nn.ReLU(), nn.Linear(9, inputs), nn.ReLU(), nn.Linear(inputs, 3))
        head = rng.linear(inputs, 3)
        model.load_state_dict(state | {"4.weight": head[0], "4.bias": head[1]})
        model.requires_grad_(False)
        new = student.replace_head(model, 5)
        assert_new_head(new, list(state.values()), head[0], [False] * 4, 5, rng.normal(7, 4))


def test_named_head(student: Student, rng: Draw) -> None:
    """a head that is an attribute is replaced too, for any sizes, wherever it is listed, and the body's flags stay"""
    sizes = rng.sample((2, 3, 5, 7, 9, 11, 13), 5)
    for kind, normed in ((transfer(student, Named), False), (transfer(student, Behind), True)):
        (a, c, b), (d, n_out) = sorted(sizes[:3]), sizes[3:]
        state = body_state(rng, a, b, c, "body.")
        model = kind(a, b, c, d)
        head = rng.linear(c, d)
        model.load_state_dict(state | {"head.weight": head[0], "head.bias": head[1]})
        model.body[0].requires_grad_(False)
        model.head.requires_grad_(False)
        new = student.replace_head(model, n_out)
        trains = [False, False, True, True]
        x = rng.normal(6, a)
        assert_new_head(new, list(state.values()), head[0], trains, n_out, x, normed=normed)
        sizes = [size + 1 for size in sizes]  # no number fits both models
