"""What ``check`` gives back: a frozen record that shows itself, as a box in Jupyter and as text elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.results import Mistake, Outcome
from autograder.student.box import Tone, box

_TONES: dict[Outcome, Tone] = {
    Outcome.CORRECT: "right",
    Outcome.PARTIAL: "nearly",
    Outcome.NOT_ATTEMPTED: "blank",
    Outcome.MISSING: "blank",
}
_HEADS = {
    Outcome.CORRECT: "right so far",
    Outcome.PARTIAL: "partly right",
    Outcome.WRONG: "not right yet",
    Outcome.ERROR: "your code stopped",
    Outcome.TIMEOUT: "out of time",
    Outcome.MEMORY: "out of memory",
    Outcome.NOT_ATTEMPTED: "not attempted yet",
    Outcome.MISSING: "not there yet",
    Outcome.FORBIDDEN: "against the rules of this question",
}


@dataclass(frozen=True)
class Tick:
    """One visible check: its title, and whether it passed; None if it was not run."""

    title: str
    passed: bool | None

    @property
    def mark(self) -> str:
        """✓, ✗ or –."""
        return "–" if self.passed is None else "✓" if self.passed else "✗"


@dataclass(frozen=True)
class Verdict:
    """What the visible checks of one question found.

    Args:
        score, max_score: of the visible checks alone.
        points: what the question is worth in all.
        mistake: the mistake, if one was recognised.
        message: everything in one paragraph.
        told: the same in labelled lines, for the box and the text.
        printed: what the student's code printed meanwhile.
    """

    question: str
    title: str
    outcome: Outcome
    score: float
    max_score: float
    points: float
    ticks: tuple[Tick, ...]
    mistake: Mistake | None
    message: str
    told: tuple[tuple[str, str], ...]
    printed: str = ""

    @property
    def tone(self) -> Tone:
        """Which kind of verdict it is, at a glance."""
        return _TONES.get(self.outcome, "wrong")

    @property
    def head(self) -> str:
        """The verdict in a few words."""
        return f"{self.question}: {_HEADS.get(self.outcome, str(self.outcome))}"

    @property
    def small_print(self) -> str:
        """What these marks are, and are not."""
        hidden = self.points - self.max_score
        if hidden > 1e-9:
            worth = f"{self.max_score:g} of this question's {self.points:g} point{'s' if self.points != 1 else ''}"
            text = f"Visible checks only: {worth}. Hidden checks are run at grading."
        else:
            text = "Visible checks only, on recorded inputs. Other inputs are tried at grading."
        return text if self.outcome is Outcome.CORRECT else f'{text} Stuck? hint("{self.question}")'

    def __repr__(self) -> str:
        lines = [f"{self.head} · {self.title} ({self.score:g} of {self.max_score:g} visible points)"]
        lines += [f"  {tick.mark} {tick.title}" for tick in self.ticks]
        lines += [f"  {label}: {text}" if label else f"  {text}" for label, text in self.told]
        if self.printed:
            lines += ["  Your code printed:", *(f"  | {line}" for line in self.printed.splitlines())]
        return "\n".join([*lines, f"  {self.small_print}"])

    def _repr_html_(self) -> str:
        return box(
            self.tone,
            self.head,
            f"{self.title} · {self.score:g} of {self.max_score:g} visible points",
            ticks=[(tick.mark, tick.title) for tick in self.ticks],
            told=self.told,
            printed=self.printed,
            small=self.small_print,
        )


@dataclass(frozen=True)
class Note:
    """A word to the student where there is no verdict: an unknown question, a check that was stopped, a hint."""

    head: str
    text: str
    tone: Tone = "nearly"
    small: str = ""

    def __repr__(self) -> str:
        return "\n  ".join(part for part in (self.head, *self.text.splitlines(), self.small) if part)

    def _repr_html_(self) -> str:
        return box(self.tone, self.head, "", told=[("", line) for line in self.text.splitlines()], small=self.small)
