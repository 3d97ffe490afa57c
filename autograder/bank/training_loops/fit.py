"""Training that stops in time, and keeps the weights of its best epoch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from autograder.checks import CheckFailed, Wanted, assert_close, assert_equal
from autograder.checks.kinds import article, kind_of
from autograder.checks.training import assert_losses_close
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student, transfer

QUESTION = Question(
    id="fit",
    points=3,
    names=("fit",),
    title="Stop in time, keep the best",
    minutes=20,
    difficulty="hard",
    hints=(
        "Two things are remembered from epoch to epoch: the lowest validation loss so far, and how many "
        "epochs ago that "
        "was.",
        "A new lowest loss sets the count to 0 and copies the state; any other epoch adds 1, and at "
        "`patience` the loop "
        "ends. `state_dict()` is no copy: it changes with the model.",
        "`best_state = {name: value.clone() for name, value in model.state_dict().items()}` where "
        "`val < best`; else `bad += 1`, and `if bad >= patience: break`.",
    ),
)


def run(fit: Callable[..., Any], train: list[float], val: list[float], epochs: int, patience: int) -> Any:
    """Run `fit` with losses from a script. Epoch e leaves e in every parameter, so the state tells its epoch."""
    model = nn.Linear(3, 2)
    done: list[str] = []

    def train_one() -> float:
        epoch = sum(what == "train" for what in done)
        if epoch >= len(train):
            raise RuntimeError("more epochs than asked for")
        done.append("train")
        with torch.no_grad():
            for p in model.parameters():
                p.fill_(epoch + 1.0)
        return train[epoch]

    def validate() -> float:
        epoch = max(0, sum(what == "train" for what in done) - 1)
        done.append("val")
        return val[epoch]

    answer = fit(model, train_one, validate, epochs, patience)
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        return None
    history, state = answer
    if not isinstance(state, dict) or not all(isinstance(value, torch.Tensor) for value in state.values()):
        return history, None, False, done
    before = {name: value.detach().clone() for name, value in state.items()}
    with torch.no_grad():
        for p in model.parameters():
            p.fill_(-7.0)
    follows = any(not torch.equal(before[name], state[name]) for name in before)
    return history, before, follows, done


VISIBLE = [0.9, 0.7, 0.75, 0.72, 0.6, 0.65, 0.6, 0.62, 0.61, 0.63, 0.5, 0.55, 0.52]
TRAIN = [1.0, 0.8, 0.85, 0.66, 0.55, 0.5, 0.44, 0.4, 0.36, 0.31, 0.27, 0.22, 0.18]


def assert_fitted(
    student: Student, reference: Student, train: list[float], val: list[float], epochs: int, patience: int
) -> None:
    """Fail unless the run has the right length and history, and the best epoch's state is a copy."""
    answer = transfer(student, run)(student.fit, train, val, epochs, patience)
    wanted = transfer(reference, run)(reference.fit, train, val, epochs, patience)
    if answer is None:
        words = "something else came back where history and best_state were wanted"
        raise CheckFailed(words, "no pair", Wanted("a pair: history, best_state"))
    history, state, follows, done = answer
    if not isinstance(history, dict):
        words = f"the history is {article(kind_of(history))}"
        raise CheckFailed(words, kind_of(history), Wanted("a dict with the keys 'train' and 'val'"))
    assert_equal(sorted(map(str, history)), ["train", "val"], "the keys of the history are different")
    epochs_done, epochs_wanted = done.count("train"), wanted[3].count("train")
    told = f"the number of epochs with patience {patience} is different"
    if epochs_done != epochs_wanted:
        best = None if state is None else {name: value.flatten()[0] for name, value in state.items()}
        raise CheckFailed(told, epochs_done, epochs_wanted, whole=([epochs_done, best], [epochs_wanted, None]))
    for part in ("train", "val"):
        assert_losses_close(history[part], wanted[0][part], f"the {part} losses in the history")
    if state is None:
        raise CheckFailed("best_state is no dict of tensors", "something else", Wanted("names and tensors"))
    if follows:
        words = "best_state changes when the model is trained on"
        raise CheckFailed(words, "the model's own tensors", Wanted("copies"))
    assert_close(state, wanted[1], "best_state")
    assert_equal(done, wanted[3], "train_one() and validate() are called in another order")


@visible
@pytest.mark.points(1.5)
def test_a_script(student: Student, reference: Student) -> None:
    """thirteen epochs at most, patience 3: when it stops, what the history holds, which state is the best"""
    assert_fitted(student, reference, TRAIN, VISIBLE, 13, 3)


@visible
@pytest.mark.points(0.5)
def test_no_stop(student: Student, reference: Student) -> None:
    """if the patience is never used up, all epochs are trained"""
    assert_fitted(student, reference, [1.0, 0.7, 0.6, 0.66, 0.65], [0.9, 0.8, 0.85, 0.7, 0.75], 5, 3)


@pytest.mark.points(1)
def test_other_scripts(student: Student, reference: Student, rng: Draw) -> None:
    """other losses, patience and numbers of epochs"""
    scale = rng.number(2, 5, 0.25)
    train = [scale * value for value in TRAIN]
    val = [scale * value + 0.125 for value in VISIBLE]
    for patience in rng.sample((2, 3, 4), 2):
        assert_fitted(student, reference, train, val, 13, patience)
    early = [scale * value for value in (0.3, 0.5, 0.4, 0.6, 0.35, 0.2, 0.1, 0.1, 0.1)]
    assert_fitted(student, reference, train[:9], early, 9, 4)
    assert_fitted(student, reference, train[:4], [scale * value for value in (0.5, 0.4, 0.45, 0.3)], 4, 1)
