"""Recorded values come back exactly as they went in."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.protocol.encoder import encode
from autograder.protocol.json_values import dumps, from_json, to_json
from autograder.protocol.wire import DTYPES, Failure, Handle, Name, WireError, WorkFile

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(max_size=20)
NESTED = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4)
    ),
    max_leaves=12,
)


def through_text(value: Any) -> Any:
    """``value``, written to JSON text and read again."""
    return from_json(json.loads(dumps(to_json(value))))


@settings(max_examples=150, deadline=None)
@given(NESTED)
def test_plain_values_come_back(value: Any) -> None:
    """Nests of plain data, told apart by type too: the codec's bytes are the same."""
    assert encode(through_text(value)) == encode(value)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(DTYPES),
    st.lists(st.integers(0, 4), max_size=3),
    st.integers(0, 2**32),
    st.booleans(),
)
def test_tensors_come_back_bit_for_bit(dtype: torch.dtype, shape: list[int], seed: int, grad: bool) -> None:
    """Every dtype and shape, whatever the bits, as long as NaN is NaN."""
    generator = torch.Generator().manual_seed(seed)
    raw = torch.randint(0, 256, [*shape, dtype.itemsize], generator=generator, dtype=torch.uint8)
    if dtype is torch.bool:
        raw = raw % 2
    tensor = raw.view(dtype).reshape(shape)
    if grad and (dtype.is_floating_point or dtype.is_complex):
        tensor = tensor.clone().requires_grad_()
    back = through_text(tensor)
    assert (back.dtype, back.shape, back.requires_grad) == (tensor.dtype, tensor.shape, tensor.requires_grad)
    torch.testing.assert_close(back.detach(), tensor.detach(), rtol=0, atol=0, equal_nan=True)


@pytest.mark.parametrize(
    "value",
    [
        float("inf"),
        -0.0,
        1e-320,
        complex(1, float("-inf")),
        np.float32(0.1),
        np.int64(3),
        np.bool_(True),
        np.arange(6, dtype=np.uint8).reshape(2, 3),
        np.zeros((0, 3)),
        np.linspace(0, 1, 500),
        torch.tensor([0.1, float("nan"), float("inf"), -0.0]),
        torch.randn(30, 30),
        torch.empty(2, 3, device="meta"),
        torch.float16,
        torch.device("cpu"),
        slice(1, None, 2),
        Ellipsis,
        {1, 2},
        {"$tensor": 1},
        Handle(3, "Linear"),
        Name("torch.nn"),
        WorkFile("a.pt"),
        Failure("raised", "ValueError", "no", line=3),
    ],
)
def test_special_values_come_back(value: Any) -> None:
    """What JSON itself lacks."""
    assert encode(through_text(value)) == encode(value)


def test_nan_comes_back() -> None:
    """NaN in a plain float."""
    assert np.isnan(through_text([float("nan")])[0])


def test_short_numbers_stay_short() -> None:
    """float32 0.1 is written as 0.1."""
    assert to_json(torch.tensor([0.1])) == {"$tensor": {"dtype": "float32", "shape": [1], "values": [0.1]}}


def test_objects_are_refused() -> None:
    """Nothing but data is recorded, and no unknown kind is read."""
    with pytest.raises(WireError):
        to_json(object())
    with pytest.raises(WireError):
        from_json({"$code": "1"})
