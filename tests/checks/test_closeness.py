"""Type, shape and dtype before values; nothing broadcasts; NaN never passes; whole numbers are exact."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks import (
    CheckFailed,
    assert_at_least,
    assert_at_most,
    assert_close,
    assert_equal,
    assert_true,
    assert_type,
)
from autograder.checks.kinds import kind_of
from autograder.checks.numbers import as_number, as_tensor, sequence_of_numbers
from autograder.checks.tolerances import CPU, CUDA, device_in_use, tolerance_for
from autograder.protocol.wire import Handle, Name
from autograder.remote.proxy import Line, Remote, Student


class Nowhere:
    """A transport that is never asked."""

    def ask(self, request: dict[str, Any]) -> Any:
        raise AssertionError(f"asked {request}")


def remote(type_name: str = "Linear") -> Remote:
    return Remote(Line(Nowhere()), Handle(0, type_name))


def failed(check: Any, *args: Any, **options: Any) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        check(*args, **options)
    return caught.value


ONES = torch.ones(2, 3)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (ONES, ONES),
        (ONES + 1e-6, ONES),
        (ONES.numpy(), ONES),
        (ONES, ONES.numpy()),
        (torch.empty(0, 3), torch.empty(0, 3)),
        (1.0, 1.0),
        (1, 1.0),
        (np.float32(0.1), 0.1),
        (torch.tensor(0.1), 0.1),
        (torch.tensor(0.1), torch.tensor(0.1)),
        (0.1, torch.tensor(0.1)),
        (3, 3),
        (np.int64(3), 3),
        (torch.tensor(3), 3),
        (math.inf, math.inf),
        (math.nan, math.nan),
        (torch.tensor([1.0, math.nan]), torch.tensor([1.0, math.nan])),
        ([1.0, ONES], (1.0, ONES)),
        ({"a": [1.0]}, {"a": (1.0,)}),
        (1 + 2j, 1 + 2j),
        ("text", "text"),
        (None, None),
        (torch.tensor([True]), torch.tensor([True])),
    ],
)
def test_right_answers_in_every_form(actual: Any, expected: Any) -> None:
    assert_close(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "what"),
    [
        (torch.ones(3), ONES, "the shape is (3,), (2, 3) was wanted"),
        (torch.ones(1, 3), ONES, "shape"),
        (torch.ones(1), torch.tensor(1.0), "shape"),
        (torch.tensor(1.0), torch.ones(1), "shape"),
        (1.0, ONES, "shape"),
        (torch.empty(0), torch.tensor(1.0), "shape"),
        (ONES.T, ONES, "shape"),
        (torch.zeros(3, 2).double(), ONES, "shape"),
        (ONES.double(), ONES, "the dtype is float64, float32 was wanted"),
        (ONES.long(), ONES, "dtype"),
        (ONES.half(), ONES, "dtype"),
        (torch.full((2, 3), math.nan), ONES, "6 of 6 values are NaN"),
        (math.nan, 1.0, "the answer is NaN"),
        (math.inf, 1.0, "the value is different"),
        (-math.inf, math.inf, "the value is different"),
        (1.0, math.nan, "the value is different"),
        (1.0, math.inf, "the value is different"),
        (ONES + 1e-3, ONES, "6 of 6 values are different"),
        (1.5, 1, "the number is real, whole was wanted"),
        (1.0, 1, "the number is real, whole was wanted"),
        (True, 1, "the number is true/false, whole was wanted"),
        (True, 1.0, "the number is true/false, real was wanted"),
        (1, True, "whole"),
        (4, 3, "the value is different"),
        ("1.0", 1.0, "text came back where a float was wanted"),
        (None, ONES, "None came back where a tensor was wanted"),
        ([1.0], 1.0, "a list came back where a float was wanted"),
        (1.0, [1.0], "a float came back where a list was wanted"),
        (ONES, [1.0], "a tensor came back where a list was wanted"),
        ([1.0, 2.0], [1.0], "2 values came back, 1 were wanted"),
        ([], [1.0], "0 values came back"),
        ({"b": 1}, {"a": 1}, "the keys are different"),
        (1.0, {"a": 1}, "the keys are different"),
        (torch.empty(2, 3, device="meta"), ONES, "it is on the meta device"),
        (remote(), ONES, "a Linear came back where a tensor was wanted"),
        ("other", "text", "the answer is different"),
    ],
)
def test_wrong_answers_and_what_is_said(actual: Any, expected: Any, what: str) -> None:
    assert what in failed(assert_close, actual, expected).what


def test_shape_is_judged_before_dtype_and_dtype_before_values() -> None:
    assert "shape" in failed(assert_close, torch.full((3,), math.nan).double(), ONES).what
    assert "dtype" in failed(assert_close, torch.full((2, 3), math.nan).double(), ONES).what


def test_the_worst_place_and_its_distance_are_told() -> None:
    actual = ONES.clone()
    actual[1, 2] = 2
    actual[0, 1] = 1.1
    problem = failed(assert_close, actual, ONES, "the loss")
    assert problem.what == "the loss: 2 of 6 values are different"
    assert problem.where == "at [1, 2]: 2 instead of 1"
    assert problem.excess == pytest.approx(1 / 1.1e-5, rel=1e-3)


def test_names_lead_to_the_place_in_a_nest() -> None:
    assert (
        "'b': number 2: the value is different"
        in failed(assert_close, {"a": 1, "b": [1.0, 2.0]}, {"a": 1, "b": [1.0, 3.0]}).what
    )


@given(st.floats(-1e6, 1e6), st.floats(0, 0.9), st.sampled_from([-1, 1]))
def test_within_the_tolerance_passes_and_beyond_it_fails(value: float, share: float, sign: int) -> None:
    allowed = 1e-3 + 1e-2 * abs(value)
    assert_close(value + sign * share * allowed, value, rtol=1e-2, atol=1e-3)
    with pytest.raises(CheckFailed):
        assert_close(value + sign * 1.1 * allowed, value, rtol=1e-2, atol=1e-3)


def test_one_tolerance_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="both"):
        assert_close(1.0, 1.0, rtol=1e-3)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_a_coarse_dtype_buys_no_tolerance(dtype: torch.dtype) -> None:
    assert_close(torch.tensor(0.5, dtype=dtype), torch.tensor(0.5))
    with pytest.raises(CheckFailed):
        assert_close(torch.tensor(1.0, dtype=dtype), torch.tensor(1.001))
    with pytest.raises(CheckFailed):
        assert_close(torch.tensor(1.0, dtype=dtype), 1.001)


def test_tolerances_depend_on_dtype_and_device() -> None:
    assert tolerance_for(torch.int64).rtol == 0
    assert tolerance_for(torch.float32) == CPU[torch.float32]
    token = device_in_use.set("cuda")
    try:
        assert tolerance_for(torch.float32) == CUDA[torch.float32]
        assert tolerance_for(torch.float64) == CPU[torch.float64]
    finally:
        device_in_use.reset(token)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (46, 46),
        (np.int32(46), 46),
        (np.array(46), 46),
        (torch.tensor(46), 46),
        ([1, 2], (1, 2)),
        (torch.tensor([1, 2]), [1, 2]),
        (np.array([1, 2]), (1, 2)),
        ({"a": [1]}, {"a": (1,)}),
        ("x", "x"),
        (True, True),
        (np.True_, True),
        (torch.tensor(False), False),
        (None, None),
        (torch.float32, torch.float32),
        (torch.tensor([1]), torch.tensor([1])),
    ],
)
def test_equal_in_every_form(actual: Any, expected: Any) -> None:
    assert_equal(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "where"),
    [
        (47, 46, ""),
        (46.5, 46, ""),
        (math.nan, 46, ""),
        (math.nan, math.nan, ""),
        ("46", 46, ""),
        (None, 46, ""),
        (True, 1, ""),
        (1, True, ""),
        (torch.tensor([46]), 46, ""),
        (torch.tensor(46, device="meta"), 46, ""),
        ([46], 46, ""),
        ([1, 3], [1, 2], "[1]"),
        ([1], [1, 2], ""),
        ({"a": [1, 3]}, {"a": [1, 2]}, "['a'][1]"),
        ({"a": 1, "b": 2}, {"a": 1}, ""),
        (torch.tensor([1.0]), torch.tensor([1]), ""),
        (torch.tensor([[1, 2]]), [1, 2], ""),
        (remote(), 46, ""),
        (remote(), "text", ""),
        ("b", b"b", ""),
    ],
)
def test_unequal_and_where(actual: Any, expected: Any, where: str) -> None:
    assert failed(assert_equal, actual, expected).where == where


def test_whole_numbers_beyond_the_precision_of_floats_are_exact() -> None:
    with pytest.raises(CheckFailed):
        assert_equal(2**60 + 1, 2**60)
    with pytest.raises(CheckFailed):
        assert_equal(torch.tensor(2**53 + 1), 2**53)


def test_bounds() -> None:
    for value in (0.5, 1, np.float32(1), torch.tensor(0.5), torch.tensor([[0.5]])):
        assert_at_most(value, 1, "the loss")
        assert_at_least(value, 0.5, "the accuracy")
    assert "the loss is too large" in failed(assert_at_most, 2.0, 1.0, "the loss").what
    assert "the accuracy is too small" in failed(assert_at_least, 0.1, 0.9, "the accuracy").what
    for value in (math.nan, math.inf, -math.inf, torch.tensor(math.nan)):
        for check in (assert_at_most, assert_at_least):
            assert "is" in failed(check, value, 1.0, "the loss").what
    for value in (True, "0.5", None, [0.5], torch.ones(2), remote(), 1j, torch.empty(1, device="meta")):
        assert "a number was wanted" in failed(as_number, value, "the loss").what


def test_types() -> None:
    assert_type(1, int)
    assert_type(True, bool)
    assert_type(1.0, int, float)
    assert failed(assert_type, True, int).what == "True or False came back where a whole number was wanted"
    assert (
        failed(assert_type, None, torch.Tensor, what="the loss").what
        == "the loss: None came back where a tensor was wanted"
    )


def test_true_says_what_was_wrong() -> None:
    assert_true(True, "never")
    assert failed(assert_true, False, "it has no head", actual=3).actual == 3


def test_sequences_of_numbers() -> None:
    for values in ([1, 2.0], (1, 2), torch.tensor([1.0, 2.0]), np.array([1, 2])):
        assert sequence_of_numbers(values, "losses") == [1, 2]
    for bad in ([1, math.nan], "12", None, [[1]], {1: 2}):
        with pytest.raises(CheckFailed):
            sequence_of_numbers(bad, "losses")


def test_a_class_of_the_students_own_is_not_named() -> None:
    """Its name may have been made while it held hidden inputs."""
    assert kind_of(remote("Linear")) == "Linear"
    assert kind_of(remote("generator")) == "generator"
    assert kind_of(remote("sizes_are_three_and_five")) == "object"
    assert kind_of(Remote(Line(Nowhere()), Name("f"))) == "object"
    assert "five" not in failed(assert_close, remote("five"), 1.0).what


def test_what_stays_over_there_is_no_number() -> None:
    student = Student(Nowhere())
    with pytest.raises(CheckFailed):
        assert_close(student.f, 1.0)


def test_tensors_of_everything_numeric() -> None:
    assert as_tensor(np.uint32(7)).item() == 7
    assert as_tensor(2**70).dtype is torch.float64
    assert as_tensor(3).dtype is torch.int64
    assert as_tensor(torch.ones(1, requires_grad=True)).requires_grad is False
