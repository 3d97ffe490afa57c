"""A notebook of an assignment of this course: graded by the bank's tests, which stand in no notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.errors import ReportedError
from autograder.gradebook.autograded import build_autograded
from autograder.grader.devices import choose_device
from autograder.integrations.nbgrader.known_cells import gradebook_master
from autograder.integrations.nbgrader.not_graded import NotGraded
from autograder.integrations.nbgrader.warm import start_afresh, warm_grader
from autograder.results import Grade, Outcome, Ungraded
from autograder.submission.files import files_beside
from autograder.submission.find import Submission, leads_out


def grade_notebook(
    nb: Any, names: Any, folder: Path, root: Path, settings: tuple[str, bool, str, bool]
) -> tuple[Any, list[str]]:
    """The graded notebook, and what a person should look at.

    Args:
        nb: the notebook as mended for nbgrader.
        names: the student's, the assignment's and the notebook's, and the gradebook's address.
        settings: the device, whether the code is trusted, the least isolation, and whether errors are carried forward.
        folder: what was handed in: that is graded, and not ``nb``, so that every door grades the same file.

    Raises:
        NotGraded: there is no mark.
    """
    notebook = folder / f"{names['notebook']}.ipynb"
    files, _left = files_beside(folder, notebook)  # and the same rule for links, as at the other doors
    submission = Submission(names["student"], names["assignment"], notebook, leads_out(notebook, folder), files)
    device, trusted, require, forward = settings
    device = choose_device(device, trusted=trusted)
    grader = warm_grader(names["assignment"], root, device, trusted, require, forward=forward)
    try:
        [result] = grader.grade([submission])
    except ReportedError:
        start_afresh(grader)
        raise
    if isinstance(result, Ungraded):
        raise NotGraded(f"{submission.notebook}: {result.reason}")
    if result.failed:
        failed = [question.id for question in result.questions if question.outcome is Outcome.GRADER_ERROR]
        raise NotGraded(f"{submission.notebook}: the grader itself failed on {', '.join(failed)}; no mark is recorded")
    master = gradebook_master(names["db_url"], names["assignment"], names["notebook"])
    _compare(result, {cell.grade_id: cell.points for cell in master.cells})
    graded = build_autograded(result, master)
    graded.metadata["kernelspec"] = nb.metadata.get("kernelspec", graded.metadata["kernelspec"])
    return graded, list(result.flags)


def _compare(grade: Grade, points: dict[str, float]) -> None:
    wrong = [q.id for q in grade.questions if points.get(f"test-{q.id}") != q.max_score]
    if wrong:
        raise NotGraded(
            f"the gradebook has other points than the tests for {', '.join(wrong)}: run "
            f"`nbgrader generate_assignment {grade.assignment}` again"
        )
