"""The folder of a student, which nbgrader leaves to the teacher who made it, for the group.

nbgrader's ``groupshared`` gives the group ``autograded/`` and what lies under ``autograded/STUDENT/A/``, not the folder
between: the next teacher could grade no other assignment of that student. It is the same in ``feedback/``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.gradebook.sharing import is_the_groups, share_one

_WRITTEN = ("autograded", "feedback")


def share_student_folders(*, notebooks: Sequence[str] = (), **told: Any) -> None:
    """The hook after each submission (``post_convert_hook`` of ``c.Autograde`` and ``c.GenerateFeedback``)."""
    for notebook in notebooks:
        student = Path(notebook).parents[1]
        for name in _WRITTEN:
            folder = student.parents[1] / name / student.name
            if is_the_groups(folder.parent):
                share_one(folder)
