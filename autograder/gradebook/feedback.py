"""What a feedback page is made of: the graded notebook, with marks and comments as the gradebook has them now."""

from __future__ import annotations

from typing import Any

from autograder.course.assignment import load_assignment
from autograder.pages.feedback import Feedback, Mark


def feedback_from_gradebook(nb: Any, names: Any) -> Feedback:
    """What the page of one submission shows.

    Args:
        names: nbgrader's: student, assignment, notebook and db_url.
    """
    from nbgrader.api import Gradebook

    where = names["notebook"], names["assignment"], names["student"]
    with Gradebook(names["db_url"]) as gradebook:
        submission = gradebook.find_submission_notebook(*where)
        marks = {grade.name: _mark(grade) for grade in submission.grades}
        comments = {comment.name: comment.manual_comment or "" for comment in submission.comments}
        penalty = float(submission.late_submission_penalty or 0.0)
    hints = {question.id: question.question.hints for question in load_assignment(names["assignment"]).questions}
    return Feedback(names["student"], names["assignment"], nb, marks, comments, hints, penalty)


def _mark(grade: Any) -> Mark:
    """nbgrader's row: a score of a person wins over the tests', and extra credit comes on top."""
    by_hand = grade.manual_score is not None or bool(grade.extra_credit)
    score = grade.auto_score if grade.manual_score is None else grade.manual_score
    if score is None and not grade.extra_credit:
        return Mark(None, float(grade.max_score))
    return Mark(float(score or 0.0) + float(grade.extra_credit or 0.0), float(grade.max_score), by_hand)
