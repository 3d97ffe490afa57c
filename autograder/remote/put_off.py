"""Puts torch's compiler off until somebody asks for it.

Making an optimizer, setting a seed and ``torch.func.grad`` import ``torch._dynamo``, only to say that they are not to
be compiled: over a second of computing and 80 MB, which each fork's table of pages carries on. Until code asks for
anything else of it, a module stands there that says the same. Untrusted side too: imports nothing of the graders.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

_NAME = "torch._dynamo"


def put_off_compiler() -> None:
    """From here on ``torch._dynamo`` is imported when it is first needed; nothing changes if it is there already."""
    import torch

    if _NAME not in sys.modules:
        stands_there = _Later(_NAME)
        sys.modules[_NAME] = stands_there
        sys.meta_path.insert(0, _Finder())
        vars(torch)["_dynamo"] = stands_there


class _CompiledAutograd:
    """Answers what ``torch.func.grad`` asks of ``torch._dynamo.compiled_autograd``, which nobody has switched on."""

    @staticmethod
    def _disable() -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def __getattr__(self, name: str) -> Any:
        return getattr(_real().compiled_autograd, name)


class _Later(types.ModuleType):
    """Answers what optimizers, seeds and gradients ask, and becomes the real module for anything else."""

    __path__: list[str] = []  # noqa: RUF012  it is a package: what is imported from it goes through the finder
    compiled_autograd = _CompiledAutograd()

    @staticmethod
    def disable(fn: Any = None, recursive: bool = True, **_: Any) -> Any:
        """A function that is not to be compiled is the function itself."""
        return fn if fn is not None else _Later.disable

    @staticmethod
    def graph_break(msg: str = "") -> None:
        """Nothing is traced here."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what importing asks of any module
            raise AttributeError(name)
        return getattr(_real(), name)


class _Finder:
    """Sees imports of the compiler's parts, and imports all of it first."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not name.startswith(_NAME + ".") or not isinstance(sys.modules.get(_NAME), _Later):
            return None
        _real()
        if name in sys.modules:
            return importlib.machinery.ModuleSpec(name, _There(sys.modules[name]))
        return importlib.machinery.PathFinder.find_spec(name, sys.modules[_NAME].__path__)


class _There(importlib.abc.Loader):
    """Loads a module that was loaded on the way."""

    def __init__(self, module: types.ModuleType) -> None:
        self._module = module

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return self._module

    def exec_module(self, module: types.ModuleType) -> None:
        """It was run already."""


def _real() -> types.ModuleType:
    import torch

    if isinstance(sys.modules.get(_NAME), _Later):
        del sys.modules[_NAME]
        vars(torch).pop("_dynamo", None)
        vars(torch)["_dynamo"] = importlib.import_module(_NAME)
    return sys.modules[_NAME]
