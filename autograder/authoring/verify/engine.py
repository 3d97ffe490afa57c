"""Tries every answer to every question through the real engine: notebooks, the sandbox, pytest.

Notebook number k holds the k-th answer to each question, so that a class of a dozen or two notebooks holds
them all. A question that trains for seconds is left blank once its answers are used up.
"""

from __future__ import annotations

import itertools
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring.verify.answers import Verdict, blank
from autograder.course.answers import Answer
from autograder.course.assignment import Assignment
from autograder.course.layout import Course
from autograder.course.question import Question, QuestionModule
from autograder.grader.grader import Grader
from autograder.results import Grade, Outcome, QuestionGrade, Ungraded
from autograder.submission.find import Submission


def verify_assignment(assignment: Assignment, course: Course, seed: int) -> Iterator[Verdict]:
    """Grade all answers to all questions and judge the grades: of a mistake's forms the first.

    The others are tried in process, by the same judgement; what the engine adds is the same for all forms.
    """
    rounds, results = grade_every_answer(assignment, course, seed, all_forms=False)
    for round_, result in zip(rounds, results, strict=True):
        for question, answer in zip(assignment.questions, round_, strict=True):
            if answer is not None:
                yield _verdict(question, answer, result, seed)


def grade_every_answer(
    assignment: Assignment, course: Course, seed: int, device: str = "cpu", *, all_forms: bool = True
) -> tuple[list[tuple[Answer | None, ...]], list[Grade | Ungraded]]:
    """Notebooks that hold all answers to all questions, as their answers in the questions' order, and their grades."""
    every = {question.id: every_answer(question) for question in assignment.questions}
    answers = {q: [answer for answer in told if all_forms or answer.form == 1] for q, told in every.items()}
    rounds = list(itertools.zip_longest(*answers.values()))
    left = {q.id: blank(q.question.names) for q in assignment.questions if trains_for_itself(q, assignment)}
    with tempfile.TemporaryDirectory(prefix="verify-") as folder:
        submissions = []
        for number, round_ in enumerate(rounds):
            path = Path(folder, f"round-{number:02}.ipynb")
            chosen = left | {q: answer for q, answer in zip(answers, round_, strict=True) if answer is not None}
            nbformat.write(notebook_of(assignment, chosen), path)
            submissions.append(Submission(path.stem, assignment.name, path))
        with Grader(assignment.name, course, device=device, seed=seed) as grader:
            results = list(grader.grade(submissions))
    return rounds, results


def every_answer(question: QuestionModule) -> list[Answer]:
    """The reference, the alternatives, every form of the mistakes, other wrong answers, and a blank."""
    return [*question.answers.every, blank(question.question.names)]


def trains_for_itself(question: QuestionModule, assignment: Assignment) -> bool:
    """Whether its calls may take long, and no answer or test of another question names what it defines."""
    if question.question.seconds <= Question.seconds:
        return False
    others = [other for other in assignment.questions if other.id != question.id]
    texts = [answer.source for other in others for answer in other.answers.every]
    texts += [Path(str(other.module.__file__)).read_text("utf-8") for other in others]
    names = re.compile(rf"\b(?:{'|'.join(map(re.escape, question.question.names))})\b")
    return not any(names.search(text) for text in texts)


def notebook_of(assignment: Assignment, chosen: Mapping[str, Answer]) -> nbformat.NotebookNode:
    """A notebook that answers each question with its chosen answer, the reference where there is none."""
    cells = []
    for question in assignment.questions:
        answer = chosen.get(question.id) or question.answers.reference
        cells.append(_cell(question.answers.imports + answer.source, question.id, solution=True))
        cells.append(_cell(f'check("{question.id}")', f"test-{question.id}", points=question.question.points))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook: nbformat.NotebookNode = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    return notebook


def _cell(source: str, grade_id: str, *, solution: bool = False, points: float | None = None) -> nbformat.NotebookNode:
    test = points is not None
    marks = {
        "grade": test,
        "grade_id": grade_id,
        "locked": test,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if test:
        marks["points"] = points
    cell: nbformat.NotebookNode = new_code_cell(source, id=grade_id, metadata={"nbgrader": marks})
    return cell


def _verdict(question: QuestionModule, answer: Answer, result: Grade | Ungraded, seed: int) -> Verdict:
    if isinstance(result, Ungraded):
        return Verdict(question.id, answer, seed, 0.0, None, 0.0, f"not graded: {result.reason}")
    grade = next(grade for grade in result.questions if grade.id == question.id)
    lost = grade.max_score - grade.score
    return Verdict(question.id, answer, seed, lost, grade.mistake, float("nan"), _problem(answer, grade, lost))


def _problem(answer: Answer, grade: QuestionGrade, lost: float) -> str:
    if grade.outcome is Outcome.GRADER_ERROR:
        return f"the grader failed: {grade.message}"
    match answer.kind:
        case "reference" | "alternative" if lost:
            return f"a right answer gets {grade.score:g} of {grade.max_score:g}: {grade.message}"
        case "blank" if grade.outcome is not Outcome.NOT_ATTEMPTED:
            return f"a blank is {grade.outcome}"
        case "mistake" | "wrong" if not lost:
            return "it gets full marks"
        case "mistake" if grade.mistake_name != answer.name:
            return f"it is named {grade.mistake_name}"
        case _:
            return ""
