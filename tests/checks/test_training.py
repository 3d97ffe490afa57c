"""A list of losses is compared with the replay's, step by step."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, assert_losses_close

LOSSES = [4.0, 2.0, 1.0, 0.5]


@pytest.mark.parametrize("actual", [LOSSES, tuple(LOSSES), [4, 2, 1, 0.5], [x * (1 + 5e-5) for x in LOSSES]])
def test_the_replay_passes(actual: Any) -> None:
    assert_losses_close(actual, LOSSES)


@pytest.mark.parametrize(
    ("actual", "what"),
    [
        ([4.0, 2.0, 1.1, 0.5], "different from step 3 on"),
        ([math.nan] * 4, "different from step 1 on"),
        ([4.0, math.inf, 1.0, 0.5], "different from step 2 on"),
        (LOSSES[:3], "3 came back, 4 were wanted"),
        ([], "0 came back"),
        ([torch.tensor(x) for x in LOSSES], "are tensors"),
        (torch.tensor(LOSSES), "a tensor came back where a list"),
        (["4", "2", "1", ".5"], "hold a text"),
        ([True] * 4, "hold a True or False"),
        (None, "a None came back"),
    ],
)
def test_other_losses_fail(actual: Any, what: str) -> None:
    with pytest.raises(CheckFailed, match=what):
        assert_losses_close(actual, LOSSES)
