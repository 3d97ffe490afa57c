"""The exporter behind ``nbgrader generate_feedback``: our page for this course's assignments, nbgrader's for others."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import HTMLExporter

from autograder.course.assignment import assignment_names
from autograder.gradebook.feedback import feedback_from_gradebook
from autograder.pages.feedback import feedback_page


class FeedbackPage(HTMLExporter):
    """Writes the feedback page of a graded notebook; for ``c.GenerateFeedback.exporter_class``."""

    def from_notebook_node(  # type: ignore[override]  # the base class of nbconvert promises a notebook
        self, nb: Any, resources: Any = None, **more: Any
    ) -> tuple[str, Any]:
        """The page, and nbconvert's resources with the file's extension."""
        names = (resources or {}).get("nbgrader", {})
        if names.get("assignment") not in assignment_names() or names["notebook"] != names["assignment"]:
            page, found = super().from_notebook_node(nb, resources, **more)
            return str(page), found
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        return feedback_page(feedback_from_gradebook(nb, names)), resources
