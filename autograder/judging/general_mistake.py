"""A mistake that can be made in every question: its words, and the evidence for it."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.judging.evidence import Explains
from autograder.results import Mistake


@dataclass(frozen=True)
class GeneralMistake:
    """A mistake with words that fit every question; ``explains`` says whether all failures of one show it."""

    mistake: Mistake
    explains: Explains


def general(name: str, says: str, ask: str, explains: Explains) -> GeneralMistake:
    """A general mistake by its name, what was done, a question to ask oneself, and the evidence."""
    return GeneralMistake(Mistake(name, says, ask), explains)
