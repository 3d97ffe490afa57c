"""``autograder gradebook copy``: a gradebook moves into another database, from SQLite to PostgreSQL, say."""

from __future__ import annotations

from autograder.gradebook.copying import copy_gradebook


def copy_command(source: str, target: str) -> int:
    """Copy and say what was copied; 0."""
    counts = copy_gradebook(source, target)
    told = ", ".join(f"{counts[name]:,} {words}" for name, words in _TOLD.items())
    print(f"copied and compared: {told}; {sum(counts.values()):,} rows in all")
    return 0


_TOLD = {"assignment": "assignments", "student": "students", "submitted_assignment": "submissions", "grade": "marks",
         "comment": "comments"}  # fmt: skip
