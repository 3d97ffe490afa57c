"""Packages that a student may have and the grader has not: importing one costs nothing, using it says so in words.

An import stands at the top of a cell, and the answer below it may need nothing of it. Untrusted side: imports nothing
of the graders.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any, NoReturn

# What honest notebooks import, by public notebooks of such courses; a course can name more (docs/fairness.md).
USUAL = (
    "altair", "beartype", "bokeh", "cv2", "datasets", "einops", "fastai", "gdown", "google.colab",
    "gradio", "graphviz", "ipywidgets", "jaxtyping", "kaggle", "keras", "lightning", "memory_profiler", "numba",
    "otter", "plotly", "psutil", "pytorch_lightning", "requests", "rich", "scipy", "seaborn", "sklearn", "statsmodels",
    "sympy", "tensorboard", "tensorflow", "thop", "torchaudio", "torchinfo", "torchmetrics", "torchsummary",
    "torchtext", "torchtyping", "torchview", "torchviz", "torchvision", "transformers", "typeguard", "wandb", "xgboost",
)  # fmt: skip
_FOR_TYPES = frozenset({"beartype", "jaxtyping", "torchtyping", "typeguard"})  # their decorators change no answer
_OF_A_PLACE = frozenset({"google", "kaggle"})  # what they do has no meaning elsewhere, so it is passed over


class Absent:
    """Something of a package that is not here: it can be named and written in annotations, and not used."""

    def __init__(self, path: str) -> None:
        self.__path = path

    def __getattr__(self, name: str) -> Absent:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent(f"{self.__path}.{name}")

    def __getitem__(self, key: object) -> Absent:
        return self if _top(self.__path) in _FOR_TYPES else _refuse(self.__path)

    def __or__(self, other: object) -> Absent:
        return self

    __ror__ = __or__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if _top(self.__path) in _FOR_TYPES:
            return args[0] if len(args) == 1 and not kwargs and callable(args[0]) else self
        if _top(self.__path) in _OF_A_PLACE:
            print(f"{self.__path} is passed over while a notebook is graded.", file=sys.stderr)
            return None
        return _refuse(self.__path)

    def __mro_entries__(self, bases: tuple[object, ...]) -> NoReturn:
        _refuse(self.__path)

    def __iter__(self) -> NoReturn:
        _refuse(self.__path)

    def __repr__(self) -> str:
        return f"<{self.__path}, which is not here>"


class _Module(types.ModuleType):
    def __getattr__(self, name: str) -> Absent:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent(f"{self.__name__}.{name}")


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Asked last, when a package is nowhere: stands in for those on a list."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(names)
        self._above = frozenset(name.rpartition(".")[0] for name in names) - {""}

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        """A spec of a stand-in, if the package is listed."""
        parts = name.split(".")
        listed = any(".".join(parts[:count]) in self._names for count in range(1, len(parts) + 1))
        if not listed and name not in self._above:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: Any) -> types.ModuleType:
        """The stand-in."""
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing is run; one line says so, once for each package."""
        if module.__name__ == _top(module.__name__) or module.__name__ in self._names:
            print(
                f"{module.__name__} is not there while a notebook is graded. Importing it costs nothing; code that "
                "uses it will stop.",
                file=sys.stderr,
            )


def install(more: Sequence[str] = ()) -> None:
    """Let imports of absent packages pass from now on."""
    sys.meta_path.append(Finder((*USUAL, *more)))


def _top(path: str) -> str:
    return path.partition(".")[0]


def _refuse(path: str) -> NoReturn:
    package = _top(path)
    problem = ModuleNotFoundError(
        f"{package} is not there while a notebook is graded: please write this without it", name=package
    )
    problem.refused_here = True  # type: ignore[attr-defined]
    raise problem
