"""How often each word of a vocabulary stands in each document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

from autograder.checks import assert_close
from autograder.checks.devices import assert_model_follows_device
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="bag_of_words",
    points=3,
    names=("bag_of_words",),
    title="Counting words",
    minutes=15,
    difficulty="easy",
    hints=(
        "One row for each document, one column for each word of the vocabulary. What happens with a word that has "
        "none?",
        "Start from zeros of shape (len(docs), len(vocab)); for each word of each document look up its column with "
        "`vocab.get(...)`, and add 1.",
        "`column = vocab.get(word, vocab.get('<unk>'))`, and `if column is not None: counts[row, column] += 1`.",
    ),
)

WORDS = ("apple", "bread", "cheese", "dill", "egg", "fig", "grape", "honey", "ice", "jam")
UNKNOWN = ("zebra", "ap")


def on_the_device_of(x: torch.Tensor, bag_of_words: Callable[..., Any], *args: Any) -> Any:
    """The counts, asked for on that device."""
    return bag_of_words(*args, device=str(x.device))


def vocab_of(rng: Draw, words: list[str]) -> dict[str, int]:
    """Numbers for the words, in a dict that does not hold them in the order of their numbers."""
    order = rng.permutation(len(words)).tolist()
    numbered = {word: number for number, word in enumerate(words)}
    return {words[place]: numbered[words[place]] for place in order}


def documents(rng: Draw, words: list[str]) -> list[list[str]]:
    """Three documents of different lengths; in each some word stands several times."""
    docs = []
    for length in (5, 8, 6):
        doc = [words[i] for i in rng.integers(0, len(words) - 1, length).tolist()]
        docs.append([*doc, doc[0], doc[0]])
    return docs


@visible
@pytest.mark.points(1)
def test_counts(student: Student, reference: Student, rng: Draw) -> None:
    """row i, column vocab[word] says how often the word stands in document i: a float32 tensor"""
    words = rng.sample(WORDS, 7)
    vocab, docs = vocab_of(rng, words), documents(rng, words)
    assert_close(student.bag_of_words(docs, vocab), reference.bag_of_words(docs, vocab))


@visible
@pytest.mark.points(0.75)
def test_unknown_words(student: Student, reference: Student, rng: Draw) -> None:
    """words that are not in the vocabulary are left out"""
    words = rng.sample(WORDS, 7)
    vocab, docs = vocab_of(rng, words[:5]), documents(rng, words)
    docs[rng.integer(0, 2)] += [*UNKNOWN, f"{words[0]}s"]
    docs[rng.integer(0, 2)] += [words[5], words[6]]
    assert_close(student.bag_of_words(docs, vocab), reference.bag_of_words(docs, vocab))


@visible
@pytest.mark.points(0.5)
def test_unknown_words_have_a_column(student: Student, reference: Student, rng: Draw) -> None:
    """where the vocabulary has the word <unk>, all unknown words are counted in its column"""
    words = rng.sample(WORDS, 7)
    vocab, docs = vocab_of(rng, [*words[:2], "<unk>", *words[2:4]]), documents(rng, words)
    docs[rng.integer(0, 2)] += [*UNKNOWN, f"{words[0]}s", words[5]]
    assert_close(student.bag_of_words(docs, vocab), reference.bag_of_words(docs, vocab))


@visible
@pytest.mark.points(0.25)
def test_empty(student: Student, reference: Student, rng: Draw) -> None:
    """a document without words is a row of zeros, and no documents give the shape (0, number of words)"""
    words = rng.sample(WORDS, 4)
    vocab = vocab_of(rng, words)
    for docs in ([[words[0]], [], [words[1], words[1]]], []):
        assert_close(student.bag_of_words(docs, vocab), reference.bag_of_words(docs, vocab))


@visible
@pytest.mark.points(0.5)
def test_device(student: Student, reference: Student, rng: Draw) -> None:
    """the tensor is on the device that was asked for"""
    words = rng.sample(WORDS, 6)
    vocab, docs = vocab_of(rng, words), documents(rng, words)
    assert_close(student.bag_of_words(docs, vocab, device="cpu"), reference.bag_of_words(docs, vocab))
    assert_model_follows_device(student, on_the_device_of, torch.zeros(1), student.bag_of_words, docs, vocab)
