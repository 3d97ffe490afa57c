"""What a run changes in the marks, and the trail of it: who changed which mark, when, from what to what, and why.

The trail is ``audit.jsonl`` beside the recorded grades: a line of JSON for each change, only ever added to.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.course.layout import Course
from autograder.results import Grade, QuestionGrade, Ungraded
from autograder.version import __version__

REMOVED = "taken out of the gradebook"  # why a student's marks are gone
_SAME = 1e-6  # points: the database keeps floats


@dataclass(frozen=True)
class Change:
    """One mark that a run changes.

    Args:
        question: "" where it is the whole submission.
        before, after: the automatic mark; None for none.
        why: what was found then and now.
        by_hand: whether a person gave this question its mark, which stays.
    """

    student: str
    question: str
    before: float | None
    after: float | None
    why: str
    by_hand: bool = False


def changes_between(
    before: Sequence[Grade | Ungraded],
    after: Sequence[Grade | Ungraded],
    by_hand: Mapping[str, Sequence[str]] | None = None,
) -> list[Change]:
    """Every automatic mark that differs, student by student; who had none yet is one change.

    Args:
        before: the last run.
        by_hand: of each student the questions that a person marked.
    """
    earlier = {result.student: result for result in before}
    found: list[Change] = []
    for result in after:
        if isinstance(result, Grade) and not isinstance(earlier.get(result.student), Grade):
            total = None if result.failed else result.raw_score
            found.append(Change(result.student, "", None, total, "graded for the first time"))
            continue
        was = _marks(earlier.get(result.student))
        for name, now in _marks(result).items():
            old = was.get(name)
            if _score(old) is None and _score(now) is None:
                continue
            if old is not None and _same(_score(old), _score(now)):
                continue
            hand = name in (by_hand or {}).get(result.student, ())
            found.append(Change(result.student, name, _score(old), _score(now), _why(old, now), hand))
    return found


def keep_trail(course: Course, assignment: str, gradebook: str | None, command: str, changes: Sequence[Change]) -> None:
    """Add the changes to the trail.

    Args:
        command: what was done, as a person would type it.
    """
    told = [{"assignment": assignment} | asdict(change) for change in changes]
    add_lines(course, gradebook, told, who=account(), command=command)


def add_lines(
    course: Course, gradebook: str | None, changes: Sequence[Mapping[str, object]], *, who: str, command: str
) -> None:
    """Add lines to the trail, with the moment of now."""
    if not changes:
        return
    path = trail_file(course, gradebook)
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "who": who, "command": command,
            "version": __version__}  # fmt: skip
    lines = "".join(json.dumps(told | dict(change), ensure_ascii=False) + "\n" for change in changes)
    # One write at the end of the file: two graders at once do not mix their lines.
    end = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o660)
    try:
        os.write(end, lines.encode("utf-8", "replace"))
    finally:
        os.close(end)


def read_trail(course: Course, gradebook: str | None = None) -> Iterator[dict[str, object]]:
    """The lines of the trail, oldest first; one that is no line of ours is passed over."""
    try:
        lines = trail_file(course, gradebook).read_text("utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            told = json.loads(line)
        except ValueError:  # a disk was full in the middle of a line
            continue
        if isinstance(told, dict):
            yield told


def trail_file(course: Course, gradebook: str | None) -> Path:
    """Where the trail lies: it belongs to a gradebook and its class."""
    return course.kept_in(gradebook) / "audit.jsonl"


def _marks(result: Grade | Ungraded | None) -> dict[str, QuestionGrade]:
    return {question.id: question for question in result.questions} if isinstance(result, Grade) else {}


def _score(question: QuestionGrade | None) -> float | None:
    return None if question is None or question.outcome == "grader_error" else question.score


def _same(first: float | None, second: float | None) -> bool:
    if first is None or second is None:
        return first is second
    return abs(first - second) < _SAME


def _why(old: QuestionGrade | None, now: QuestionGrade) -> str:
    if old is None:
        return f"new: {_found(now)}"
    was, became = _found(old), _found(now)
    if was == became:
        return f"{became} as before; {_tests_that_differ(old, now)}"
    return f"was {was}, now {became}"


def _tests_that_differ(old: QuestionGrade, now: QuestionGrade) -> str:
    """Which tests make the difference, where the outcome does not say it."""
    before = {test.name: test for test in old.tests}
    told = [
        f"{'passed' if test.passed else 'failed'} now: {test.title}"
        for test in now.tests
        if test.name in before and before[test.name].passed != test.passed
    ]
    return "; ".join(told) or "its tests count differently"


def _found(question: QuestionGrade) -> str:
    """The outcome with the mistake, or with the tests that fail: what a mended test changes."""
    said = question.outcome.replace("_", " ")
    if question.mistake:
        return f"{said} ({question.mistake.label})"
    failed = [test.title for test in question.tests if not test.passed]
    return f"{said} ({failed[0]})" if failed and question.outcome in ("partial", "wrong") else said


def account() -> str:
    """Whose process this is."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        return str(os.getuid())
