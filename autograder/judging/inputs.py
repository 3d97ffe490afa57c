"""Draws the inputs of a test: fresh ones for grading, recorded ones for a student's own checks.

Numbers lie on a grid of 1/1024, so that they are the same on every machine and short enough to read.
"""

from __future__ import annotations

import copy
import functools
import itertools
from collections.abc import Callable, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import numpy as np
import torch
from numpy.random import PCG64, Generator  # now, and not inside the first check: loading it swallows a Ctrl-C

# Drawn numbers are multiples of 1/1024: float32 holds them, their sums and most of their products exactly, so that the
# order of a sum tells no answer from another, and recorded inputs read back as they were.
GRID = 1024
P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def _recorded(method: Callable[Concatenate[Draw, P], R]) -> Callable[Concatenate[Draw, P], R]:
    """Remember what the outermost draw gave, or give what was remembered."""

    @functools.wraps(method)
    def draw(self: Draw, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._inside:
            return method(self, *args, **kwargs)
        if self._replay is not None:
            replayed: R = copy.deepcopy(next(self._replay))  # a test, or a student's code, may change what it gets
            return replayed
        self._inside = True
        try:
            value = method(self, *args, **kwargs)
        finally:
            self._inside = False
        self.drawn.append(copy.deepcopy(value))
        return value

    return cast("Callable[Concatenate[Draw, P], R]", draw)


class Draw:
    """The random generator that a test gets as ``rng``.

    Args:
        seed: the same seed draws the same inputs.
        recorded: give these values, one for each draw, instead of drawing.
        separate: whether an input tells every mistake from the truth and from each other; used by ``apart``.
    """

    def __init__(
        self,
        seed: int = 0,
        recorded: Sequence[Any] | None = None,
        separate: Callable[[str, tuple[Any, ...], tuple[str, ...] | None], bool] | None = None,
    ) -> None:
        self._generator = Generator(PCG64(seed))
        self._replay = None if recorded is None else iter(recorded)
        self._separate = separate
        self._inside = False
        self.drawn: list[Any] = []

    @_recorded
    def normal(self, *shape: int, scale: float = 1.0, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """Normal numbers of standard deviation ``scale``, none of them zero."""
        grid = np.rint(self._generator.standard_normal(shape) * scale * GRID)
        return torch.from_numpy(np.asarray(np.where(grid == 0, 1, grid) / GRID)).to(dtype)

    @_recorded
    def uniform(self, low: float, high: float, *shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """Uniform numbers from ``low`` to ``high``."""
        return torch.from_numpy(np.asarray(np.rint(self._generator.uniform(low, high, shape) * GRID) / GRID)).to(dtype)

    @_recorded
    def integers(self, low: int, high: int, *shape: int) -> torch.Tensor:
        """Whole numbers from ``low`` to ``high``, both included, int64."""
        return torch.from_numpy(np.asarray(self._generator.integers(low, high, shape, endpoint=True)))

    @_recorded
    def integer(self, low: int, high: int) -> int:
        """One whole number from ``low`` to ``high``, both included."""
        return int(self._generator.integers(low, high, endpoint=True))

    @_recorded
    def number(self, low: float, high: float, step: float = 0.01) -> float:
        """One number from ``low`` to ``high``, a multiple of ``step``."""
        return round(round(float(self._generator.uniform(low, high)) / step) * step, 10)

    @_recorded
    def choice(self, options: Sequence[T]) -> T:
        """One of ``options``."""
        return options[int(self._generator.integers(len(options)))]

    @_recorded
    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """``count`` different ones of ``options``, in random order."""
        return [options[int(i)] for i in self._generator.permutation(len(options))[:count]]

    @_recorded
    def permutation(self, count: int) -> torch.Tensor:
        """The numbers 0 to ``count`` − 1 in random order, int64."""
        return torch.from_numpy(self._generator.permutation(count).astype(np.int64))

    @_recorded
    def linear(self, n_in: int, n_out: int) -> tuple[torch.Tensor, torch.Tensor]:
        """A weight of shape (n_out, n_in) and a bias of shape (n_out,), of the size of torch's own start."""
        bound = n_in**-0.5
        return self.uniform(-bound, bound, n_out, n_in), self.uniform(-bound, bound, n_out)

    @_recorded
    def apart(
        self,
        name: str,
        draw: Callable[[], tuple[Any, ...]],
        among: tuple[str, ...] | None = None,
        tries: int = 300,
    ) -> tuple[Any, ...]:
        """Arguments for the function ``name`` to which no mistake gives the right answer or another's.

        Args:
            name: the function of the answer that is called.
            draw: makes candidates with this generator.
            among: the mistakes to be told apart; all of the question's by default.

        Raises:
            RuntimeError: no draw in ``tries`` tells the mistakes apart.
        """
        for args in itertools.islice(iter(draw, ()), tries):
            if self._separate is None or self._separate(name, args, among):
                return args
        raise RuntimeError(f"no draw in {tries} tells the mistakes of {name}() apart: widen the draw")
