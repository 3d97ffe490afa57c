"""A dict that a student fills in: read as it is or from a function, told apart from one that is still empty."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed
from autograder.checks.filled_in import filled_in
from autograder.checks.finite import assert_finite
from autograder.remote.in_process import Double
from autograder.remote.proxy import Student, StudentFailed


def student_with(value: Any) -> Student:
    return Student(Double({"quiz": value}))


@pytest.mark.parametrize("value", [{"a": 1, "b": None}, lambda: {"a": 1, "b": None}], ids=["a dict", "a function"])
def test_what_is_filled_in_comes_back(value: Any) -> None:
    assert filled_in(student_with(value), "quiz", ("b", "a")) == {"a": 1, "b": None}


@pytest.mark.parametrize("value", [None, {}, {"a": None, "b": None}, lambda: None])
def test_what_is_empty_is_not_attempted(value: Any) -> None:
    with pytest.raises(StudentFailed) as caught:
        filled_in(student_with(value), "quiz", ("a", "b"))
    assert caught.value.failure.kind == "not_attempted"


@pytest.mark.parametrize(
    ("value", "words"), [([1, 2], "is not a dict"), (3, "is not a dict"), ({"a": 1}, "the keys of")]
)
def test_another_thing_is_a_wrong_answer(value: Any, words: str) -> None:
    with pytest.raises(CheckFailed, match=words):
        filled_in(student_with(value), "quiz", ("a", "b"))


def test_without_keys_anything_may_be_filled_in() -> None:
    assert filled_in(student_with([1, 2]), "quiz") == [1, 2]


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_numbers_that_are_none_fail_alike(bad: float) -> None:
    with pytest.raises(CheckFailed, match="NaN or infinite") as caught:
        assert_finite(torch.tensor([1.0, bad]))
    assert caught.value.whole is not None
    assert caught.value.whole[0] == "not finite"
    assert_finite(torch.tensor([1.0, -2.0]))
    assert_finite("no tensor: what comes next judges it")
