"""Attacks on the grader, by what they are after; ``docs/security.md`` shows them as a table."""

from hostile.attack import ALL_OFF, Attack, LayersOff, Naive, NoControl
from hostile.exhausting import EXHAUSTING
from hostile.forging import FORGING
from hostile.hurting import HURTING
from hostile.reading import READING

ATTACKS: tuple[Attack, ...] = (*READING, *FORGING, *HURTING, *EXHAUSTING)

__all__ = ["ALL_OFF", "ATTACKS", "Attack", "LayersOff", "Naive", "NoControl"]
