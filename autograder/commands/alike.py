"""``autograder alike``: which answers are the same but for names and spaces, as a hint to look and to ask."""

from __future__ import annotations

import argparse

from autograder.commands.intake import intake_of
from autograder.course.assignment import Assignment, course_assignment
from autograder.course.configuration import course_here
from autograder.course.layout import Course
from autograder.submission.alike import FEWEST_NODES, alike, by_pair
from autograder.submission.notebook import BrokenNotebook, read_notebook
from autograder.submission.records import Submission, shown

_SAID = (
    "Same answers have good reasons too: a hint, a lecture, work in pairs. Left out are short answers (below "
    f"{FEWEST_NODES} nodes of syntax), what the notebook gives, what the bank knows, and what a fifth of the class "
    "writes. Look at both, and ask."
)


def alike_command(options: argparse.Namespace) -> int:
    """Print the pairs; 0."""
    course = course_here()
    assignment = course_assignment(course, options.assignment)
    intake = intake_of(assignment, course, options)
    answers = answers_of(assignment, [one for one in intake.submissions if not one.fault])
    pairs = list(by_pair(alike(answers, _known(assignment, course))))
    if not pairs:
        print(f"{assignment.name}: no two of {len(intake.submissions)} submissions have a longer answer alike")
        return 0
    for (first, second), found in pairs:
        questions = ", ".join(f"{one.question} ({one.nodes} nodes)" for one in found)
        print(f"{shown(first)} and {shown(second)}: {questions}")
    print(_SAID)
    return 0


def answers_of(assignment: Assignment, submissions: list[Submission]) -> dict[str, dict[str, str]]:
    """By question, the source of each student's answer; a notebook that cannot be read has none."""
    names = {question.id: question.question.names for question in assignment.questions}
    answers: dict[str, dict[str, str]] = {question: {} for question in names}
    for submission in submissions:
        try:
            notebook = read_notebook(submission.notebook, names)
        except BrokenNotebook:
            continue
        for question in names:
            cells = notebook.solutions(question)
            if cells:
                answers[question][submission.student] = "\n".join(cell.source for cell in cells)
    return answers


def _known(assignment: Assignment, course: Course) -> dict[str, list[str]]:
    """The blank of the released notebook, the reference, and right answers written differently."""
    known = {
        question.id: [answer.source for answer in (question.answers.reference, *question.answers.alternatives)]
        for question in assignment.questions
    }
    released = course.root / "release" / assignment.name / f"{assignment.name}.ipynb"
    if released.is_file():
        notebook = read_notebook(released)
        for question, sources in known.items():
            sources += [cell.source for cell in notebook.solutions(question)]
    return known
