"""Visible checks of ``freeze``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import numpy as np
import torch

from autograder.checks import Wanted, assert_equal, assert_true
from autograder.remote.proxy import Remote, Student, define, fetch, flags

# Whether a module or a parameter has an attribute that means a flag, and is none: `frozen`, `require_grad`.
LOOK_AT = """
def look_at(model):
    things = [*model.modules(), *model.parameters()]
    names = {name.lower() for thing in things for name in vars(thing)} - {"training"}
    return any(word in name for name in names for word in ("grad", "train", "freez", "froz"))
"""

Case = tuple[Remote, object, dict[str, bool], int]


def assert_frozen(student: Student, *cases: Case) -> None:
    """Fail unless in each case the right parameters are frozen, the right number came back, and the mode stayed.

    Args:
        cases: model, what came back for it, which parameters should be trainable, and how many numbers these are.
    """
    look_at = define(student, "look_at", LOOK_AT)
    seen = [(flags(model), bool(look_at(model)), bool(fetch(model.training))) for model, *_ in cases]
    found = [
        _frozen(trains) + ("; there is a new attribute, which no one reads" if invented else "")
        for trains, invented, _ in seen
    ]
    assert_true(
        [trains for trains, *_ in seen] == [trainable for *_, trainable, _ in cases],
        "other parameters are frozen than should be",
        actual=" | ".join(found),
        expected=Wanted(" | ".join(_frozen(trainable) for *_, trainable, _ in cases)),
    )
    for _, count, _, wanted in cases:
        whole = not isinstance(count, (float, np.floating))
        whole = whole and not (isinstance(count, torch.Tensor) and count.is_floating_point())
        words = "the number of trainable parameters is not a whole number"
        assert_true(whole, words, actual=count, expected=Wanted(f"the int {wanted}"))
        assert_equal(count, wanted, "the number of trainable parameters is different")
    training = all(mode for *_, mode in seen)
    words = "the model is no longer in train mode"
    assert_true(training, words, actual="eval mode", expected=Wanted("the mode it was in"))


def _frozen(trainable: dict[str, bool]) -> str:
    names = [name for name, trains in trainable.items() if not trains]
    return f"frozen: {', '.join(names) if names else 'nothing'}"


def test_two_of_three_layers(student: Student) -> None:
    """in a 4-4-4-1 network one linear layer is frozen with n = 1, two are with n = 2; 25 and 5 parameters train"""
    nn = student.torch.nn
    names = ("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias")
    cases: list[Case] = []
    for n, left in ((1, 25), (2, 5)):
        model = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 1))
        trainable = dict(zip(names, [False] * (2 * n) + [True] * (6 - 2 * n), strict=True))
        cases.append((model, student.freeze(model, n), trainable, left))
    assert_frozen(student, *cases)
