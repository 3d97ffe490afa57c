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


class Later(types.ModuleType):
    """Stands for a module until something is asked of it that only the real one knows."""

    __path__: list[str] = []  # noqa: RUF012  it may be a package: what is imported from it goes through the finder

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what importing asks of any module
            raise AttributeError(name)
        return getattr(real(self), name)


def put_off(stands_there: Later) -> None:
    """From here on the module of that name is imported when it is first needed, unless it is there already."""
    if stands_there.__name__ in sys.modules:
        return
    _bind(stands_there)
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def real(stands_there: Later) -> types.ModuleType:
    """The module itself, which is imported now if it was not; from here on it is found under its name."""
    name = stands_there.__name__
    if sys.modules.get(name) is stands_there:
        del sys.modules[name]
        module = importlib.import_module(name)
        _bind(module)
        vars(stands_there).update(vars(module))  # for those who hold it
    return sys.modules[name]


def _bind(module: types.ModuleType) -> None:
    """Let a module be found under its name, and as an attribute of its package."""
    package, _, name = module.__name__.rpartition(".")
    sys.modules[module.__name__] = module
    if package:
        vars(importlib.import_module(package))[name] = module


class _Finder:
    """Sees imports of the parts of a module that was put off, and imports all of it first."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        package = sys.modules.get(name.rpartition(".")[0])
        if not isinstance(package, Later):
            return None
        there = real(package)
        if name in sys.modules:  # importing goes by what stands there, and would run it once more
            module = sys.modules[name]
            spec = importlib.machinery.ModuleSpec(name, _There(module, module.__spec__))
            vars(module)["__spec__"] = spec
            return spec
        return importlib.machinery.PathFinder.find_spec(name, getattr(there, "__path__", []))


class _There(importlib.abc.Loader):
    """Loads a module that was loaded on the way."""

    def __init__(self, module: types.ModuleType, spec: importlib.machinery.ModuleSpec | None) -> None:
        self._module = module
        self._spec = spec

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return self._module

    def exec_module(self, module: types.ModuleType) -> None:
        """It was run already."""
        vars(module)["__spec__"] = self._spec


def put_off_compiler() -> None:
    """From here on ``torch._dynamo`` is imported when it is first needed; nothing changes if it is there already."""
    put_off(_Dynamo(_NAME))


class _CompiledAutograd:
    """Answers what ``torch.func.grad`` asks of ``torch._dynamo.compiled_autograd``, which nobody has switched on."""

    @staticmethod
    def _disable() -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(f"{_NAME}.compiled_autograd"), name)


class _Dynamo(Later):
    """Answers what optimizers, seeds and gradients ask."""

    compiled_autograd = _CompiledAutograd()

    @staticmethod
    def disable(fn: Any = None, recursive: bool = True, **_: Any) -> Any:
        """A function that is not to be compiled is the function itself."""
        return fn if fn is not None else _Dynamo.disable

    @staticmethod
    def graph_break(msg: str = "") -> None:
        """Nothing is traced here."""
