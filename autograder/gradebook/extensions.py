"""More time for single students: kept in ``.autograder/extensions.json``, read wherever lateness is counted."""

from __future__ import annotations

import json
from pathlib import Path

from autograder.course.layout import Course
from autograder.errors import UsageError


class NoExtension(UsageError):
    """The file of extensions cannot be read: which, and what to do."""


def extension_seconds(course: Course, student: str, assignment: str) -> float:
    """How many seconds more than the due date a student has; 0 without an extension."""
    return _read(course).get(assignment, {}).get(student, 0.0)


def extend(course: Course, student: str, assignment: str, seconds: float) -> None:
    """Give a student so many seconds more, in place of an earlier extension; 0 takes it back."""
    told = _read(course)
    own = told.setdefault(assignment, {})
    own[student] = seconds
    if not seconds:
        del own[student]
    path = extensions_file(course)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    part.replace(path)


def extensions_file(course: Course) -> Path:
    """Where they are kept: with the course's marks, in no repository."""
    return course.root / ".autograder" / "extensions.json"


def _read(course: Course) -> dict[str, dict[str, float]]:
    path = extensions_file(course)
    try:
        told = json.loads(path.read_text("utf-8"))
        return {str(name): {str(who): float(more) for who, more in own.items()} for name, own in told.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError) as problem:
        raise NoExtension(f"{path} holds no extensions ({problem}): mend it, or remove it") from problem
