"""Lists of numbers, in whatever form they come."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks.failed import CheckFailed
from autograder.checks.numbers import sequence_of_numbers
from autograder.protocol.wire import MAX_VALUES


@pytest.mark.parametrize("values", [[1, 2.5], (1, 2.5), np.array([1, 2.5]), torch.tensor([1, 2.5])])
def test_the_same_numbers(values: Any) -> None:
    assert list(sequence_of_numbers(values, "the losses")) == [1.0, 2.5]


@pytest.mark.parametrize("values", [torch.zeros(MAX_VALUES + 1), np.zeros((2, MAX_VALUES))])
def test_far_too_many_are_not_looked_at(values: Any) -> None:
    with pytest.raises(CheckFailed, match="far too many"):
        sequence_of_numbers(values, "the losses")
    assert len(sequence_of_numbers(torch.zeros(MAX_VALUES), "the losses")) == MAX_VALUES


@pytest.mark.parametrize("values", ["12", 3.0, {1: 2}])
def test_what_is_no_list(values: Any) -> None:
    with pytest.raises(CheckFailed, match="a list was wanted"):
        sequence_of_numbers(values, "the losses")
