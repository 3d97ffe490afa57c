"""A reference on a GPU's stand-in, so that what was made on the wrong device is found on a machine without a GPU."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.protocol.decoder import decode
from autograder.protocol.encoder import encode
from autograder.protocol.wire import WireError
from autograder.remote.in_process import Double, same_randomness
from autograder.remote.stand_in import Ledger, playing


class OnStandIn(Double):
    """A double whose arguments come on the stand-in, as a submission's do on a GPU."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        super().__init__(namespace)
        self._ledger = Ledger()

    def ask(self, request: dict[str, Any]) -> Any:
        """The reply, as from a machine with a GPU."""
        asked = decode(encode({**request, "device": "cuda"}))
        with same_randomness():
            with playing(self._ledger):
                reply = self._objects.answer(asked)
            try:
                data = encode(reply, self._objects.keep)
            except WireError as problem:
                data = encode(self._objects.failure(problem))
        return decode(data)
