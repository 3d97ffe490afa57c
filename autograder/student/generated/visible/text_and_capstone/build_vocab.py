"""Visible checks of ``build_vocab``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

from autograder.checks import CheckFailed, Wanted, assert_equal, assert_type
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

WORDS = ("apple", "bread", "cheese", "dill", "egg", "fig", "grape", "honey", "ice", "jam", "kale", "leek", "mint")

Docs = list[list[str]]


def documents(rng: Draw, counts: dict[str, int]) -> Docs:
    """Four documents in which each word of ``counts`` stands so often, in random order."""
    pool = [word for word, count in counts.items() for _ in range(count)]
    mixed = [pool[i] for i in rng.permutation(len(pool)).tolist()]
    cut = len(mixed) // 4
    return [mixed[:cut], mixed[cut : 2 * cut], mixed[2 * cut : 3 * cut], mixed[3 * cut :]]


def in_other_order(words: list[str], wanted: list[str], docs: Docs) -> str:
    """Which order the words have, if not the alphabetical one."""
    first = [word for word in dict.fromkeys(w for doc in docs for w in doc) if word in wanted]
    if words == first:
        return "in the order in which they first occur"
    return "backwards" if words == wanted[::-1] else "in another order"


def assert_vocab(student: Student, reference: Student, docs: Docs, min_count: int) -> None:
    """Fail unless the vocabulary is a dict of the right words with the right numbers."""
    actual: Any = student.build_vocab(docs, min_count)
    wanted = reference.build_vocab(docs, min_count)
    assert_type(actual, dict, what="the vocabulary")
    if actual and all(isinstance(key, int) for key in actual):
        raise CheckFailed("the vocabulary maps numbers to words", "number to word", Wanted("word to number"))
    if actual and all(len(str(key)) == 1 for key in actual):
        raise CheckFailed("the vocabulary holds letters", "letters", Wanted("words"))
    there = {word for doc in docs for word in doc}
    if not set(actual) <= there:
        words = "the vocabulary has words that do not occur in train_docs"
        raise CheckFailed(words, "words from elsewhere", Wanted("words of train_docs only"))
    assert_equal(sorted(actual), sorted(wanted), "the words are different")
    numbers = list(actual.values())
    assert_equal(sorted(numbers), list(range(len(wanted))), "the numbers are not 0, 1, 2, ...")
    by_number = sorted(actual, key=lambda word: int(actual[word]))
    if by_number != sorted(wanted):
        seen = in_other_order(by_number, sorted(wanted), docs)
        raise CheckFailed(f"the words are numbered {seen}", seen, Wanted("alphabetical order"))


def test_small_corpus(student: Student, reference: Student, rng: Draw) -> None:
    """words that occur at least min_count times are numbered from 0 in alphabetical order"""
    # One word often in one document: occurrences and documents are counted differently.
    words = rng.sample(WORDS[:7], 5)
    docs = documents(rng, dict(zip(words, (4, 3, 3, 2, 1), strict=True)))
    docs[rng.integer(0, 3)] += ["zucchini"] * 3
    assert_vocab(student, reference, docs, 3)


def test_every_word(student: Student, reference: Student, rng: Draw) -> None:
    """with min_count = 1 every word is in, and with a high one none is; documents may be empty"""
    words = rng.sample(WORDS, 9)
    docs = [*documents(rng, dict.fromkeys(words, 2)), []]
    assert_vocab(student, reference, docs, 1)
    assert_vocab(student, reference, docs, 9)


def test_training_documents_only(student: Student, reference: Student, rng: Draw) -> None:
    """the vocabulary comes from the documents of this call, whatever else the notebook holds"""
    words = rng.sample(WORDS, 8)
    first, second = (documents(rng, dict.fromkeys(some, 2)) for some in (words[:5], words[3:]))
    assert_vocab(student, reference, first, 1)
    assert_vocab(student, reference, second, 2)
