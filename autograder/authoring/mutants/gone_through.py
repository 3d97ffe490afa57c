"""Which questions' mutants were gone through, and with what content: what has not changed since is not tried again.

The bank's ``gone_through.json`` names each question whose mutants all lost marks or were recorded as right, with the
SHA-256 of what decides that in the bank: its tests, its answers, what its assignment's questions share, and its record
of equivalent mutants; "" where some survived. The rules that make mutants and the engine are not in it: after a change
there, all are tried anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder.authoring.mutants.recorded import recorded
from autograder.course.assignment import Assignment
from autograder.errors import UsageError

FILE = "gone_through.json"


def content(assignment: Assignment, question: str) -> str:
    """SHA-256, in hexadecimal digits, of what decides in the bank whether the question's mutants survive."""
    digest = hashlib.sha256(repr(sorted(recorded(assignment.folder, question).own.items())).encode())
    for path in _modules(assignment, question):
        digest.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def has_changed(assignment: Assignment, question: str) -> bool | None:
    """Whether the question is another one than when its mutants were gone through; None if they never were."""
    then = _read(assignment).get(f"{assignment.name}/{question}")
    return None if then is None else then != content(assignment, question)


def remember(assignment: Assignment, outcomes: Mapping[str, bool]) -> None:
    """Write down which questions of an assignment were gone through to the end just now, and which were not."""
    known = _read(assignment)
    for question, passed in outcomes.items():
        known[f"{assignment.name}/{question}"] = content(assignment, question) if passed else ""
    (assignment.folder.parent / FILE).write_text(json.dumps(known, indent=0, sort_keys=True) + "\n", "utf-8")


def _modules(assignment: Assignment, question: str) -> Iterator[Path]:
    """The question's two modules, and those of its assignment that belong to no question."""
    others = {f"{each.id}{end}.py" for each in assignment.questions if each.id != question for end in ("", "_answers")}
    return (path for path in sorted(assignment.folder.glob("*.py")) if path.name not in others)


def _read(assignment: Assignment) -> dict[str, str]:
    path = assignment.folder.parent / FILE
    if not path.is_file():
        return {}
    try:
        known = json.loads(path.read_text("utf-8"))
        return {str(question): str(digest) for question, digest in known.items()}
    except (ValueError, AttributeError) as problem:
        raise UsageError(
            f"{path} is damaged ({problem}): delete it, and `verify --mutants` writes it again"
        ) from problem
