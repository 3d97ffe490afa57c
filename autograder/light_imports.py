"""Imports heavy packages without what a grader never uses of them; whoever does use it gets it then.

For a moment a module stands in their way that has one function, which imports the real one when it is called.
Afterwards it is gone, so that everybody else imports what they always did.
"""

from __future__ import annotations

import importlib
import os
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def jsonschema_without_grammar() -> None:
    """Import ``jsonschema``, which nbformat reads notebooks with, but for the grammar of a format that they don't have.

    Building that grammar (of international addresses, RFC 3987) takes 1.3 s of computing, as long as torch.
    """
    with _standing_in("rfc3987_syntax", "is_valid_syntax"):
        importlib.import_module("jsonschema")


def nbgrader_without_server() -> None:
    """Import ``nbgrader`` without its extensions of Jupyter's server, which import a web server and nbconvert."""
    extensions = ("assignment_list", "course_list", "validate_assignment", "formgrader")
    names = [f"nbgrader.server_extensions.{name}" for name in extensions]
    with _standing_in("nbgrader.server_extensions", ""):
        for name in names:
            sys.modules.setdefault(name, _module(name, "load_jupyter_server_extension"))
        try:
            importlib.import_module("nbgrader")
        finally:
            for name in names:
                if isinstance(sys.modules.get(name), _StandIn):
                    del sys.modules[name]


def one_thread() -> None:
    """Let NumPy, where it is not imported yet, start no thread for each processor when it is.

    A grader computes with one thread, as submissions do; and a process that has one can be forked.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class _StandIn(types.ModuleType):
    """Stands for a module while another one is imported that only takes a function of it."""


@contextmanager
def _standing_in(name: str, function: str) -> Iterator[None]:
    """Let a stand-in be found under ``name`` inside, unless the real module is there already."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = _module(name, function)
    try:
        yield
    finally:
        if isinstance(sys.modules.get(name), _StandIn):
            del sys.modules[name]
        parent, _, own = name.rpartition(".")
        if parent in sys.modules and isinstance(vars(sys.modules[parent]).get(own), _StandIn):
            delattr(sys.modules[parent], own)


def _module(name: str, function: str) -> _StandIn:
    def call(*args: Any, **kwargs: Any) -> Any:
        return getattr(importlib.import_module(name), function)(*args, **kwargs)

    module = _StandIn(name)
    module.__path__ = []
    if function:
        setattr(module, function, call)
    return module
