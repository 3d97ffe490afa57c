"""Writes grades into nbgrader's gradebook, one transaction for each submission.

A submission is in the gradebook as a whole or not at all, so a grader that is killed leaves nothing half
done, and grading again replaces the automatic marks. What a person wrote, manual scores, extra credit and
comments, is never touched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from autograder.gradebook.autograded import safe_score
from autograder.gradebook.database import GradebookError, connect, write
from autograder.gradebook.master import Master, checksum
from autograder.gradebook.registration import register
from autograder.results import Grade, Outcome
from autograder.submission.moments import parse_timestamp

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

    def record(self, grade: Grade, node: Any, master: Master, moment: datetime | None = None) -> None:
        """Enter one grade.

        Args:
            moment: when it was handed in, where no ``timestamp.txt`` says so.
            node: the graded notebook, as ``build_autograded`` made it.
            master: the cells of the assignment, which is registered first if it has to be.

        Raises:
            GradebookError: the time stamp cannot be read, or the database refused; nothing was entered then.
        """
        stamp = read_timestamp(Path(grade.notebook).parent)
        if stamp is None and moment is not None:
            stamp = moment.astimezone(UTC).replace(tzinfo=None)
        if (master.assignment, master.notebook) not in self._registered:
            self.register(master)

        def work(session: Session) -> None:
            submission = _submission(session, grade, stamp)
            place = _notebook(session, submission, master.notebook)
            _enter_comments(session, place, node, master)
            score = _enter_scores(session, place, grade, node)
            self._enter_penalty(session, place, submission, score)

        write(self._engine, work)

    def _enter_penalty(self, session: Session, place: Place, submission: Any, score: float) -> None:
        from nbgrader.api import SubmittedNotebook
        from sqlalchemy import update

        late, penalty = submission.total_seconds_late, None
        if late > 0:
            asked = self._late_penalty(submission.student_id, score, late)
            penalty = None if asked is None else min(max(float(asked), 0.0), score)
        session.execute(
            update(SubmittedNotebook).where(SubmittedNotebook.id == place.id).values(late_submission_penalty=penalty)
        )


def read_timestamp(folder: Path) -> datetime | None:
    """When a submission was handed in, in UTC, by nbgrader's ``timestamp.txt``; None where that is absent or empty.

    Raises:
        GradebookError: the file is there and holds no time.
    """
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
        return parse_timestamp(text).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError) as problem:
        raise GradebookError(f"{path} holds no time that can be told: {problem}") from problem


@dataclass(frozen=True)
class Place:
    """Where a notebook's marks and comments belong: the ids of its row and of its cells."""

    id: str
    points: dict[str, float]  # what each graded cell gives at most, by the cell's id
    commented: tuple[str, ...]
    names: dict[str, str]  # of all these cells, by id


def _submission(session: Session, grade: Grade, stamp: datetime | None) -> Any:
    """The row of the submission, made where absent."""
    from nbgrader.api import Assignment, Student, SubmittedAssignment

    assignment = session.query(Assignment).filter_by(name=grade.assignment).one_or_none()
    if assignment is None:
        raise GradebookError(f"the assignment {grade.assignment} was taken out of the gradebook while it was graded")
    if session.get(Student, grade.student) is None:
        session.add(Student(id=grade.student))
    submission = (
        session.query(SubmittedAssignment)
        .filter_by(assignment_id=assignment.id, student_id=grade.student)
        .one_or_none()
    )
    if submission is None:
        submission = SubmittedAssignment(assignment_id=assignment.id, student_id=grade.student)
        session.add(submission)
    if stamp is not None:
        submission.timestamp = stamp
    session.flush()
    return submission


def _notebook(session: Session, submission: Any, name: str) -> Place:
    """The place of the notebook ``name``; every notebook of the assignment has one then, with its marks and comments.

    Rows are read and written as columns: as objects they would take several times as long.
    """
    from nbgrader.api import Comment, Notebook, SubmittedNotebook, new_uuid
    from nbgrader.api import Grade as GradeRow
    from sqlalchemy import insert, select

    listed = select(Notebook.id, Notebook.name).where(Notebook.assignment_id == submission.assignment_id)
    known: dict[str, str] = dict(session.execute(listed).all())
    handed_in = select(SubmittedNotebook.notebook_id, SubmittedNotebook.id)
    handed_in = handed_in.where(SubmittedNotebook.assignment_id == submission.id)
    there: dict[str, str] = dict(session.execute(handed_in).all())
    absent = {notebook: new_uuid() for notebook in known if notebook not in there}
    if absent:
        rows = [{"id": new, "notebook_id": old, "assignment_id": submission.id} for old, new in absent.items()]
        session.execute(insert(SubmittedNotebook), rows)
    places = {notebook: _cells(session, notebook, row) for notebook, row in (there | absent).items()}
    for place in places.values():
        for table, cells in ((GradeRow, place.points), (Comment, place.commented)):
            has = set(session.scalars(select(table.cell_id).where(table.notebook_id == place.id)))
            missing = [{"notebook_id": place.id, "cell_id": cell} for cell in cells if cell not in has]
            if missing:
                session.execute(insert(table), missing)
    return next(place for notebook, place in places.items() if known.get(notebook) == name)


def _cells(session: Session, notebook: str, row: str) -> Place:
    from nbgrader.api import GradeCell, SolutionCell, TaskCell
    from sqlalchemy import select

    graded = [
        tuple(cell)
        for kind in (GradeCell, TaskCell)
        for cell in session.execute(select(kind.id, kind.name, kind.max_score).where(kind.notebook_id == notebook))
    ]
    commented = [
        tuple(cell)
        for kind in (SolutionCell, TaskCell)
        for cell in session.execute(select(kind.id, kind.name).where(kind.notebook_id == notebook))
    ]
    names = {cell: name for cell, name, *_ in (*graded, *commented)}
    return Place(row, {cell: float(points) for cell, _, points in graded}, tuple(cell for cell, _ in commented), names)


def _enter_scores(session: Session, place: Place, grade: Grade, node: Any) -> float:
    """Enter the marks; the score of the notebook, with what a person gave."""
    from nbgrader.api import Grade as GradeRow
    from nbgrader.utils import determine_grade
    from sqlalchemy import select, update

    questions = {f"test-{question.id}": question for question in grade.questions}
    cells = {cell.metadata.nbgrader["grade_id"]: cell for cell in node.cells if "nbgrader" in cell.metadata}
    columns = GradeRow.id, GradeRow.cell_id, GradeRow.auto_score, GradeRow.manual_score, GradeRow.extra_credit
    total, changes = 0.0, []
    for row, cell, auto, manual, extra in session.execute(select(*columns).where(GradeRow.notebook_id == place.id)):
        name = place.names.get(cell, "")
        if name in questions:
            question = questions[name]
            none = question.outcome is Outcome.GRADER_ERROR
            auto = None if none else safe_score(question.score, place.points[cell])
        elif name in cells and cells[name].metadata.nbgrader.get("grade"):  # written answers, which people grade
            auto = determine_grade(cells[name])[0]
        # As nbgrader decides it: a person has to look where a person has marked before, or where there is no mark.
        changes.append({"id": row, "auto_score": auto, "needs_manual_grade": manual is not None or auto is None})
        total += float(((auto if manual is None else manual) or 0.0) + (extra or 0.0))
    if changes:
        session.execute(update(GradeRow), changes)
    return total


def _enter_comments(session: Session, place: Place, node: Any, master: Master) -> None:
    from nbgrader.api import Comment
    from sqlalchemy import select, update

    answers = {cell.metadata.nbgrader["grade_id"]: cell for cell in node.cells if "nbgrader" in cell.metadata}
    changes = []
    for row, cell_id in session.execute(select(Comment.id, Comment.cell_id).where(Comment.notebook_id == place.id)):
        name = place.names.get(cell_id, "")
        cell, known = answers.get(name), master.find(name)
        if cell is None or known is None or not known.solution:
            continue
        same = checksum(cell.cell_type, cell.source, known.nbgrader) == known.nbgrader["checksum"]
        changes.append({"id": row, "auto_comment": "No response." if same else None})
    if changes:
        session.execute(update(Comment), changes)
