"""Visible checks of ``train_classifier``: written by ``autograder release``, do not edit."""

from __future__ import annotations

import math
from typing import Any

import torch

from autograder.checks import CheckFailed, Wanted, assert_true
from autograder.checks.kinds import article, kind_of
from autograder.checks.numbers import sequence_of_numbers
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Remote, Student

# Measured over 12 draws each (benchmarks/dataset_baselines.py): on 300 new reviews logistic regression on counts
# is right for 0.93 to 0.96, counting seven good and seven bad words for 0.86 to 0.92, the majority class for 0.50 to
# 0.59. On the training reviews 200 steps of Adam at 0.01 end below 0.2; a softmax too many can't get below 0.3133.
ENOUGH = 0.85

ABOVE_MAJORITY = 0.15

FITTED = 0.30

GOOD = ("great", "lovely", "fresh", "superb", "witty", "sturdy", "clever", "solid")

BAD = ("poor", "awful", "stale", "dull", "flimsy", "dreadful", "useless", "bland")

THINGS = ("soup", "film", "plot", "strap", "sound", "cake", "cast", "zip")

FRAMES = ("The {} was {}.", "I found the {} {}!", "And the {}? Really {}.", "True, the {} is {}.")

Reviews = list[tuple[str, int]]


def small_corpus(rng: Draw, count: int) -> Reviews:
    """Short reviews of three opinions each, two of them of the review's own kind; a little more than half are good."""
    labels = (rng.integers(0, 99, count) < 56).tolist()
    words, things, frames = rng.integers(0, 7, count, 3), rng.integers(0, 7, count, 3), rng.integers(0, 3, count, 3)
    odd = rng.integers(0, 9, count).tolist()
    reviews = []
    for row, good in enumerate(labels):
        sentences = []
        for place in range(3):
            praise = good != (place == 1 and odd[row] < 2)
            word = (GOOD if praise else BAD)[int(words[row, place])]
            sentences.append(FRAMES[int(frames[row, place])].format(THINGS[int(things[row, place])], word))
        reviews.append((" ".join(sentences), int(good)))
    return reviews


def trained(student: Student, train: Reviews, val: Reviews) -> Remote:
    """The ``predict`` that comes back."""
    predict = student.train_classifier(train, val)
    words = f"{article(kind_of(predict))} came back where a function was wanted"
    assert_true(isinstance(predict, Remote), words, actual=kind_of(predict), expected=Wanted("a function"))
    found: Remote = predict
    return found


def probabilities(predict: Remote, texts: list[str]) -> list[float]:
    """What ``predict`` says of the texts, once it is known to be one probability for each."""
    answer: Any = predict(texts)
    if isinstance(answer, torch.Tensor) and answer.dim() > 1:
        words = f"predict gave a tensor of shape {tuple(answer.shape)} for {len(texts)} texts"
        raise CheckFailed(words, list(answer.shape), Wanted("one number for each text"))
    numbers = list(sequence_of_numbers(answer, "the probabilities"))
    if len(numbers) != len(texts):
        words = f"predict gave {len(numbers)} numbers for {len(texts)} texts"
        raise CheckFailed(words, "another number of answers", Wanted("one number for each text"))
    words, wanted = "some answers lie outside 0 to 1: they are no probabilities", Wanted("numbers from 0 to 1")
    assert_true(all(0 <= p <= 1 for p in numbers), words, actual="outside 0 to 1", expected=wanted)
    return numbers


def share_right(predict: Remote, reviews: Reviews) -> float:
    """The share of reviews on the right side of 0.5."""
    answers = probabilities(predict, [text for text, _ in reviews])
    return sum((p > 0.5) == bool(label) for p, (_, label) in zip(answers, reviews, strict=True)) / len(reviews)


def assert_good_enough(predict: Remote, train: Reviews, fresh: Reviews) -> None:
    """Fail unless fresh reviews are judged well, and much better than by always answering the same."""
    reached = share_right(predict, fresh)
    most = int(2 * sum(label for _, label in train) >= len(train))
    majority = sum(label == most for _, label in fresh) / len(fresh)
    bound = max(ENOUGH, majority + ABOVE_MAJORITY)
    seen = (
        "like the majority class"
        if abs(reached - majority) < 1e-9
        else "more wrong than right"
        if reached < 0.4
        else "too few"
    )
    told = f"{reached:.1%} of new reviews are right (always answering {most}: {majority:.1%})"
    assert_true(reached >= bound, told, actual=seen, expected=Wanted(f"at least {bound:.1%}"))


def test_learns_a_small_corpus(student: Student, rng: Draw) -> None:
    """trained on 160 short reviews, it is right for at least 85 % of 100 new ones, and 15 points above the majority"""
    train, val, fresh = (small_corpus(rng, count) for count in (160, 40, 100))
    assert_good_enough(trained(student, train, val), train, fresh)


def test_is_sure_of_its_training_reviews(student: Student, rng: Draw) -> None:
    """on its own training reviews the mean cross-entropy of the probabilities is below 0.30"""
    train, val = small_corpus(rng, 160), small_corpus(rng, 40)
    answers = probabilities(trained(student, train, val), [text for text, _ in train])
    words, wanted = "every answer is just 0 or 1: labels, and no probabilities", Wanted("numbers between 0 and 1")
    assert_true(not set(answers) <= {0.0, 1.0}, words, actual="labels", expected=wanted)
    right = [p if label else 1 - p for p, (_, label) in zip(answers, train, strict=True)]
    loss = -sum(math.log(max(p, 1e-12)) for p in right) / len(right)
    # A softmax of a softmax, or a sigmoid of one, gives no probability outside of σ(−1) to σ(1).
    floor = loss >= math.log(1 + math.exp(-1)) - 1e-4 and max(right) < 0.7311
    seen = "no probability leaves 0.2689 to 0.7311" if floor else "the loss is not low enough"
    told = f"the loss is {loss:.4f}" + (f"; {seen}" if floor else "")
    assert_true(loss < FITTED, told, actual=seen, expected=Wanted("a loss below 0.30"))


def farthest(some: list[float], others: list[float]) -> float:
    """The greatest difference between two lists, number by number."""
    return max(abs(one - other) for one, other in zip(some, others, strict=True))


def test_unknown_words_change_nothing(student: Student, rng: Draw) -> None:
    """words that no training review has change nothing, even if validation reviews have them; nor do other texts"""
    train, val = small_corpus(rng, 120), small_corpus(rng, 40)
    val = [(f"{text} Quokka zeppelin!" if row % 2 else text, label) for row, (text, label) in enumerate(val)]
    predict = trained(student, train, val)
    texts = [text for text, _ in val if "Quokka" not in text][:8]
    plain = probabilities(predict, texts)
    probabilities(predict, texts[:1])  # one text alone has one probability too
    seen = {
        "words of the validation reviews": probabilities(predict, [f"Quokka {text} Zeppelin." for text in texts]),
        "words that are nowhere": probabilities(predict, [f"Xylophone {text} Marzipan." for text in texts]),
        "the other texts that are asked with it": [probabilities(predict, [text, texts[0]])[0] for text in texts],
    }
    # A word without a weight changes no bit; other texts in the batch may change the order in which float32 adds up.
    allowed = dict.fromkeys(seen, 1e-7) | {"the other texts that are asked with it": 1e-4}
    moved = [what for what, answers in seen.items() if farthest(answers, plain) > allowed[what]]
    words = "the probability of a review depends on " + " and on ".join(moved)
    assert_true(not moved, words, actual=moved, expected=Wanted("the same probabilities"))
