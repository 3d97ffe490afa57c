"""Writes grades into nbgrader's gradebook, one transaction for each submission.

A submission is in the gradebook as a whole or not at all, so a grader that is killed leaves nothing half
done, and grading again replaces the automatic marks. What a person wrote, manual scores, extra credit and
comments, is never touched.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from autograder.gradebook.autograded import safe_score
from autograder.gradebook.database import GradebookError, connect, write
from autograder.gradebook.master import Master, checksum
from autograder.gradebook.registration import register
from autograder.gradebook.rows import Place, Row, enter, enter_penalty, hand_in, places
from autograder.results import Grade, Outcome
from autograder.submission.moments import parse_timestamp

if TYPE_CHECKING:
    from sqlalchemy import Connection
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
            connection = session.connection()
            handed = hand_in(connection, grade.assignment, grade.student, stamp)
            found = places(connection, handed)
            place = found.pop(master.notebook)
            for other in found.values():  # of the same assignment: nbgrader expects rows for each of its cells
                enter(connection, "marks", other, [(row, {}) for row in other.marks])
                enter(connection, "comments", other, [(row, {}) for row in other.comments])
            _enter_comments(connection, place, node, master)
            score = _enter_scores(connection, place, grade, node)
            enter_penalty(connection, place, self._penalty(grade.student, score, handed.late))

        write(self._engine, work)

    def _penalty(self, student: str, score: float, late: float) -> float | None:
        if late <= 0:
            return None
        asked = self._late_penalty(student, score, late)
        return None if asked is None else min(max(float(asked), 0.0), score)


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


def _enter_scores(connection: Connection, place: Place, grade: Grade, node: Any) -> float:
    """Enter the marks; the score of the notebook, with what a person gave."""
    from nbgrader.utils import determine_grade

    questions = {f"test-{question.id}": question for question in grade.questions}
    cells = {cell.metadata.nbgrader["grade_id"]: cell for cell in node.cells if "nbgrader" in cell.metadata}
    total, rows = 0.0, []
    for row in place.marks:
        name, auto, manual = place.names.get(row.cell, ""), row.values["auto_score"], row.values["manual_score"]
        if name in questions:
            question = questions[name]
            none = question.outcome is Outcome.GRADER_ERROR
            auto = None if none else safe_score(question.score, place.points[row.cell])
        elif name in cells and cells[name].metadata.nbgrader.get("grade"):  # written answers, which people grade
            auto = determine_grade(cells[name])[0]
        # As nbgrader decides it: a person has to look where a person has marked before, or where there is no mark.
        rows.append((row, {"auto_score": auto, "needs_manual_grade": manual is not None or auto is None}))
        total += float(((auto if manual is None else manual) or 0.0) + (row.values["extra_credit"] or 0.0))
    enter(connection, "marks", place, rows)
    return total


def _enter_comments(connection: Connection, place: Place, node: Any, master: Master) -> None:
    answers = {cell.metadata.nbgrader["grade_id"]: cell for cell in node.cells if "nbgrader" in cell.metadata}
    rows: list[tuple[Row, dict[str, Any]]] = []
    for row in place.comments:
        name = place.names.get(row.cell, "")
        cell, known = answers.get(name), master.find(name)
        if cell is None or known is None or not known.solution:
            rows.append((row, {}))
            continue
        same = checksum(cell.cell_type, cell.source, known.nbgrader) == known.nbgrader["checksum"]
        rows.append((row, {"auto_comment": "No response." if same else None}))
    enter(connection, "comments", place, rows)
