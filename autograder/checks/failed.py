"""A check that failed, as data: what came back, what was wanted, and where they differ."""

from __future__ import annotations

import math
from typing import Any


class Wanted:
    """Words for what was wanted, where a value alone would not say it: ``Wanted("less than 0.001")``."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __repr__(self) -> str:
        return self.words


class CheckFailed(AssertionError):
    """An answer that is not right.

    Args:
        what: the difference in one clause, for a student: "the shape is different".
        actual: what came back; mistakes are told apart by it.
        expected: what was wanted.
        where: the place of the difference: "at [0, 2]".
        excess: how many tolerances away the worst element is; infinite where no number can say it.
        whole: (actual, expected) by which mistakes are told apart, where the two above are only what a student is
            shown of it.
    """

    def __init__(
        self,
        what: str,
        actual: Any,
        expected: Any,
        *,
        where: str = "",
        excess: float = math.inf,
        whole: tuple[Any, Any] | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.actual = actual
        self.expected = expected
        self.where = where
        self.excess = excess
        self.whole = whole
