"""Checking that a function refuses what it cannot answer."""

from __future__ import annotations

from typing import Any

from autograder.checks.failed import CheckFailed, Wanted
from autograder.remote.proxy import Remote, StudentFailed, call


def assert_refuses(function: Remote, *args: Any, what: str, **kwargs: Any) -> None:
    """Fail unless the call raises an exception; a blank that raises NotImplementedError does not count.

    Args:
        what: the input that must be refused, in words: "targets of shape (N, 1) for predictions (N,)".
    """
    try:
        answer = call(function, *args, **kwargs)
    except StudentFailed as failed:
        if failed.failure.kind == "raised":
            return
        raise
    if "place" in kwargs:
        answer = "an answer"  # what came back tells of the device only
    raise CheckFailed(f"no error was raised for {what}", answer, Wanted("an exception"))
