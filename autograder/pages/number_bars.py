"""A small picture of a learner's numbers beside the wanted ones: a wrong sign, scale or place is seen at a glance."""

from __future__ import annotations

import json
import math
import re

_LEAST, _MOST = 3, 24  # fewer numbers are read as fast as seen; of more the words show only the first ones
_PAIR, _BAR, _HEIGHT, _ROOM = 30, 11, 84, 4  # pixels: a pair of bars, one bar, the drawing, and above and below it
_LIST = re.compile(r"(\[.*\])(?: \([^()]*(?:\([\d, ]*\))?\))?")  # as words show it: [1, 2] (float32, shape (2,))


def number_bars(got: str, wanted: str) -> str:
    """The picture as SVG, with its words for who cannot see it; "" where the two are no lists of as many numbers.

    Args:
        got: the learner's numbers, as the words show them, such as ``[0.5, -1] (float32, shape (2,))``.
        wanted: the right ones, likewise.
    """
    mine, right = _numbers(got), _numbers(wanted)
    if mine is None or right is None or len(mine) != len(right):
        return ""
    low, high = min(0.0, *mine, *right), max(0.0, *mine, *right)
    if not 0 < high - low < math.inf:
        return ""

    def y(value: float) -> float:
        return _ROOM + (_HEIGHT - 2 * _ROOM) * (high - value) / (high - low)

    width = _PAIR * len(mine)
    bars = [f'<line x1="0" x2="{width}" y1="{y(0):.1f}" y2="{y(0):.1f}" class="zero"/>']
    for place, pair in enumerate(zip(mine, right, strict=True)):
        for kind, value, left in zip(("yours", "wanted"), pair, (3, 4 + _BAR), strict=True):
            top, bottom = sorted((y(value), y(0)))
            bars.append(
                f'<rect class="{kind}" x="{_PAIR * place + left}" width="{_BAR}" '
                f'y="{top:.1f}" height="{max(bottom - top, 0.5):.1f}"/>'
            )
    told = f"{len(mine)} pairs of bars: your numbers and the wanted ones"
    return (
        f'<figure class="bars"><svg role="img" aria-label="{told}" '
        f'viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}">{"".join(bars)}</svg>'
        '<figcaption class="soft">Full bars: yours. Empty bars: wanted.</figcaption></figure>'
    )


def _numbers(words: str) -> list[float] | None:
    """The numbers of a list, or of a list of lists row by row; None where it is no such list."""
    found = _LIST.fullmatch(words.strip())
    try:
        shown = json.loads(found[1]) if found else None
    except (ValueError, RecursionError):
        return None
    flat: list[object] = []
    for item in shown if isinstance(shown, list) else []:
        flat += item if isinstance(item, list) else [item]
    numbers = [float(item) for item in flat if isinstance(item, int | float) and not isinstance(item, bool)]
    usable = len(numbers) == len(flat) and _LEAST <= len(numbers) <= _MOST and all(map(math.isfinite, numbers))
    return numbers if usable else None
