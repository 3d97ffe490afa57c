"""Answers that call an earlier one which is not right yet: whose fault it is, and that no error is punished twice.

A question that loses marks while its answer calls an earlier, wrong one is asked once more, in a fork of its own in
which the earlier question's stand-in has the place of the wrong answer. What it does right then counts: the error is
carried forward. A stand-in is declared by the bank's author and gives nothing away; no reference enters a student's
process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.course.question import QuestionModule
from autograder.grader.attempt import Attempt, Exam
from autograder.grader.question_grade import Tried
from autograder.judging.scoring import counts_more
from autograder.judging.source_rules import calls_of
from autograder.results import Moment, Outcome
from autograder.session.notebook_session import LiveSession, run_to
from autograder.submission.notebook import Notebook


def with_earlier_faults(exam: Exam, notebook: Notebook, session: LiveSession, tried: Sequence[Tried]) -> list[Tried]:
    """Each question with the earlier, wrong ones that its answer calls; asked once more where stand-ins allow it."""
    wrong: list[Tried] = []
    told: list[Tried] = []
    for one in tried:
        if one.judged()[0] in (Outcome.CORRECT, Outcome.GRADER_ERROR):
            told.append(one)
            continue
        behind = _called(one, wrong)
        told.append(_carried(exam, notebook, session, replace(one, behind=behind)) if behind else one)
        wrong.append(one)
    return told


def _called(one: Tried, wrong: Sequence[Tried]) -> tuple[QuestionModule, ...]:
    """Those of the earlier, wrong questions that an answer calls."""
    if not wrong or one.judged()[0] in (Outcome.MISSING, Outcome.NOT_ATTEMPTED, Outcome.FORBIDDEN):
        return ()
    used = calls_of(one.sources, one.question.question.names)
    return tuple(other.question for other in wrong if used & set(other.question.question.names))


def _carried(exam: Exam, notebook: Notebook, session: LiveSession, one: Tried) -> Tried:
    """The question with the stand-ins in place, if more of it is right then."""
    stand_ins = [question.answers.stand_in for question in one.behind]
    if not exam.carry_forward or None in stand_ins:
        return one
    place = None if one.moment is Moment.END else notebook.moment(one.question.id)
    run_to(session, place, begin=True)
    put_stand_ins(session, one.behind)
    attempt = Attempt(exam, notebook, session, place, quote=False)
    again = replace(one, runs=attempt.run_all(one.question), carried=True)
    return again if not again.fault and counts_more(again.judged(), one.judged()) else one


def put_stand_ins(session: LiveSession, questions: Sequence[QuestionModule]) -> None:
    """Put the stand-ins of ``questions`` in the place of the notebook's own answers, in the present fork."""
    for question in questions:
        stand_in = question.answers.stand_in
        if stand_in is not None:
            session.put(question.answers.imports + stand_in.source)
