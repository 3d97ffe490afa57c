"""Marks as they stand: the gradebook's, which is the truth for every report, with what the last run found out.

What a person gave or took, in the formgrader or by nbgrader's commands, wins over the run; whoever is in the gradebook
and handed nothing in has a row; and where the two differ, it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.course.assignment import assignment_names, load_assignment
from autograder.course.layout import Course
from autograder.course.question import Written
from autograder.gradebook.class_list import class_list
from autograder.gradebook.live import gradebook_address
from autograder.results import Grade, Outcome, QuestionGrade, Standing, Ungraded

if TYPE_CHECKING:
    from sqlalchemy import Connection

NOTHING = "handed nothing in"
_SAME = 1e-6  # points: the database keeps floats


@dataclass
class _Mark:
    """One graded cell of one submission."""

    name: str
    most: float
    auto: float | None
    manual: float | None
    extra: float

    @property
    def points(self) -> float:
        return float((self.auto if self.manual is None else self.manual) or 0.0) + self.extra

    @property
    def question(self) -> str:
        return self.name.removeprefix("test-")


@dataclass
class _Work:
    """What the gradebook holds of one submission."""

    timestamp: str = ""
    penalty: float = 0.0
    marks: dict[str, _Mark] = field(default_factory=dict)
    comments: list[tuple[str, str]] = field(default_factory=list)


def as_they_stand(
    course: Course,
    assignment: str,
    results: Sequence[Grade | Ungraded],
    url: str | None = None,
    *,
    whole_class: bool = True,
) -> list[Grade | Ungraded]:
    """``results`` with the gradebook's marks, in order of the students.

    Args:
        whole_class: whether students of the gradebook who are not among the results get a row too.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    roster = {person.id: person for person in class_list(course, url).people}
    due, works = _read(gradebook_address(course, url), assignment)
    last = {result.student: result for result in results}
    students = sorted({*last, *works, *roster} if whole_class else last)
    found: list[Grade | Ungraded] = []
    for student in students:
        person, work = roster.get(student), works.get(student)
        result = last.get(student)
        if isinstance(result, Grade) and work is None and whole_class:
            continue  # taken out of the gradebook since
        standing = Standing(due=due, handed_in=work is not None)
        if person is not None:
            standing = replace(
                standing, first_name=person.first_name, last_name=person.last_name, email=person.email,
                lms_id=person.lms_id, section=person.section,
            )  # fmt: skip
        found.append(_standing(student, assignment, result, work, standing))
    return found


def entered_by_hand(address: str, assignment: str) -> dict[str, dict[tuple[str, str], float | str | None]]:
    """What people gave and wrote, of each student of the gradebook, by question and kind."""
    _, works = _read(address, assignment)
    found: dict[str, dict[tuple[str, str], float | str | None]] = {}
    for student, work in works.items():
        own = found.setdefault(student, {})
        for mark in work.marks.values():
            if mark.manual is not None:
                own[mark.question, "mark by hand"] = mark.manual
            if mark.extra:
                own[mark.question, "extra credit"] = mark.extra
        own |= {(question, "comment"): words for question, words in work.comments}
    return found


def _standing(
    student: str, assignment: str, result: Grade | Ungraded | None, work: _Work | None, standing: Standing
) -> Grade | Ungraded:
    if work is None or not work.marks:
        if result is None:
            return Ungraded(student, assignment, "", NOTHING, standing=standing)
        return replace(result, standing=standing)
    by_hand = tuple(mark.question for mark in work.marks.values() if mark.manual is not None or mark.extra)
    comments = tuple(work.comments)
    standing = replace(
        standing, handed_in=True, timestamp=work.timestamp, penalty=work.penalty, by_hand=by_hand, comments=comments
    )
    if isinstance(result, Ungraded) and not any(mark.auto is not None for mark in work.marks.values()):
        return replace(result, standing=standing)
    grade = result if isinstance(result, Grade) else Grade(student, assignment, "", (), "cpu", "none", 0, 0.0)
    known = {question.id for question in grade.questions}
    questions = [_question(question, work.marks.get(f"test-{question.id}")) for question in grade.questions]
    titles = {written.id: written.title for written in _written(assignment)}
    others = [mark for mark in work.marks.values() if mark.question not in known]
    questions += [_titled(_from_mark(mark, written=mark.question in titles), titles) for mark in others]
    return replace(grade, questions=tuple(questions), standing=replace(standing, differs=_difference(result, work)))


def _written(assignment: str) -> tuple[Written, ...]:
    """The questions of the assignment that people read; none of an assignment that the bank does not have."""
    return load_assignment(assignment).written if assignment in assignment_names() else ()


def _titled(question: QuestionGrade, titles: dict[str, str]) -> QuestionGrade:
    return replace(question, title=titles.get(question.id, question.title))


def _question(question: QuestionGrade, mark: _Mark | None) -> QuestionGrade:
    if mark is None or abs(mark.points - question.score) < _SAME:
        return question
    message = f"{question.message}\nThis mark was given by a person." if mark.manual is not None or mark.extra else ""
    if mark.manual is None and mark.auto is not None and abs(mark.auto - question.score) >= _SAME:
        return replace(_from_mark(mark), title=question.title)
    return replace(question, score=round(mark.points, 6), message=message or question.message)


def _from_mark(mark: _Mark, *, written: bool = False) -> QuestionGrade:
    """A question of which only the gradebook knows: graded by nbgrader's commands, or written and read by a person."""
    if written and mark.auto == 0 and mark.manual is None and not mark.extra:
        # nbgrader gives an answer in words a mark of its own only where the cell is as it was sent out.
        words = "Not attempted yet: the cell for your words is as it was."
        return QuestionGrade(mark.question, mark.question, 0.0, mark.most, Outcome.NOT_ATTEMPTED, None, words)
    if mark.auto is None and mark.manual is None:
        words = "waits for a person's mark"
        return QuestionGrade(mark.question, mark.question, 0.0, mark.most, Outcome.WAITING, None, words)
    outcome = Outcome.PARTIAL
    if mark.points >= mark.most:
        outcome = Outcome.CORRECT
    elif not mark.points:
        outcome = Outcome.WRONG
    words = "the mark of the gradebook"
    return QuestionGrade(mark.question, mark.question, round(mark.points, 6), mark.most, outcome, None, words)


def _difference(result: Grade | Ungraded | None, work: _Work) -> str:
    """Where the gradebook's automatic marks are not those of the last run."""
    auto = round(sum(mark.auto or 0.0 for mark in work.marks.values()), 6)
    if not isinstance(result, Grade):
        return f"the gradebook has a mark ({auto:g}) that no run here gave"
    automatic = {f"test-{question.id}": question.score for question in result.questions}
    changed = [
        mark.question
        for name, mark in work.marks.items()
        if name in automatic and not result.failed and abs((mark.auto or 0.0) - automatic[name]) >= _SAME
    ]
    if not changed:
        return ""
    return f"graded again since the last run here, by another command: {', '.join(changed)}"


def _read(address: str, assignment: str) -> tuple[str, dict[str, _Work]]:
    """The due date, and the submissions by student; nothing where the gradebook does not exist yet."""
    from autograder.gradebook.database import connect, gradebook_url

    url = gradebook_url(address)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).is_file():
        return "", {}
    engine = connect(address)
    try:
        with engine.connect() as connection:
            return _works(connection, assignment)
    finally:
        engine.dispose()


def _works(connection: Connection, assignment: str) -> tuple[str, dict[str, _Work]]:
    def rows(query: str) -> Iterable[Any]:
        from sqlalchemy import text

        return connection.execute(text(query), {"name": assignment}).all()

    due = next((_moment(row[0]) for row in rows("SELECT duedate FROM assignment WHERE name = :name")), "")
    submitted = "FROM submitted_assignment s JOIN assignment a ON a.id = s.assignment_id WHERE a.name = :name"
    works = {row[0]: _Work(_moment(row[1])) for row in rows(f"SELECT s.student_id, s.timestamp {submitted}")}
    inside = (
        "JOIN submitted_assignment s ON s.id = n.assignment_id JOIN assignment a ON a.id = s.assignment_id "
        "WHERE a.name = :name"
    )
    for student, penalty in rows(f"SELECT s.student_id, n.late_submission_penalty FROM submitted_notebook n {inside}"):
        works[student].penalty += float(penalty or 0.0)
    marks = (
        "SELECT s.student_id, b.name, COALESCE(c.max_score, t.max_score), g.auto_score, g.manual_score, "
        "g.extra_credit FROM grade g JOIN base_cell b ON b.id = g.cell_id "
        "LEFT JOIN grade_cells c ON c.id = b.id LEFT JOIN task_cells t ON t.id = b.id "
        f"JOIN submitted_notebook n ON n.id = g.notebook_id {inside} ORDER BY b.name"
    )
    for student, name, most, auto, manual, extra in rows(marks):
        works[student].marks[name] = _Mark(name, float(most or 0.0), auto, manual, float(extra or 0.0))
    comments = (
        "SELECT s.student_id, b.name, c.manual_comment FROM comment c JOIN base_cell b ON b.id = c.cell_id "
        f"JOIN submitted_notebook n ON n.id = c.notebook_id {inside} ORDER BY b.name"
    )
    for student, name, comment in rows(comments):
        if comment:
            works[student].comments.append((name.removeprefix("test-"), str(comment)))
    return due, works


def _moment(value: Any) -> str:
    return "" if value is None else str(value)
