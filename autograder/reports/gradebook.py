"""Writes grades into nbgrader's gradebook, one transaction for each submission.

A submission is in the gradebook as a whole or not at all, so a grader that is killed leaves nothing half
done, and grading again replaces the automatic marks. What a person wrote, manual scores, extra credit and
comments, is never touched.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from autograder.grade import Grade, Outcome
from autograder.reports.autograded import safe_score
from autograder.reports.database import GradebookError, connect, write
from autograder.reports.master import Master, checksum
from autograder.reports.registration import register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# Of the student, the score and the seconds of delay: the points that are taken off, or None.
LatePenalty = Callable[[str, float, float], float | None]


def no_penalty(student: str, score: float, seconds_late: float) -> float | None:
    """Lateness costs nothing: nbgrader's default."""
    return None


class Gradebook:
    """nbgrader's gradebook at a URL; a context manager.

    Args:
        url: a file name, ``sqlite:///FILE`` or ``postgresql://...``.
        course_id: the course that new assignments belong to, as in ``nbgrader_config.py``.
        late_penalty: what lateness costs, as nbgrader's own plug-in would say.

    Raises:
        GradebookError: the URL is malformed, or the database cannot be reached or used.
    """

    def __init__(self, url: str, course_id: str = "default_course", late_penalty: LatePenalty = no_penalty) -> None:
        self._engine = connect(url)
        self._course_id = course_id
        self._late_penalty = late_penalty
        self._registered: set[tuple[str, str]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._engine.dispose()

    def register(self, master: Master) -> None:
        """Enter an assignment and its cells, or bring them up to date."""
        write(self._engine, lambda session: register(session, master, self._course_id) and None)
        self._registered.add((master.assignment, master.notebook))

    def record(self, grade: Grade, node: Any, master: Master) -> None:
        """Enter one grade.

        Args:
            node: the graded notebook, as ``build_autograded`` made it.
            master: the cells of the assignment, which is registered first if it has to be.

        Raises:
            GradebookError: the time stamp cannot be read, or the database refused; nothing was entered then.
        """
        stamp = read_timestamp(Path(grade.notebook).parent)
        if (master.assignment, master.notebook) not in self._registered:
            self.register(master)

        def work(session: Session) -> None:
            notebook = _submitted(session, grade, master, stamp)
            _enter_scores(notebook, grade, node)
            _enter_comments(notebook, node, master)
            self._enter_penalty(notebook)

        write(self._engine, work)

    def _enter_penalty(self, notebook: Any) -> None:
        submission = notebook.assignment
        notebook.late_submission_penalty = None
        late = submission.total_seconds_late
        if late > 0:
            score = sum(_score(row) for row in notebook.grades)
            penalty = self._late_penalty(submission.student.id, score, late)
            if penalty is not None:
                notebook.late_submission_penalty = min(max(float(penalty), 0.0), score)


def read_timestamp(folder: Path) -> datetime | None:
    """When a submission was handed in, in UTC, by nbgrader's ``timestamp.txt``; None where that is absent or empty.

    Raises:
        GradebookError: the file is there and holds no time.
    """
    from nbgrader.utils import parse_utc

    path = folder / "timestamp.txt"
    try:
        text = path.read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as problem:
        raise GradebookError(f"{path} cannot be read: {problem}") from problem
    if not text:
        return None
    try:
        stamp: datetime = parse_utc(text)
    except (ValueError, OverflowError) as problem:
        raise GradebookError(f"{path} holds no time: {text[:60]!r}") from problem
    return stamp


def _submitted(session: Session, grade: Grade, master: Master, stamp: datetime | None) -> Any:
    """The row of the submitted notebook, with a row for each mark and comment, made where absent."""
    from nbgrader.api import Assignment, Comment, Student, SubmittedAssignment, SubmittedNotebook
    from nbgrader.api import Grade as GradeRow

    assignment = session.query(Assignment).filter_by(name=grade.assignment).one_or_none()
    if assignment is None:
        raise GradebookError(f"the assignment {grade.assignment} was taken out of the gradebook while it was graded")
    student = session.get(Student, grade.student)
    if student is None:
        student = Student(id=grade.student)
        session.add(student)
    found = (
        session.query(SubmittedAssignment)
        .filter_by(assignment_id=assignment.id, student_id=grade.student)
        .one_or_none()
    )
    submission = found or SubmittedAssignment(assignment=assignment, student=student)
    if found is None:
        session.add(submission)
    if stamp is not None:
        submission.timestamp = stamp
    session.flush()
    there = {notebook.notebook_id: notebook for notebook in submission.notebooks}
    for known in assignment.notebooks:
        notebook = there.get(known.id)
        if notebook is None:
            notebook = there[known.id] = SubmittedNotebook(notebook=known, assignment=submission)
            session.add(notebook)
            session.flush()
        marks, words = {row.cell_id for row in notebook.grades}, {row.cell_id for row in notebook.comments}
        for cell in (*known.grade_cells, *known.task_cells):
            if cell.id not in marks:
                session.add(GradeRow(cell=cell, notebook=notebook))
        for cell in (*known.solution_cells, *known.task_cells):
            if cell.id not in words:
                session.add(Comment(cell=cell, notebook=notebook))
    session.flush()
    return next(notebook for notebook in submission.notebooks if notebook.notebook.name == master.notebook)


def _enter_scores(notebook: Any, grade: Grade, node: Any) -> None:
    from nbgrader.utils import determine_grade

    questions = {f"test-{question.id}": question for question in grade.questions}
    cells = {cell.metadata.nbgrader["grade_id"]: cell for cell in node.cells if "nbgrader" in cell.metadata}
    for row in notebook.grades:
        name = row.cell.name
        if name in questions:
            question = questions[name]
            none = question.outcome is Outcome.GRADER_ERROR
            row.auto_score = None if none else safe_score(question.score, float(row.cell.max_score))
        elif name in cells and cells[name].metadata.nbgrader.get("grade"):  # written answers, which people grade
            row.auto_score = determine_grade(cells[name])[0]
        # As nbgrader decides it: a person has to look where a person has marked before, or where there is no mark.
        row.needs_manual_grade = row.manual_score is not None or row.auto_score is None


def _enter_comments(notebook: Any, node: Any, master: Master) -> None:
    answers = {cell.metadata.nbgrader["grade_id"]: cell for cell in node.cells if "nbgrader" in cell.metadata}
    for row in notebook.comments:
        cell, known = answers.get(row.cell.name), master.find(row.cell.name)
        if cell is None or known is None or not known.solution:
            continue
        same = checksum(cell.cell_type, cell.source, known.nbgrader) == known.nbgrader["checksum"]
        row.auto_comment = "No response." if same else None


def _score(row: Any) -> float:
    score = row.auto_score if row.manual_score is None else row.manual_score
    return float((score or 0.0) + (row.extra_credit or 0.0))
