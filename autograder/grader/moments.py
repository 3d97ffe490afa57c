"""When a question is asked: at the notebook's end, and, where it loses marks there, once more at its test cell.

The two are asked in forks of their own. The second fork runs the notebook from the top and stops at each test cell
that is to be tried, so that its cells run once for all questions; what they print there nobody reads, since hidden
inputs of the questions above were there before. The words for students come from a third fork, which has seen public
inputs only and is stopped at the same places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from autograder.course.question import QuestionModule
from autograder.grader.attempt import Attempt, Exam
from autograder.grader.earlier import with_earlier_faults
from autograder.grader.later_cells import Trees, may_have_changed, what_changed
from autograder.grader.question_grade import Tried, better, grade_question
from autograder.results import Moment, Outcome, QuestionGrade
from autograder.session.notebook_session import LiveSession, run_to
from autograder.submission.notebook import Notebook


def grade_notebook(exam: Exam, notebook: Notebook, session: LiveSession) -> tuple[QuestionGrade, ...]:
    """A grade for each question, in order.

    Args:
        session: has run all cells.
    """
    tried = at_moments(exam, notebook, session, exam.assignment.questions)
    return words_and_marks(exam, notebook, session, tried)


def at_moments(
    exam: Exam, notebook: Notebook, session: LiveSession, questions: Iterable[QuestionModule]
) -> list[Tried]:
    """Each of ``questions`` at the moment that counts for it; the session has run all cells."""
    attempt = Attempt(exam, notebook, session)
    sources = tuple(attempt.sources())
    end = [Tried(question, Moment.END, attempt.run_all(question), sources) for question in questions]
    return with_earlier_faults(exam, notebook, session, second_chances(exam, notebook, session, end))


def words_and_marks(
    exam: Exam, notebook: Notebook, session: LiveSession, tried: Sequence[Tried]
) -> tuple[QuestionGrade, ...]:
    """The grades that follow from what was found."""
    told = with_words(exam, notebook, session, tried)
    return tuple(grade_question(exam.truths[one.question.id], one) for one in told)


def second_chances(exam: Exam, notebook: Notebook, session: LiveSession, end: Sequence[Tried]) -> list[Tried]:
    """Each question at the moment that counts for it; the session is opened again where one loses marks at the end."""
    trees = Trees()
    places = {one.question.id: place for one in end if (place := _second_place(notebook, one, trees)) is not None}
    chosen = {one.question.id: one for one in end}
    for count, (name, place) in enumerate(sorted(places.items(), key=lambda entry: entry[1])):
        question = chosen[name].question
        run_to(session, place, begin=count == 0)
        attempt = Attempt(exam, notebook, session, place, quote=False)
        cell = Tried(question, Moment.TEST_CELL, attempt.run_all(question), tuple(attempt.sources()))
        chosen[name] = better(chosen[name], replace(cell, note=_note(notebook, question, place, trees)))
    return [chosen[one.question.id] for one in end]


def with_words(exam: Exam, notebook: Notebook, session: LiveSession, tried: Sequence[Tried]) -> list[Tried]:
    """Each question with what its visible tests find at its moment, in a fork that never had a hidden input."""
    places = {
        one.question.id: None if one.moment is Moment.END else notebook.moment(one.question.id)
        for one in tried
        if one.needs_words
    }
    chosen = {one.question.id: one for one in tried}
    last = notebook.end
    in_order = sorted(places.items(), key=lambda entry: last if entry[1] is None else entry[1])
    for count, (name, place) in enumerate(in_order):
        run_to(session, place, begin=count == 0)
        public = Attempt(exam, notebook, session, place).run_public(chosen[name].question)
        chosen[name] = replace(chosen[name], public=public)
    return [chosen[one.question.id] for one in tried]


def _second_place(notebook: Notebook, end: Tried, trees: Trees) -> int | None:
    """Where to ask once more; None where that can win nothing."""
    outcome, _ = end.judged()
    place = notebook.moment(end.question.id)
    if outcome is Outcome.CORRECT or place is None:
        return None
    above = notebook.above(place)
    below = [cell for cell in notebook.code if cell.index >= place]
    return place if may_have_changed(end.question.question.names, above, below, trees) else None


def _note(notebook: Notebook, question: QuestionModule, place: int, trees: Trees) -> str:
    """One neutral sentence on why the test cell's moment counts."""
    below = [one for one in notebook.code if one.index >= place]
    change = what_changed(question.question.names, notebook.above(place), below, trees)
    why = "" if change is None else f": {change.in_words()}"
    where = "at its test cell" if notebook.test(question.id) is not None else "where its test cell belongs"
    return f"Your answer counts as it was {where}, before later cells changed what it does{why}."
