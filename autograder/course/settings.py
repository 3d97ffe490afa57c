"""What a course's ``nbgrader_config.py`` settles about grading, at every door."""

from __future__ import annotations

from autograder.course.configuration import nbgrader_settings
from autograder.course.layout import Course


def carries_forward(course: Course) -> bool:
    """Whether an error is carried forward, as ``c.GradeInSandbox.carry_forward`` says; True where it says nothing."""
    return bool(nbgrader_settings(course).GradeInSandbox.get("carry_forward", True))
