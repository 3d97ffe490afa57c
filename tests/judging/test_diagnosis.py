"""At most one mistake is named: the one that explains most and contradicts least."""

from __future__ import annotations

import pytest

from autograder.judging.diagnosis import is_denied, name_mistake
from autograder.judging.run_test import Fingerprint
from autograder.results import Mistake


def wrong(actual: object, requests: int = 1) -> Fingerprint:
    return Fingerprint(requests, "check", "the answer is different", actual, 0)


def as_fails(known):
    return [(Mistake(name), failures.get) for name, failures in known]


def raised(words: str, requests: int = 1) -> Fingerprint:
    return Fingerprint(requests, "raised", words, words, None)


A, B, C = wrong(1), wrong(2), wrong(3)
RIGHT = Mistake("right")
MATMUL, EINSUM, LATER = raised("RuntimeError: shapes"), raised("RuntimeError: subscript i"), raised("IndexError", 2)


@pytest.mark.parametrize(
    ("observed", "known", "named"),
    [
        ({"t": A}, [("one", {"t": A}), ("two", {"t": B})], "one"),
        ({"t": A}, [("one", {"t": B}), ("two", {"t": A})], "two"),
        ({"t": A}, [("one", {"t": B})], None),
        ({"t": A}, [], None),
        ({"t": None}, [("one", {"t": A})], None),
        # explains two failures, not one
        ({"t": A, "u": B}, [("one", {"t": A, "u": C}), ("two", {"t": A, "u": B})], "two"),
        # the first would fail a test that was passed
        ({"t": A, "u": None}, [("one", {"t": A, "u": B}), ("two", {"t": A, "u": None})], "two"),
        ({"t": A, "u": None}, [("two", {"t": A, "u": None}), ("one", {"t": A, "u": B})], "two"),
        # explaining comes before contradicting
        ({"t": A, "u": B, "v": None}, [("one", {"t": A}), ("two", {"t": A, "u": B, "v": C})], "two"),
        # a perfect tie: the first in the bank's order
        ({"t": A}, [("one", {"t": A}), ("two", {"t": A})], "one"),
        # what contradicts as much as it explains is no explanation
        ({"t": A, "u": None, "v": None}, [("one", {"t": A, "u": B, "v": C})], None),
        ({"t": A, "u": B}, [("one", {"t": A, "u": C})], None),
        # other words of an error at the same call say nothing for or against, at another call they do
        ({"t": A, "u": EINSUM}, [("one", {"t": A, "u": MATMUL})], "one"),
        ({"t": A, "u": MATMUL}, [("one", {"t": A, "u": EINSUM}), ("two", {"t": A, "u": MATMUL})], "two"),
        ({"u": EINSUM}, [("one", {"u": MATMUL})], None),
        ({"t": A, "u": LATER}, [("one", {"t": A, "u": MATMUL})], None),
        ({"t": A, "u": MATMUL}, [("one", {"t": A, "u": B})], None),
        # a test that the mistake's record lacks
        ({"t": A, "u": None}, [("one", {"t": A})], "one"),
    ],
)
def test_which_mistake_is_named(observed, known, named) -> None:
    assert name_mistake(observed, as_fails(known)) == (named and Mistake(named))


def test_a_mistake_is_denied_by_a_test_that_was_passed_against_it() -> None:
    known = [("one", {"t": A, "u": B}), ("two", {"t": A, "u": None})]
    assert is_denied(Mistake("one"), {"t": A, "u": None}, as_fails(known))
    assert not is_denied(Mistake("two"), {"t": A, "u": None}, as_fails(known))


def test_a_mistake_that_comes_in_several_forms_is_denied_if_each_of_them_is() -> None:
    known = [("one", {"t": A, "u": B}), ("one", {"t": A, "u": None}), ("two", {"t": A, "u": B})]
    observed = {"t": A, "u": None}
    assert name_mistake(observed, as_fails(known)) == Mistake("one")
    assert not is_denied(Mistake("one"), observed, as_fails(known))
    assert is_denied(Mistake("two"), observed, as_fails(known))
    assert is_denied(Mistake("one"), {"t": None, "u": None}, as_fails(known))


def test_a_mistake_is_tried_no_further_than_it_takes_to_see_that_it_is_not_the_one() -> None:
    tried = []

    def fails(test: str) -> Fingerprint | None:
        tried.append(test)
        return C

    observed = {"passed": None, "t": A, "u": B}
    assert name_mistake(observed, [(RIGHT, {"t": A, "u": B}.get), (Mistake("other"), fails)]) == RIGHT
    assert tried == ["t"]
