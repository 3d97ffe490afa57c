"""From a result to the disk: the graded notebook in ``autograded/`` and the marks in the gradebook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.course.assignment import load_assignment
from autograder.course.configuration import nbgrader_settings, on_path
from autograder.course.layout import Course
from autograder.gradebook.autograded import build_autograded, write_autograded
from autograder.gradebook.left_behind import left_behind
from autograder.gradebook.live import gradebook_address
from autograder.gradebook.marks import Gradebook, LatePenalty, no_penalty
from autograder.gradebook.master import course_master
from autograder.gradebook.sharing import graded_mode, share, share_one
from autograder.results import Grade, Ungraded
from autograder.submission.records import Submission


class Recorder:
    """Records the grades of one assignment.

    Args:
        url: the gradebook; that of ``nbgrader_config.py``, else ``gradebook.db`` of the course, by default.

        submissions: what the intake found, for the files beside the notebooks and the moments.

    Raises:
        GradebookError: the gradebook cannot be used.
    """

    def __init__(
        self, course: Course, assignment: str, url: str | None = None, submissions: Sequence[Submission] = ()
    ) -> None:
        settings = nbgrader_settings(course)
        course_id = settings.CourseDirectory.get("course_id") or "default_course"
        self._course = course
        self._handed_in = {submission.student: submission for submission in submissions}
        self._shared = bool(settings.CourseDirectory.get("groupshared"))
        self._folder = course.root / "autograded"
        self._master = course_master(course, load_assignment(assignment))
        self._gradebook = Gradebook(
            gradebook_address(course, url), str(course_id), late_penalty(course, settings, assignment)
        )
        self._gradebook.register(self._master)

    def record(self, result: Grade | Ungraded) -> None:
        """Write the notebook, then the marks, so that every mark has a notebook; nothing for what was not graded."""
        if isinstance(result, Ungraded):
            return
        submission = self._handed_in.get(
            result.student, Submission(result.student, result.assignment, Path(result.notebook))
        )
        node = build_autograded(result, self._master)
        beside = left_behind(self._course, submission)
        write_autograded(self._folder, result, node, beside, graded_mode(shared=self._shared))
        self._gradebook.record(result, node, self._master, submission.moment)
        if self._shared:
            share_one(self._folder)
            share(self._folder / result.student)

    def close(self) -> None:
        """Hang up."""
        self._gradebook.close()


def share_with_the_group(course: Course) -> list[str]:
    """Give the group of teachers what is kept for the course, where it is theirs; what could not be given."""
    groupshared = bool(nbgrader_settings(course).CourseDirectory.get("groupshared"))
    return share(course.root / ".autograder") if groupshared else []


def late_penalty(course: Course, settings: Any, assignment: str) -> LatePenalty:
    """What lateness in an assignment costs, by the plug-in that nbgrader itself would ask."""
    if not {"AssignLatePenalties", "LateSubmissionPlugin"} & set(settings):
        return no_penalty  # what nbgrader's own plug-in says, which imports nbconvert
    from nbgrader.preprocessors import AssignLatePenalties

    with on_path(course.root):  # a plug-in may lie beside the configuration
        asked = AssignLatePenalties(config=settings)
        asked.assignment_id = assignment  # a plug-in may look there, as it may under nbgrader
        asked.course_root = course.root
        asked.init_plugin()

    def penalty(student: str, score: float, seconds_late: float) -> float | None:
        points = asked.plugin_inst.late_submission_penalty(student, score, seconds_late)
        return None if points is None else float(points)

    return penalty
