"""The preprocessor that stands where nbgrader's Execute stood, in ``c.Autograde.autograde_preprocessors``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.preprocessors import Execute
from traitlets import Bool, Enum

from autograder.course.assignment import assignment_names
from autograder.course.layout import find_course
from autograder.errors import ReportedError
from autograder.gradebook.autograded import build_autograded
from autograder.grader.devices import choose_device
from autograder.integrations.nbgrader.foreign import run_foreign
from autograder.integrations.nbgrader.known_cells import gradebook_master
from autograder.integrations.nbgrader.warm import start_afresh, warm_grader, warm_sandbox
from autograder.results import Grade, Outcome, Ungraded
from autograder.session.supervisor import SandboxError
from autograder.submission.files import files_beside
from autograder.submission.find import Submission, leads_out


class NotGraded(RuntimeError):
    """A submission without a mark; nbgrader reports it for that student and goes on with the next."""


class GradeInSandbox(Execute):  # type: ignore[misc]
    """Grades an assignment of this course; runs the notebooks of any other in the sandbox, cell by cell.

    It is an ``Execute``: ``c.Execute.timeout`` and ``--no-execute`` mean what they always meant.
    """

    device = Enum(("auto", "cpu", "cuda"), "cpu", help="Where answers are computed.").tag(config=True)
    unsafe_trusted = Bool(False, help="Run code that you trust without confinement; grades are stamped.").tag(
        config=True
    )

    require = Enum(("full", "partial"), "partial", help="The least isolation; full refuses less.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> tuple[Any, Any]:
        """Give the notebook its outputs, which nbgrader then scores."""
        names = resources["nbgrader"]
        if names["assignment"] in assignment_names() and names["notebook"] == names["assignment"]:
            return self._grade(nb, names), resources
        zygote = warm_sandbox(self._root(), self.unsafe_trusted, self.require)
        folder = Path(resources.get("metadata", {}).get("path") or ".")
        try:
            warnings = run_foreign(nb, folder, zygote, self.timeout, dict(self.error_on_timeout))
        except SandboxError:
            start_afresh(zygote)
            raise
        for warning in warnings:
            self.log.warning("%s", warning)
        return nb, resources

    def _grade(self, nb: Any, names: Any) -> Any:
        # The notebook as it was handed in, not as mended for nbgrader, so that every door grades the same file.
        folder = Path(
            self._courses().format_path(self._courses().submitted_directory, names["student"], names["assignment"])
        )
        notebook = folder / f"{names['notebook']}.ipynb"
        files, _left = files_beside(folder, notebook)  # and the same rule for links, as at the other doors
        submission = Submission(names["student"], names["assignment"], notebook, leads_out(notebook, folder), files)
        device = choose_device(self.device, trusted=self.unsafe_trusted)
        grader = warm_grader(names["assignment"], self._root(), device, self.unsafe_trusted, self.require)
        try:
            [result] = grader.grade([submission])
        except ReportedError:
            start_afresh(grader)
            raise
        if isinstance(result, Ungraded):
            raise NotGraded(f"{submission.notebook}: {result.reason}")
        for flag in result.flags:
            self.log.warning("%s: %s", names["student"], flag)
        if result.failed:
            failed = [question.id for question in result.questions if question.outcome is Outcome.GRADER_ERROR]
            raise NotGraded(
                f"{submission.notebook}: the grader itself failed on {', '.join(failed)}; no mark is recorded"
            )
        master = gradebook_master(names["db_url"], names["assignment"], names["notebook"])
        self._compare(result, {cell.grade_id: cell.points for cell in master.cells})
        graded = build_autograded(result, master)
        graded.metadata["kernelspec"] = nb.metadata.get("kernelspec", graded.metadata["kernelspec"])
        return graded

    def _compare(self, grade: Grade, points: dict[str, float]) -> None:
        wrong = [q.id for q in grade.questions if points.get(f"test-{q.id}") != q.max_score]
        if wrong:
            raise NotGraded(
                f"the gradebook has other points than the tests for {', '.join(wrong)}: run "
                f"`nbgrader generate_assignment {grade.assignment}` again"
            )

    def _courses(self) -> Any:
        """nbgrader's CourseDirectory; the exporter that owns this preprocessor belongs to a converter that has it."""
        owner = self.parent
        while owner is not None and getattr(owner, "coursedir", None) is None:
            owner = owner.parent
        if owner is None:
            raise NotGraded("this preprocessor runs inside `nbgrader autograde` only")
        return owner.coursedir

    def _root(self) -> Path:
        return find_course(Path(self._courses().root)).root
