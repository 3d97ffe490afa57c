"""The recorded cases: what a student's machine knows of each question instead of its reference.

``cases/<assignment>.json`` is written by ``autograder release`` and never by hand; the checks
themselves are the modules under ``visible/``, taken from the bank's own tests. Both lie in ``generated/``, and for
assignments of which a course has recorded its own, in a folder of that course's.
"""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.checks.failed import Wanted
from autograder.judging.failures import Kind
from autograder.judging.inputs import Draw
from autograder.judging.run_test import Fingerprint, TestFunction
from autograder.protocol.json_values import Json, from_json, to_json
from autograder.remote.recorded import Replies
from autograder.remote.source import module_from
from autograder.results import Mistake

GENERATED = Path(__file__).resolve().parent / "generated"
OWN = "AUTOGRADER_RECORDED_CHECKS"  # in the environment: the folder with what a course has recorded for itself


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
    """One question, as far as students may know it.

    Args:
        folder: where it was recorded, with the code of its tests.
    """

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
    folder: Path = GENERATED

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
        function: TestFunction = getattr(_module(self.folder, self.package, self.id), test.name)
        return function


def recorded_questions() -> dict[str, RecordedQuestion]:
    """Every recorded question by its id, as the environment says: the package's, or a course's own in their place."""
    own = os.environ.get(OWN)
    return questions_in(GENERATED, Path(own)) if own else questions_in(GENERATED)


@cache
def questions_in(*folders: Path) -> dict[str, RecordedQuestion]:
    """Every question that is recorded in ``folders``, by its id; of one assignment in several, the last one's."""
    files = {path.name: (folder, path) for folder in folders for path in (folder / "cases").glob("*.json")}
    found: dict[str, RecordedQuestion] = {}
    for _, (folder, path) in sorted(files.items()):
        for question in read_cases(json.loads(path.read_text("utf-8"))):
            found[question.id] = replace(question, folder=folder)
    return found


def load_own_checks() -> None:
    """Read and import what a course has recorded for itself, where there is such: in a sandbox it is out of reach."""
    if OWN in os.environ:
        for question in recorded_questions().values():
            with suppress(Exception):  # it is tried again when it is asked for, and tells why then
                _module(question.folder, question.package, question.id)


@cache
def _module(folder: Path, package: str, name: str) -> ModuleType:
    """The code of a question's tests."""
    if folder == GENERATED:
        return importlib.import_module(f"autograder.student.generated.visible.{package}.{name}")
    path = folder / "visible" / package / f"{name}.py"
    return module_from(path.read_text("utf-8"), f"recorded_checks_{package}_{name}", str(path))


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
