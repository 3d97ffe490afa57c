"""Checking that code which looks at values stays on its input's device, also if it moves tensors itself.

``assert_follows_device`` plays the GPU with ``meta``, where nothing has values: it cannot tell
``torch.eye(k).to(labels.device)[labels]`` or a round trip through NumPy, both right, from code that
forgets the device. Here the tensors keep their values, and a mode keeps book of which are "on the CPU".
"""

from __future__ import annotations

from typing import Any

from autograder.checks.devices import assert_follows_device
from autograder.checks.failed import CheckFailed
from autograder.checks.sent import ledger
from autograder.checks.tolerances import device_in_use
from autograder.remote.proxy import Remote, Student, StudentFailed, transfer


def assert_follows_device_by_value(student: Student, function: Remote, *args: Any, **kwargs: Any) -> None:
    """``assert_follows_device``, for rows that ask for a look at values (refuse these labels, say).

    On a GPU, and where ``meta`` is enough, nothing differs.
    """
    try:
        assert_follows_device(function, *args, **kwargs)
    except CheckFailed:
        if device_in_use.get() != "cpu":
            raise
        try:
            on_host = transfer(student, ledger.where, ledger)(function, *args, **kwargs)
        except StudentFailed:
            on_host = []
        if not on_host or any(on_host):
            raise
