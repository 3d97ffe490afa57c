"""From a result to the disk: the graded notebook in ``autograded/`` and the marks in the gradebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.course.assignment import load_assignment
from autograder.course.layout import Course
from autograder.gradebook.autograded import build_autograded, write_autograded
from autograder.gradebook.live import gradebook_address, nbgrader_settings, on_path
from autograder.gradebook.marks import Gradebook, LatePenalty
from autograder.gradebook.master import course_master
from autograder.results import Grade, Ungraded
from autograder.submission.notebook import read_notebook


class Recorder:
    """Records the grades of one assignment.

    Args:
        url: the gradebook; that of ``nbgrader_config.py``, else ``gradebook.db`` of the course, by default.

    Raises:
        GradebookError: the gradebook cannot be used.
    """

    def __init__(self, course: Course, assignment: str, url: str | None = None) -> None:
        settings = nbgrader_settings(course)
        course_id = settings.CourseDirectory.get("course_id") or "default_course"
        self._folder = course.root / "autograded"
        self._master = course_master(course, load_assignment(assignment))
        self._gradebook = Gradebook(gradebook_address(course, url), str(course_id), late_penalty(course, settings))
        self._gradebook.register(self._master)

    def record(self, result: Grade | Ungraded) -> None:
        """Write the notebook, then the marks, so that every mark has a notebook; nothing for what was not graded."""
        if isinstance(result, Ungraded):
            return
        node = build_autograded(result, read_notebook(Path(result.notebook)), self._master)
        write_autograded(self._folder, result, node)
        self._gradebook.record(result, node, self._master)

    def close(self) -> None:
        """Hang up."""
        self._gradebook.close()


def late_penalty(course: Course, settings: Any) -> LatePenalty:
    """What lateness costs, by the plug-in that nbgrader itself would ask."""
    from nbgrader.preprocessors import AssignLatePenalties

    with on_path(course.root):  # a plug-in may lie beside the configuration
        asked = AssignLatePenalties(config=settings)
        asked.init_plugin()

    def penalty(student: str, score: float, seconds_late: float) -> float | None:
        points = asked.plugin_inst.late_submission_penalty(student, score, seconds_late)
        return None if points is None else float(points)

    return penalty
