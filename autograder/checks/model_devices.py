"""Checking that work on a model stays on the model's device, with or without a GPU.

``assert_follows_device`` places the tensors of a call; a model is built over there, so here a helper
builds it where a given tensor is, hands it to the student's functions, and answers with tensors.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.checks.devices import assert_follows_device
from autograder.checks.sent import as_on_gpu
from autograder.remote.proxy import Remote, Student, define
from autograder.remote.source import source_of


def assert_model_follows_device(student: Student, work: Callable[..., Any], *args: object) -> None:
    """Fail unless every tensor that ``work`` answers with is on the device of the tensors in ``args``.

    Args:
        work: its source is sent: ``work(x, ...)`` builds a model on ``x.device``, passes it to the student's
            functions, which are among ``args``, and returns the model's tensors.
        args: what ``work`` is given; first a tensor.
    """
    source = source_of(as_on_gpu, work)
    probe: Remote = define(student, "probe", f"{source}\n\nprobe = on_gpu({work.__name__})\n")
    assert_follows_device(probe, *args)
