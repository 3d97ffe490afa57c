"""Checking that an answer is computed where its input lives, with or without a GPU."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks.failed import CheckFailed, Wanted
from autograder.checks.tolerances import device_in_use
from autograder.remote.proxy import Remote, StudentFailed, call

_WHAT = "the answer is not on the device of the input"


def assert_follows_device(function: Remote, *args: Any, **kwargs: Any) -> None:
    """Fail unless every tensor in the answer is on the device of the tensors given.

    On a GPU it is simply run there. Without one it is run on ``meta`` tensors, and, for code that
    looks at values on the way, on tensors here while this CPU plays the GPU (``objects.elsewhere``);
    one of the two must work.
    """
    if device_in_use.get() != "cpu":
        _assert_on(device_in_use.get(), call(function, *args, place=device_in_use.get(), **kwargs))
        return
    try:
        _assert_on("meta", call(function, *args, place="meta", **kwargs))
    except (StudentFailed, CheckFailed):
        try:
            _assert_on("cpu", call(function, *args, place="foreign", **kwargs))
        except StudentFailed as failed:
            if failed.failure.kind != "raised":
                raise
            whole = ("the code stops", _wanted())  # with which error depends on how it is written
            words = f"{_WHAT}, or the code stops there"
            raise CheckFailed(words, failed.failure.type_name, _wanted(), whole=whole) from None


def _assert_on(device: str, placed: list[tuple[str, tuple[int, ...], torch.dtype]]) -> None:
    if not placed:
        raise CheckFailed("no tensor came back", None, Wanted("a tensor"))
    for where, _shape, _dtype in placed:
        if where.partition(":")[0] != device:
            raise CheckFailed(_WHAT, "another device", _wanted())


def _wanted() -> Wanted:
    return Wanted("the device of the input, whatever it is")
