"""Results of every kind, for the tests of all formats."""

from __future__ import annotations

from dataclasses import replace

from autograder.course.assignment import load_assignment
from autograder.results import Grade, Mistake, Outcome, QuestionGrade, TestResult, Ungraded

ASSIGNMENT = "06-manual-weight-updates"
NASTY = "=cmd|' /C calc'!A0 \x00\x1b[31m <script>alert(1)</script> ]]> \ud800 & \"quoted\"\nsecond line"


def right(student: str = "ada") -> Grade:
    """A submission in which everything is right, with the bank's own questions and tests."""
    questions = tuple(
        QuestionGrade(
            question.id, question.question.title, question.question.points, question.question.points,
            Outcome.CORRECT, None, "Correct.",
            tuple(TestResult(t.name, t.title, t.points, True) for t in question.tests if not t.cuda),
        )
        for question in load_assignment(ASSIGNMENT).questions
    )  # fmt: skip
    return Grade(student, ASSIGNMENT, f"{student}.ipynb", questions, "cpu", "full", 1, 0.25)


def wrong(student: str = "bob", message: str = NASTY) -> Grade:
    """Of the first question, the first test passes; the second question is wrong."""
    base = right(student)
    first, second, *others = base.questions
    tests = tuple(replace(test, passed=number == 0) for number, test in enumerate(first.tests))
    first = replace(
        first, score=tests[0].points, outcome=Outcome.PARTIAL, mistake=Mistake("ascent"), message=message, tests=tests
    )
    tests = tuple(replace(test, passed=False) for test in second.tests)
    second = replace(second, score=0.0, outcome=Outcome.WRONG, message=message, tests=tests)
    return replace(base, questions=(first, second, *others), flags=("look here",))


def failed(student: str = "cyd") -> Grade:
    """The grader failed on one question."""
    base = right(student)
    first = replace(base.questions[0], score=0.0, outcome=Outcome.GRADER_ERROR, message="ours")
    return replace(base, questions=(first, *base.questions[1:]))


def ungraded(student: str = "dan", message: str = NASTY) -> Ungraded:
    """A file that is no notebook."""
    return Ungraded(student, ASSIGNMENT, f"{student}.ipynb", f"the file is not JSON {message}")
