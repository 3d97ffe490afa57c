"""A card that says which model was chosen, how good it is, and what it was compared with."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_at_most, assert_equal, assert_type, assert_unchanged
from autograder.checks.left_behind import assert_autograd_stays_on
from autograder.checks.models import network
from autograder.checks.numbers import as_number
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student, parameters

QUESTION = Question(
    id="model_card",
    points=3,
    names=("model_card",),
    title="A card for the model",
    minutes=20,
    difficulty="medium",
    hints=(
        "Which rows may decide between the candidates, and which are kept for the one last look?",
        "Compute the validation loss of every candidate and take the lowest. All other numbers of the card are those "
        "of the chosen one; the baseline answers the most frequent training label to every test row.",
        "`chosen = min(models, key=lambda name: F.cross_entropy(models[name](Xv), yv).item())` and "
        "`most = torch.bincount(yt).argmax()`, `(y_test == most).float().mean().item()`.",
    ),
)

NUMBERS = ("parameters", "train_loss", "val_loss", "test_accuracy", "baseline_accuracy")
KEYS = ("chosen", *NUMBERS, "licence")
SIZES = ([4, 3], [4, 5, 3], [4, 7, 3])
# How many rows of each class the splits have: other classes are the most frequent in each.
ROWS = {"train": (11, 6, 4), "val": (4, 5, 8), "test": (7, 9, 4)}

Layers = list[tuple[torch.Tensor, torch.Tensor]]
Split = tuple[torch.Tensor, torch.Tensor]


def scores_of(layers: Layers, x: torch.Tensor) -> torch.Tensor:
    """The scores that a tanh network of these layers gives to each row."""
    for number, (weight, bias) in enumerate(layers):
        x = x @ weight.T + bias
        x = x.tanh() if number < len(layers) - 1 else x
    return x


def answers_of(layers: Layers, x: torch.Tensor) -> torch.Tensor:
    """The class that a network of these layers gives to each row."""
    return scores_of(layers, x).argmax(1)


def steep(weight: torch.Tensor, bias: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """A layer of three times the size."""
    return 3 * weight, 3 * bias


def candidates(rng: Draw) -> dict[str, Layers]:
    """Three networks of different size, with weights large enough to be sure of their answers."""
    names = rng.sample(("birch", "cedar", "maple", "oak"), 3)
    sizes = rng.sample(SIZES, 3)
    return {
        name: [steep(*rng.linear(a, b)) for a, b in itertools.pairwise(size)]
        for name, size in zip(names, sizes, strict=True)
    }


def split_for(rng: Draw, layers: Layers, counts: tuple[int, ...]) -> Split:
    """Rows that a network of these layers gets right, so many of each class."""
    while True:
        x = rng.normal(400, 4)
        labels = answers_of(layers, x)
        rows = [(labels == label).nonzero().flatten()[:count] for label, count in enumerate(counts)]
        if all(len(some) == count for some, count in zip(rows, counts, strict=True)):
            chosen = torch.cat(rows)[rng.permutation(sum(counts))]
            return x[chosen], labels[chosen]


def drawn_by(rng: Draw, turn: int) -> tuple[dict[str, Layers], dict[str, Split]]:
    """Three candidates and three splits, each best for another one; ``turn`` says which class trains most.

    The candidate with the highest validation loss is the first in turns 0 and 1 and the last in turn 2: so who takes
    the highest loss is told from who looks at other rows (in turn 1 of another split) and from who takes the first.
    """
    while True:
        models, splits = drawn_once(rng, turn)
        first, _middle, last = models
        losses = {name: loss_of(layers, splits["val"]) for name, layers in models.items()}
        if max(losses, key=lambda name: losses[name]) == (first if turn < 2 else last):
            return models, splits


def loss_of(layers: Layers, split: Split) -> float:
    """The mean cross-entropy of a network of these layers."""
    x, y = split
    return float(torch.nn.functional.cross_entropy(scores_of(layers, x), y))


def drawn_once(rng: Draw, turn: int) -> tuple[dict[str, Layers], dict[str, Split]]:
    """As ``drawn_by``, whichever candidate has the highest validation loss."""
    while True:
        models = candidates(rng)
        x = rng.normal(400, 4)
        most = max(ROWS.values(), key=max)
        counts = [torch.bincount(answers_of(layers, x), minlength=3).tolist() for layers in models.values()]
        if min(min(some) for some in counts) > 3 * max(most):
            break
    # The one that is to be chosen stands in the middle: neither the first nor the last candidate is ever right.
    first, middle, last = models
    best = {"train": last, "val": middle, "test": first} if turn else {"train": first, "val": middle, "test": last}
    splits = {
        name: split_for(rng, models[best[name]], counts[-turn:] + counts[:-turn]) for name, counts in ROWS.items()
    }
    return models, splits


def card_of(student: Student, models: dict[str, Remote], splits: dict[str, Split]) -> dict[str, Any]:
    """The card, once it is a dict with the seven keys."""
    card = student.model_card(models, splits["train"], splits["val"], splits["test"])
    assert_type(card, dict, what="the card")
    missing = [key for key in KEYS if key not in card]
    if missing:
        raise CheckFailed("the card has no " + ", no ".join(map(repr, missing)), missing, Wanted("all seven keys"))
    found: dict[str, Any] = {key: card[key] for key in KEYS}
    return found


def both_cards(student: Student, reference: Student, rng: Draw, turn: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The student's card and the reference's, of the same candidates and rows."""
    models, splits = drawn_by(rng, turn)
    splits["test"] = without_some(splits["test"], turn)
    cards = [
        card_of(side, {name: network(side, layers) for name, layers in models.items()}, splits)
        for side in (student, reference)
    ]
    return cards[0], cards[1]


def without_some(split: Split, count: int) -> Split:
    """A split without so many rows of its rarest class, so that splits differ in size."""
    x, y = split
    left = torch.ones(len(y), dtype=torch.bool)
    left[(y == torch.bincount(y).argmin()).nonzero().flatten()[:count]] = False
    return x[left], y[left]


def numbers_of(card: dict[str, Any]) -> dict[str, float]:
    """The five numbers of a card."""
    return {key: as_number(card[key], repr(key)) for key in NUMBERS}


@visible
@pytest.mark.points(1)
def test_choice(student: Student, reference: Student, rng: Draw) -> None:
    """the card names the candidate with the lowest validation loss"""
    seen = []
    for turn in range(2):
        models, splits = drawn_by(rng, turn)
        held = {name: network(student, layers) for name, layers in models.items()}
        chosen = card_of(student, held, splits)["chosen"]
        twins = {name: network(reference, layers) for name, layers in models.items()}
        wanted = card_of(reference, twins, splits)["chosen"]
        right_on = {name: split_best(models, split) for name, split in splits.items()}
        if chosen == wanted:
            seen.append("best on val")
        else:
            seen.append(next((f"best on {name}" for name, best in right_on.items() if best == chosen), "none of them"))
    assert_equal(seen, ["best on val"] * 2, "the chosen candidate is not the one with the lowest validation loss")
    models, splits = sure_and_unsure()
    chosen, wanted = (
        card_of(side, {name: network(side, layers) for name, layers in models.items()}, splits)["chosen"]
        for side in (student, reference)
    )
    assert_equal(chosen, wanted, "a candidate that is confidently wrong for some rows is chosen over an unsure one")


def sure_and_unsure() -> tuple[dict[str, Layers], dict[str, Split]]:
    """Two candidates with the same answers: one is sure of them, and two of ten are wrong, so its loss is the higher.

    Scores that are squashed first hide how sure it was, and then its loss is the lower one.
    """
    rows = torch.eye(4)[[0, 1, 2, 0, 1, 2, 0, 1, 2, 0]]
    labels = torch.tensor([0, 1, 2, 0, 1, 2, 0, 1, 0, 1])
    models = {name: [(size * torch.eye(3, 4), torch.zeros(3))] for name, size in (("sure", 20.0), ("unsure", 0.3))}
    return models, dict.fromkeys(ROWS, (rows, labels))


def split_best(models: dict[str, Layers], split: Split) -> str:
    """The name of the candidate that is right for the most rows of a split."""
    x, y = split
    return max(models, key=lambda name: int((answers_of(models[name], x) == y).sum()))


@visible
@pytest.mark.points(1)
def test_numbers(student: Student, reference: Student, rng: Draw) -> None:
    """count, losses and test accuracy are those of the chosen model, to a part in 10,000"""
    card, wanted = both_cards(student, reference, rng, 2)
    pairs = [{key: told[key] for key in NUMBERS[:4]} for told in (numbers_of(card), numbers_of(wanted))]
    assert_equal(pairs[0]["parameters"], pairs[1]["parameters"], "the number of parameters is different")
    for key in NUMBERS[1:4]:
        difference = abs(pairs[0][key] - pairs[1][key])
        if difference > 1e-4 * max(1.0, abs(pairs[1][key])):
            words = f"{key} is different"
            raise CheckFailed(words, pairs[0][key], pairs[1][key], whole=(pairs[0], pairs[1]))


@visible
@pytest.mark.points(0.5)
def test_baseline(student: Student, reference: Student, rng: Draw) -> None:
    """the baseline is the test accuracy of always answering the most frequent training label"""
    for turn in (1, 2):
        card, wanted = both_cards(student, reference, rng, turn)
        got, right = numbers_of(card)["baseline_accuracy"], numbers_of(wanted)["baseline_accuracy"]
        if abs(got - right) > 1e-4:
            raise CheckFailed("baseline_accuracy is different", got, right)


@visible
@pytest.mark.points(0.5)
def test_licence_and_models(student: Student, rng: Draw) -> None:
    """the licence of the data is named as on their card, and the candidates are not changed"""
    models, splits = drawn_by(rng, 0)
    held = {name: network(student, layers) for name, layers in models.items()}
    before = {name: parameters(model) for name, model in held.items()}
    card = card_of(student, held, splits)
    for name, model in held.items():
        assert_unchanged(before[name], parameters(model), f"the candidate {name!r}")
    assert_autograd_stays_on(student, student.model_card, held, *(splits[name] for name in ROWS))
    licence = card["licence"]
    if isinstance(licence, str) and "".join(filter(str.isalnum, licence)).lower() == "cc010":
        licence = "CC0 1.0"  # CC0-1.0 is the same, as registries of licences write it
    assert_equal(licence, "CC0 1.0", "the licence is different")
    assert_at_most(numbers_of(card)["test_accuracy"], 1.0, "the test accuracy")
