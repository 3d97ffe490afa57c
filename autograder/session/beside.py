"""Puts the files that were handed in beside a notebook into its work folder, where the notebook reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from autograder.protocol.channel import AskingEnd
from autograder.protocol.wire import Failure

_SECONDS = 30.0  # for a file to be written into memory


class Beside(Protocol):
    """A file that was handed in beside a notebook."""

    @property
    def name(self) -> PurePosixPath:
        """Where it lies, relative to the notebook."""

    @property
    def path(self) -> Path:
        """Where it lies on this disk."""


def lay_out(channel: AskingEnd, files: Sequence[Beside]) -> Iterator[str]:
    """Send every file over, before any cell runs; what could not be sent, in words."""
    for file in files:
        try:
            data = file.path.read_bytes()
        except OSError as problem:
            yield f"{file.name} beside the notebook could not be read: {problem.strerror}"
            continue
        placed = channel.ask({"op": "file", "name": str(file.name), "data": data}, _SECONDS)
        if isinstance(placed, Failure):
            yield f"{file.name} could not be put beside the notebook: {placed.type_name}"
