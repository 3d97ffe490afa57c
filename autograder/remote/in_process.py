"""An in-process stand-in for the far end: the reference, a mistake, or a student's own kernel.

Requests and replies go through the codec here too, so that nothing works in a double that would not
work through the sandbox.
"""

from __future__ import annotations

import contextlib
import io
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from autograder.protocol.decoder import decode
from autograder.protocol.encoder import encode
from autograder.remote.objects import Objects
from autograder.remote.request_state import fresh


class Double:
    """Answers requests in this process, and leaves its random generators as they were."""

    def __init__(
        self,
        namespace: Mapping[str, Any],
        scratch: Path | None = None,
        is_student_file: Callable[[str], bool] = lambda name: name.startswith("<"),
        prints_to: io.TextIOBase | None = None,
    ) -> None:
        self._objects = Objects(namespace, scratch, is_student_file, (KeyboardInterrupt,), prints_to)

    def ask(self, request: dict[str, Any]) -> Any:
        """The reply, made of fresh objects, as if it had come from afar."""
        with fresh(), same_randomness():
            reply = self._objects.answer(decode(encode(request)))
            try:
                data = encode(reply, self._objects.keep)
            except Exception as problem:
                data = encode(self._objects.unsent(problem))
            return decode(data)


@contextlib.contextmanager
def same_randomness() -> Iterator[None]:
    """Give the caller's random generators back unchanged."""
    torch_state, numpy_state, python_state = torch.get_rng_state(), np.random.get_state(), random.getstate()
    try:
        yield
    finally:
        torch.set_rng_state(torch_state)
        np.random.set_state(numpy_state)
        random.setstate(python_state)
