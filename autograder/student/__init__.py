"""What students install: ``check``, ``hint`` and ``progress``, with recorded cases and nothing secret.

Everything that a check needs is imported here, at once: in the graders' sandbox the rest of the package
cannot be read any more when a notebook runs.
"""

from __future__ import annotations

from autograder.student.course_progress import progress
from autograder.student.door import check, hint
from autograder.student.generated.visible import preload
from autograder.student.recorded import load_own_checks
from autograder.student.replaced import remember_answers
from autograder.student.verdict import Note, Verdict

__all__ = ["Note", "Verdict", "check", "hint", "progress"]

preload()
load_own_checks()
remember_answers()
