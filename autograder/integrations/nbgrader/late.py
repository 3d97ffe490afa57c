"""A late policy for nbgrader's own plug-in, in one line of ``nbgrader_config.py``; extensions are counted in it."""

from __future__ import annotations

import math
from pathlib import Path

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float

from autograder.course.layout import find_course
from autograder.gradebook.extensions import extension_seconds

_DAY = 86_400.0


class PerDay(LateSubmissionPlugin):  # type: ignore[misc]
    """For each day that has begun after the due date, a share of the marks is lost."""

    share = Float(0.1, help="The share of the marks that a day costs: 0.1 is ten per cent.").tag(config=True)
    most = Float(1.0, help="The share that lateness costs at most.").tag(config=True)
    grace = Float(0.0, help="Minutes after the due date that cost nothing; the next minute begins the first day.").tag(
        config=True
    )

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """The points that are lost; None where the work was in time, an extension counted."""
        assignment = getattr(self.parent, "assignment_id", "")
        told = getattr(self.parent, "course_root", None) or self.config.CourseDirectory.get("root") or Path.cwd()
        late = total_seconds_late - extension_seconds(find_course(Path(told)), student_id, assignment)
        if late <= self.grace * 60:
            return None
        days = math.ceil(late / _DAY)
        return min(days * self.share, self.most) * score
