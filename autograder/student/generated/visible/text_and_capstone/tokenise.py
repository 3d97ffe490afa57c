"""Visible checks of ``tokenise``: written by ``autograder release``, do not edit."""

from __future__ import annotations

from typing import Any

from autograder.checks import CheckFailed, Wanted, assert_equal
from autograder.checks.kinds import article, kind_of
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

NOUNS = ("Tea", "film", "soup", "Battery", "strap", "BOOK", "hat", "Door")

ENDS = (".", "!", "?", "...", ", and", " - or", ";")

SMALL = ("I saw a", "Is it a", "O what a", "I am a")

SHORTENED = ("isn't", "Don't", "wasn't", "I'm", "it's")


def words_of(student: Student, text: str) -> list[Any]:
    """The answer, once it is a list."""
    answer = student.tokenise(text)
    if not isinstance(answer, (list, tuple)):
        words = f"{article(kind_of(answer))} came back where a list of words was wanted"
        raise CheckFailed(words, answer, Wanted("a list of words"))
    return list(answer)


def test_plain_sentences(student: Student, reference: Student, rng: Draw) -> None:
    """words come out in their order, in lower case, without punctuation; one-letter words and repeated ones stay"""
    one, other = rng.sample(NOUNS, 2)
    text = f"{rng.choice(SMALL)} {one}{rng.choice(ENDS)} A {other}, a {one} ({rng.integer(2, 90)} of them)!"
    for given in ("I saw a film. A FILM!", text):
        assert_equal(words_of(student, given), reference.tokenise(given), "the words are different")


def test_apostrophes_and_odd_texts(student: Student, reference: Student, rng: Draw) -> None:
    """an apostrophe inside a word belongs to it; quotes, hyphens and tabs separate; an empty text has no words"""
    one, other = rng.sample(NOUNS, 2)
    texts = [
        f"The {one} {rng.choice(SHORTENED)} 'new', it {rng.choice(SHORTENED)}",
        f"well-made\t{one}s' {other}\nB2 'n' {rng.integer(2, 90)}-page",
        f"A {one} and a {other} of this kind, they say, {rng.choice(SHORTENED)} the boys'",
        "so ' it is ''",
        "",
        " ... ",
    ]
    answers, wanted = [words_of(student, text) for text in texts], [reference.tokenise(text) for text in texts]
    assert_equal(answers, wanted, "the words are different")
