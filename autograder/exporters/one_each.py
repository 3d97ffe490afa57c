"""Formats made for one submission: its result as it is; of a class, an object with one result for each student."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from autograder.results import Grade, Ungraded


def one_each(results: Sequence[Grade | Ungraded], tell: Callable[[Grade | Ungraded], dict[str, Any]]) -> str:
    """JSON text: the one result, or all of them by student."""
    told = {result.student: tell(result) for result in results}
    content: Any = next(iter(told.values())) if len(results) == 1 else told
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
