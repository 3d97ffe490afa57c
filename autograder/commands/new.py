"""``autograder new``: a question or an assignment, ready to fill in."""

from __future__ import annotations

from autograder.authoring.new import new_assignment, new_question
from autograder.course.configuration import course_here


def new_command(assignment: str, question: str | None) -> int:
    """Make the files and say what comes next; ``question`` None makes an assignment."""
    course = course_here()
    made = new_assignment(course, assignment) if question is None else new_question(course, assignment, question)
    for path in made:
        print(path)
    if question is None:
        print(f"\nNext: autograder new question {assignment} QUESTION")
    else:
        print(f"\nNext: fill in what says “replace me”, then autograder verify {assignment} --question {question}")
    return 0
