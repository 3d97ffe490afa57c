"""A device is asked for by name and never guessed wrong."""

from __future__ import annotations

import pytest
import torch

from autograder.grader.devices import NoSuchDevice, choose_device


@pytest.mark.parametrize(
    ("wish", "there", "chosen"),
    [
        ("cpu", True, "cpu"),
        ("cpu", False, "cpu"),
        ("auto", True, "cuda"),
        ("auto", False, "cpu"),
        ("cuda", True, "cuda"),
    ],
)
def test_choice(wish: str, there: bool, chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: there)
    assert choose_device(wish) == chosen


def test_a_gpu_that_is_not_there_is_an_error_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(NoSuchDevice, match="--device cpu"):
        choose_device("cuda")
