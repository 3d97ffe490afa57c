"""Softmax regression on a line of points, in small batches, replayed from zeros."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_losses_close, assert_true
from autograder.checks.kinds import kind_of
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student

QUESTION = Question(
    id="fit_softmax",
    points=4,
    names=("fit_softmax",),
    title="Softmax regression in batches",
    minutes=20,
    difficulty="hard",
    hints=(
        "Three classes, three scores for each point. What does `nn.CrossEntropyLoss` want: scores or probabilities?",
        "An `nn.Linear(1, 3)` with zeros, one SGD. In each epoch go through the rows in slices of `batch`: clear, "
        "loss, backward, step. Add up loss · number of rows; at the end of the epoch divide by N and note the float.",
        "`for start in range(0, len(x), batch):`, `xb, yb = x[start:start + batch], y[start:start + batch]`, "
        "`loss = F.cross_entropy(model(xb), yb)`, ..., `total += loss.item() * len(yb)`; after the loop "
        "`losses.append(total / len(x))`.",
    ),
)

EACH_TIME = "another result each time"


def fitted(student: Student, *args: Any, **options: Any) -> tuple[Remote, Any]:
    """The model and the losses of an answer."""
    answer = student.fit_softmax(*args, **options)
    if not isinstance(answer, (list, tuple)) or len(answer) != 2:
        raise CheckFailed("two things were wanted, (model, losses)", answer, Wanted("a pair (model, losses)"))
    model, losses = answer
    words = f"{kind_of(model)} came back where a model was wanted"
    assert_true(isinstance(model, Remote), words, actual=kind_of(model), expected=Wanted("a model"))
    return model, losses


def assert_replays(student: Student, reference: Student, x: torch.Tensor, *args: Any, **options: Any) -> None:
    """Fail unless the losses and the scores of the model are those of the replay."""
    model, losses = fitted(student, x, *args, **options)
    replay, wanted = fitted(reference, x, *args, **options)
    try:
        assert_losses_close(losses, wanted)
        assert_close(model(x), replay(x), "the scores of the fitted model", rtol=1e-3, atol=1e-4)
    except CheckFailed as failed:
        _, again = fitted(student, x, *args, **options)
        if str(again) != str(losses):
            failed.whole = EACH_TIME, Wanted("the same result each time")
        raise


def draw_points(rng: Draw, rows: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Points on a line with three classes that overlap a little, in random order, as (N, 1) and (N,)."""
    x = torch.linspace(-2.5, 2.5, rows)[rng.permutation(rows)] + rng.uniform(-0.2, 0.2, rows)
    y = (x > -0.8).long() + (x > 0.9).long()
    y[rows // 2] = (y[rows // 2] + 1) % 3
    return x.reshape(-1, 1), y


@visible
@pytest.mark.points(0.5)
def test_starts_at_zero(student: Student, rng: Draw) -> None:
    """with epochs=0 the model gives three scores of 0 for every point, and the list is empty"""
    x, y = draw_points(rng, 6)
    model, losses = fitted(student, x, y, epochs=0)
    scores = model(x)
    try:
        assert_close(scores, torch.zeros(6, 3), "the scores at the start")
    except CheckFailed as failed:
        if getattr(scores, "shape", None) == (6, 3):
            failed.whole = "a start that is not zero", Wanted("zeros")
        raise
    assert_losses_close(losses, [])


@visible
@pytest.mark.points(1.5)
def test_four_epochs(student: Student, reference: Student, rng: Draw) -> None:
    """four epochs of 13 points in batches of 5: each epoch's loss is the mean over its samples, before each step"""
    x, y = draw_points(rng, 13)
    assert_replays(student, reference, x, y, epochs=4, lr=0.5, batch=5)


@pytest.mark.points(1.25)
def test_other_batches(student: Student, reference: Student, rng: Draw) -> None:
    """other numbers of points, epochs, rates and batch sizes, also one batch for all"""
    rows, batch = rng.sample([10, 11, 14], 1)[0], rng.choice([3, 4])
    x, y = draw_points(rng, rows)
    assert_replays(student, reference, x, y, epochs=rng.integer(3, 5), lr=rng.number(0.3, 0.6), batch=batch)
    assert_replays(student, reference, x, y, epochs=3, lr=rng.number(0.3, 0.6), batch=50)
    assert_replays(student, reference, *draw_points(rng, 22), epochs=2, lr=rng.number(0.3, 0.6), batch=4)


@pytest.mark.points(0.75)
def test_defaults(student: Student, reference: Student, rng: Draw) -> None:
    """without further arguments it runs 300 epochs at lr 0.01 in batches of 5"""
    x, y = draw_points(rng, 7)
    assert_replays(student, reference, x, y, epochs=2)
    order = torch.tensor([int((y == k).nonzero()[0]) for k in range(3) if bool((y == k).any())])
    assert_replays(student, reference, x[order], y[order])
