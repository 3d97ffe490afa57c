"""Checking that an answer is computed where its input lives, with or without a GPU."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from autograder.checks.failed import CheckFailed, Wanted
from autograder.checks.tolerances import device_in_use
from autograder.remote.proxy import STAND_IN, Remote, Student, StudentFailed, call, define
from autograder.remote.source import source_of

_WHAT = "the answer is not on the device of the input"
NO_TENSOR = "no tensor came back"


def assert_follows_device(function: Remote, *args: Any, **kwargs: Any) -> None:
    """Fail unless every tensor in the answer is on the device of the tensors given.

    On a GPU it is simply run there. Without one it is run on ``meta`` tensors, and, for code that
    looks at values on the way, on a GPU's stand-in (``remote/stand_in.py``); one of the two must work.
    """
    if device_in_use.get() == "cpu":
        try:
            _assert_on("meta", call(function, *args, place="meta", **kwargs))
            return
        except (StudentFailed, CheckFailed):
            pass
    _assert_there(function, *args, **kwargs)


def assert_model_follows_device(student: Student, work: Callable[..., Any], *args: object) -> None:
    """Fail unless every tensor that ``work`` answers with is on the device of the tensors in ``args``.

    Args:
        work: its source is sent: ``work(x, ...)`` builds a model on ``x.device`` or moves one there, passes it to
            the student's functions, which are among ``args``, and returns tensors.
        args: what ``work`` is given; first a tensor.
    """
    _assert_there(define(student, work.__name__, source_of(work)), *args)


def _assert_there(function: Remote, *args: Any, **kwargs: Any) -> None:
    """Fail unless the answer is on the GPU, or on its stand-in where there is none, as the tensors given are."""
    place = STAND_IN if device_in_use.get() == "cpu" else device_in_use.get()
    try:
        placed = call(function, *args, place=place, **kwargs)
    except StudentFailed as failed:
        if place != STAND_IN or failed.failure.kind != "raised":
            raise
        whole = ("the code stops", _wanted())  # with which error depends on how it is written
        words = f"{_WHAT}, or the code stops there"
        raise CheckFailed(words, failed.failure.type_name, _wanted(), whole=whole) from None
    _assert_on("cuda" if place == STAND_IN else place, placed)


def _assert_on(device: str, placed: list[tuple[str, tuple[int, ...], torch.dtype]]) -> None:
    if not placed:
        raise CheckFailed(NO_TENSOR, "something else", Wanted("a tensor"))
    for where, _shape, _dtype in placed:
        if where.partition(":")[0] != device:
            raise CheckFailed(_WHAT, "another device", _wanted())


def _wanted() -> Wanted:
    return Wanted("the device of the input, whatever it is")
