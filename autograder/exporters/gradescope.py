"""Gradescope's ``results.json``: what a student sees at once, and what after the marks are published.

A test that students run themselves is ``visible``; one on hidden inputs is shown ``after_published``. Where there is no
mark no ``score`` stands anywhere, which Gradescope asks for; and ``run_autograder`` hands such a result over as failed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from autograder.exporters.notes import NO_MARK, device_note
from autograder.exporters.one_each import one_each
from autograder.results import Grade, Outcome, QuestionGrade, TestResult, Ungraded


def as_gradescope(assignment: str, results: Sequence[Grade | Ungraded], device: str) -> str:
    """One submission as ``results.json``; of several, an object with one for each student."""
    from autograder.course.assignment import load_assignment  # which needs torch, as no other report does

    # two questions may have tests of one name, of which students run only the one
    shown = {(q.id, test.name) for q in load_assignment(assignment).questions for test in q.tests if test.visible}
    return one_each(results, lambda result: _result(result, device, shown))


def _result(result: Grade | Ungraded, device: str, shown: set[tuple[str, str]]) -> dict[str, Any]:
    if isinstance(result, Ungraded):
        said = f"This could not be graded: {result.reason}."
        return {"output": said, "stdout_visibility": "hidden", "tests": [_without_score(said)]}
    told = {
        "execution_time": round(result.seconds),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",  # flags are for the teacher
        "extra_data": {
            "student": result.student,
            "device": result.device,
            "isolation": result.isolation,
            "flags": list(result.flags),
        },
    }
    if result.failed:
        return {"output": NO_MARK, **told, "tests": [_without_score(NO_MARK)]}
    notes = ["Tests on hidden inputs are shown after the marks are published.", *device_note(device), *result.intake]
    tests = [test for number, q in enumerate(result.questions, start=1) for test in _tests(number, q, shown)]
    return {"score": result.score, "output": "\n".join(notes), **told, "tests": tests}


def _without_score(said: str) -> dict[str, Any]:
    return {"name": "the submission can be graded", "status": "failed", "output": said, "visibility": "visible"}


def _tests(number: int, question: QuestionGrade, shown: set[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    if question.outcome is Outcome.WAITING:  # a person gives the points there
        return
    tests = question.tests or (_whole(question),)
    failed = [test for test in tests if not test.passed]
    # The message stands where the student may read it first: under a visible test, if one failed.
    telling = next((test for test in failed if (question.id, test.name) in shown), failed[0] if failed else None)
    for part, test in enumerate(tests, start=1):
        counts = test.passed and question.outcome is not Outcome.FORBIDDEN
        yield {
            "name": f"{question.id}: {test.title}",
            "name_format": "text",
            "number": f"{number}.{part}",
            "score": test.points if counts else 0.0,
            "max_score": test.points,
            "status": "passed" if counts else "failed",
            "output": question.message if test is telling else "",
            "output_format": "text",
            "tags": [question.id],
            "visibility": "visible" if (question.id, test.name) in shown else "after_published",
            "extra_data": {"outcome": str(question.outcome), "mistake": question.mistake_name},
        }


def _whole(question: QuestionGrade) -> TestResult:
    return TestResult(
        question.id, question.title, question.max_score, question.outcome is Outcome.CORRECT, str(question.outcome)
    )
