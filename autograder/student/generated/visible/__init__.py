"""The code of the visible checks, one module a question: written by ``autograder release``, never by hand."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil


def preload() -> None:
    """Import every visible check, with all that it imports.

    One that cannot be imported is tried again when it is asked for, and tells why then.
    """
    for module in pkgutil.walk_packages(__path__, __name__ + "."):
        with contextlib.suppress(Exception):
            importlib.import_module(module.name)
