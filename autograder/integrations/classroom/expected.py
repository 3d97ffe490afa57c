"""Which questions a notebook is expected to answer, read from the recorded cases without importing torch.

So that a result can be written whatever happens to the process that does the checking.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.results import Mistake, Outcome, QuestionGrade, TestResult

CASES = Path(__file__).resolve().parents[2] / "student" / "generated" / "cases"


@dataclass(frozen=True)
class Expected:
    """The questions of one assignment, as far as students may know them."""

    assignment: str
    questions: tuple[dict[str, Any], ...]

    def graded(self, question: dict[str, Any], checked: dict[str, Any]) -> QuestionGrade:
        """A question as it was checked."""
        tests = tuple(
            TestResult(test["name"], test["title"], test["points"], passed)
            for test, passed in zip(question["tests"], checked["passed"], strict=True)
        )
        return QuestionGrade(
            id=question["id"],
            title=question["title"],
            score=checked["score"],
            max_score=sum(test.points for test in tests),
            outcome=Outcome(checked["outcome"]),
            mistake=None if checked["mistake"] is None else Mistake(checked["mistake"]),
            message=checked["message"],
            tests=tests,
        )

    def ungraded(self, question: dict[str, Any], outcome: Outcome, message: str) -> QuestionGrade:
        """A question without points, with the reason."""
        tests = tuple(TestResult(t["name"], t["title"], t["points"], False, str(outcome)) for t in question["tests"])
        most = sum(test.points for test in tests)
        return QuestionGrade(question["id"], question["title"], 0.0, most, outcome, None, message, tests)


def expected_questions(notebook: Path) -> Expected:
    """The questions of the assignment that the notebook's file is named after, else of the one it asks most of."""
    known = {path.stem: path for path in sorted(CASES.glob("*.json"))}
    name = notebook.stem if notebook.stem in known else _most_asked(notebook, known)
    if name is None:
        return Expected(notebook.stem, ())
    return Expected(name, tuple(json.loads(known[name].read_text("utf-8"))["questions"]))


def _most_asked(notebook: Path, known: dict[str, Path]) -> str | None:
    try:
        text = notebook.read_text("utf-8", errors="replace")
    except OSError:
        return None
    counts = {}
    for name, path in known.items():
        questions = json.loads(path.read_text("utf-8"))["questions"]
        marks = ('"test-{}"', 'check(\\"{}\\")')  # what nbgrader wrote on the test cell, or else what stands in it
        counts[name] = sum(any(mark.format(question["id"]) in text for mark in marks) for question in questions)
    best = max(counts, key=lambda name: counts[name], default=None)
    return best if best is not None and counts[best] else None
