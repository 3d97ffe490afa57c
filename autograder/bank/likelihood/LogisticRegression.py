"""Logistic regression as a module: scores, probabilities and labels that belong together."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_true
from autograder.checks.devices import assert_model_follows_device
from autograder.checks.numbers import as_tensor
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, keep, parameters

QUESTION = Question(
    id="LogisticRegression",
    points=3,
    names=("LogisticRegression",),
    title="Logistic regression as a module",
    minutes=15,
    difficulty="medium",
    hints=(
        "Three answers to one question: how strong, how probable, yes or no. Which is made from which?",
        "`forward` is a single linear layer with one output. `proba` puts a sigmoid on it, `predict` compares: "
        "a probability above 0.5 is a score above 0.",
        "One `nn.Linear(n_features, …)` in `__init__`; `forward` returns what it gives, `proba` bends that, "
        "and `predict` compares: the score with 0, or the probability with 0.5. Which of > and >= is it?",
    ),
    follows_device=True,
)

Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]  # weights, bias, points


def moved(x: torch.Tensor, model: Any) -> list[Any]:
    """All that the model says on the device of the input."""
    model.to(x.device)
    return [model(x), model.proba(x), model.predict(x)]


def draw_batch(rng: Draw, rows: int, features: int) -> Batch:
    """Weights and points with scores of both signs, some of them between 0 and 0.5."""
    while True:
        w, b, x = rng.normal(features), rng.normal(1), rng.normal(rows, features)
        z = x @ w + b
        both = bool((z > 0.7).any() and (z < -0.3).any() and ((z > 0.1) & (z < 0.4)).any())
        if both and bool((z.abs() > 0.02).all() and z.abs().max() < 6):
            return w, b, x


def with_weights(side: Student, w: torch.Tensor, b: torch.Tensor) -> Remote:
    """A new LogisticRegression over there with these weights, where the inputs are put."""
    model = side.LogisticRegression(len(w))
    if not isinstance(model, Remote):
        raise CheckFailed("LogisticRegression(n_features) is no module", model, Wanted("an nn.Module"))
    own = parameters(model)
    total, wanted = sum(value.numel() for value in own.values()), len(w) + 1
    if total != wanted:
        raise CheckFailed(f"{total} parameters were found", total, wanted)
    placed: Remote = model.to(keep(side, w))
    if sorted(value.numel() for value in own.values()) == [1, len(w)]:
        load(placed, own, {name: b if value.numel() == 1 else w for name, value in own.items()})
    else:
        fill_by_answers(placed, own, w, b)
    return placed


def load(model: Remote, own: dict[str, torch.Tensor], values: dict[str, torch.Tensor]) -> None:
    """Give the model's parameters these values, in their own shapes."""
    model.load_state_dict({name: values[name].reshape(value.shape) for name, value in own.items()}, False)


def fill_by_answers(model: Remote, own: dict[str, torch.Tensor], w: torch.Tensor, b: torch.Tensor) -> None:
    """Fill parameters that are laid out otherwise, all in one tensor say: which number is which, the scores tell.

    The numbers 1, 2, 3, ... stand in the parameters; the score of a row of zeros is then the bias' number, and that of
    a row with a single 1 is more by the number of that feature's weight.
    """
    sizes = [value.numel() for value in own.values()]
    places = torch.arange(1.0, sum(sizes) + 1)
    load(model, own, dict(zip(own, places.split(sizes), strict=True)))
    scores = model(torch.cat([torch.zeros(1, len(w)), torch.eye(len(w))]))
    found = as_tensor(scores).reshape(-1) if isinstance(scores, torch.Tensor) else places
    order = torch.cat([found[:1], found[1:] - found[0]]).round().long() - 1
    if sorted(order.tolist()) != list(range(len(places))):
        return  # what it gives is no score: the tests say so
    filled = torch.empty(len(places))
    filled[order] = torch.cat([b, w])
    load(model, own, dict(zip(own, filled.split(sizes), strict=True)))


def assert_labels(answer: Any, wanted: torch.Tensor) -> None:
    """Fail unless the answer holds the wanted zeros and ones, as numbers or flags."""
    assert_close(answer, wanted, "the labels", check_dtype=False)


@visible
@pytest.mark.points(0.75)
def test_forward_gives_scores(student: Student, reference: Student, rng: Draw) -> None:
    """for 3 features there are 4 parameters, and the model gives scores of shape (N, 1)"""
    w, b, x = draw_batch(rng, 7, 3)
    model, truth = with_weights(student, w, b), with_weights(reference, w, b)
    assert_close(model(x), truth(x), "the scores")


@visible
@pytest.mark.points(0.75)
def test_probabilities(student: Student, reference: Student, rng: Draw) -> None:
    """proba gives the sigmoid of the scores, shape (N, 1)"""
    w, b, x = draw_batch(rng, 6, 3)
    model, truth = with_weights(student, w, b), with_weights(reference, w, b)
    assert_close(model.proba(x), truth.proba(x), "the probabilities")


@visible
@pytest.mark.points(0.75)
def test_labels(student: Student, reference: Student, rng: Draw) -> None:
    """predict gives 1 where the probability is above 0.5, else 0, as for 0.5 itself; shape (N, 1)"""
    w, b, x = draw_batch(rng, 8, 3)
    model, truth = with_weights(student, w, b), with_weights(reference, w, b)
    assert_labels(model.predict(x), truth.predict(x))
    unsure = with_weights(student, 0 * w, 0 * b)
    assert_labels(unsure.predict(x[:2]), torch.zeros(2, 1, dtype=torch.int64))


@pytest.mark.points(0.5)
def test_the_three_belong_together(student: Student, reference: Student, rng: Draw) -> None:
    """other numbers of features and rows, one row too, and the three answers belong together"""
    w, b, x = draw_batch(rng, 9, 5)
    model, truth = with_weights(student, w, b), with_weights(reference, w, b)
    surest = int((x @ w + b).argmax())
    for rows in (x, x[surest : surest + 1]):
        scores, p, labels = model(rows), model.proba(rows), model.predict(rows)
        assert_close(scores, truth(rows), "the scores")
        assert_close(p, truth.proba(rows), "the probabilities")
        assert_labels(labels, truth.predict(rows))
    words = "the output of proba lies outside of 0 to 1"
    inside = bool(((as_tensor(p) > 0) & (as_tensor(p) < 1)).all())
    assert_true(inside, words, actual=p, expected=Wanted("probabilities"))


@pytest.mark.points(0.25)
def test_follows_the_device(student: Student, reference: Student, rng: Draw) -> None:
    """all three are computed where the weights and the input are"""
    w, b, x = draw_batch(rng, 6, 4)
    model = with_weights(student, w, b)
    assert_close(model(x), with_weights(reference, w, b)(x), "the scores")
    assert_model_follows_device(student, moved, x, model)
