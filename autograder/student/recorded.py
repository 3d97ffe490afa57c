"""The recorded cases: what a student's machine knows of each question instead of its reference.

``cases/<assignment>.json`` is written by ``autograder release`` and never by hand; the checks
themselves are the modules under ``visible/``, taken from the bank's own tests.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder.checks.failed import Wanted
from autograder.judging.failures import Kind
from autograder.judging.inputs import Draw
from autograder.judging.run_test import Fingerprint, TestFunction
from autograder.protocol.json_values import Json, from_json, to_json
from autograder.remote.recorded import Replies
from autograder.results import Mistake

CASES = Path(__file__).resolve().parent / "generated" / "cases"


@dataclass(frozen=True)
class RecordedTest:
    """One visible test on its recorded inputs.

    Args:
        seed: of the calls it makes, for answers that draw random numbers.
        drawn: what the test draws, in order.
        replies: what the reference replied, in order.
        mistakes: how each form of each mistake fails it; None for one that it cannot see.
    """

    name: str
    title: str
    points: float
    seed: int
    drawn: Json
    replies: Json
    mistakes: dict[str, list[Json]]

    def rng(self) -> Draw:
        """Gives the recorded inputs, as fresh objects."""
        return Draw(recorded=from_json(self.drawn))

    def reference(self) -> Replies:
        """Gives the recorded replies, as fresh objects."""
        return Replies(from_json(self.replies))

    def failure_of(self, mistake: str, form: int = 1) -> Fingerprint | None:
        """How that form of the mistake fails."""
        told = self.mistakes[mistake][form - 1]
        return None if told is None else read_fingerprint(told)


@dataclass(frozen=True)
class RecordedQuestion:
    """One question, as far as students may know it."""

    assignment: str
    package: str
    id: str
    title: str
    points: float
    names: tuple[str, ...]
    hints: tuple[str, ...]
    forbids: tuple[str, ...]
    bound: tuple[str, ...]
    forbidden_as: Mistake | None
    seconds: float
    mistakes: tuple[Mistake, ...]
    tests: tuple[RecordedTest, ...]

    @property
    def visible_points(self) -> float:
        """What the visible tests are worth together."""
        return sum(test.points for test in self.tests)

    @property
    def forms(self) -> Iterator[tuple[Mistake, int]]:
        """Each mistake with each of its forms, in the bank's order: all first forms come first."""
        of = self.tests[0].mistakes
        for form in range(1, max(map(len, of.values()), default=0) + 1):
            yield from ((mistake, form) for mistake in self.mistakes if form <= len(of[mistake.name]))

    def function(self, test: RecordedTest) -> TestFunction:
        """The code of one of the tests."""
        module = importlib.import_module(f"autograder.student.generated.visible.{self.package}.{self.id}")
        function: TestFunction = getattr(module, test.name)
        return function


@cache
def recorded_questions(folder: Path = CASES) -> dict[str, RecordedQuestion]:
    """Every recorded question by its id."""
    found: dict[str, RecordedQuestion] = {}
    for path in sorted(folder.glob("*.json")):
        for question in read_cases(json.loads(path.read_text("utf-8"))):
            found[question.id] = question
    return found


def read_cases(told: Json) -> list[RecordedQuestion]:
    """The questions of one file of cases."""
    return [_question(told["assignment"], told["package"], question) for question in told["questions"]]


def _question(assignment: str, package: str, told: Json) -> RecordedQuestion:
    mistakes = {name: Mistake(name, **words) for name, words in told["mistakes"].items()}
    return RecordedQuestion(
        assignment=assignment,
        package=package,
        id=told["id"],
        title=told["title"],
        points=told["points"],
        names=tuple(told["names"]),
        hints=tuple(told["hints"]),
        forbids=tuple(told["forbids"]),
        bound=tuple(told.get("bound", told["names"])),
        forbidden_as=None if told["forbidden_as"] is None else mistakes[told["forbidden_as"]],
        seconds=told["seconds"],
        mistakes=tuple(mistakes.values()),
        tests=tuple(
            RecordedTest(
                **{key: test[key] for key in ("name", "title", "points", "seed", "drawn", "replies", "mistakes")}
            )
            for test in told["tests"]
        ),
    )


# ---------------------------------------------------------------------- fingerprints


def tell_fingerprint(found: Fingerprint | None) -> Json:
    """A fingerprint as JSON: all that recognising a mistake needs."""
    if found is None:
        return None
    actual, expected = found.compared
    told = {"requests": found.requests, "kind": found.kind, "what": found.what, "actual": to_json(actual)}
    return {**told, "expected": to_json(_without_words(expected))}


def read_fingerprint(told: Json) -> Fingerprint:
    """The fingerprint that ``tell_fingerprint`` was given."""
    return Fingerprint(
        told["requests"], Kind(told["kind"]), told["what"], from_json(told["actual"]), from_json(told["expected"])
    )


def _without_words(value: Any) -> Any:
    # Words for what was wanted become plain text: they are only read, and equal no answer either way.
    match value:
        case Wanted():
            return f"({value.words})"
        case list() | tuple():
            return type(value)(_without_words(item) for item in value)
        case dict():
            return {key: _without_words(item) for key, item in value.items()}
        case _:
            return value
