"""One notebook under pytest: each question is asked at the moment that counts for it, by pytest's own runner."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest

from autograder.course.question import GradingTest
from autograder.grader.attempt import Attempt, TestRun
from autograder.grader.earlier import put_stand_ins
from autograder.grader.grader import Grader
from autograder.grader.moments import at_moments, words_and_marks
from autograder.remote.proxy import Student
from autograder.results import Moment
from autograder.session.notebook_session import run_to
from autograder.submission.notebook import Notebook


class Sitting:
    """Which moment counts is found out first, without pytest; then pytest runs the tests there.

    Args:
        chosen: the questions of which a test was chosen; no other is asked.
    """

    def __init__(self, grader: Grader, notebook: Notebook, chosen: Collection[str]) -> None:
        self._exam = grader.exam
        self._notebook = notebook
        self._session = grader.open(notebook)
        questions = [question for question in grader.assignment.questions if question.id in chosen]
        self._tried = {one.question.id: one for one in at_moments(self._exam, notebook, self._session, questions)}
        self._runs: dict[str, list[TestRun]] = {question.id: [] for question in questions}
        self._sides: dict[tuple[str, str], Student] = {}
        self._attempt: tuple[tuple[int | None, tuple[str, ...]], Attempt] | None = None

    def attempt(self, question: str) -> Attempt:
        """The notebook at that question's moment."""
        at_cell = self._tried[question].moment is Moment.TEST_CELL
        place = self._notebook.moment(question) if at_cell else None
        behind = self._tried[question].behind if self._tried[question].carried else ()
        where = place, tuple(other.id for other in behind)
        if self._attempt is None or self._attempt[0] != where:
            run_to(self._session, place, begin=True)
            put_stand_ins(self._session, behind)
            attempt = Attempt(self._exam, self._notebook, self._session, place, quote=False)
            self._attempt = where, attempt
        return self._attempt[1]

    def student(self, test: GradingTest) -> Student:
        """The student, as the test asks it."""
        side = self._sides[test.question, test.name] = self.attempt(test.question).student(test)
        return side

    def device_of(self, test: GradingTest) -> str:
        """Where the answer to a test is computed."""
        return self._exam.device_of(self._exam.assignment.question(test.question))

    def record(self, test: GradingTest, problem: BaseException | None) -> None:
        """Take what pytest found: None, or what the test raised."""
        if not isinstance(problem, pytest.skip.Exception):
            run = self.attempt(test.question).judge(test, problem, self._sides.get((test.question, test.name)))
            self._runs[test.question].append(run)

    def summary(self) -> Iterator[str]:
        """The grades of the questions whose tests were all run, in lines, and how far the others came."""
        whole, parts = [], []
        for name, runs in self._runs.items():
            tests = [test for test in self._tried[name].question.tests if not test.cuda]
            done = {run.test.name for run in runs}
            if all(test.name in done for test in tests):
                whole.append(replace(self._tried[name], runs=tuple(runs)))
            elif done:
                parts.append(f"   no mark   {name:<24} {len(done)} of its {len(tests)} tests were run")
        grades = words_and_marks(self._exam, self._notebook, self._session, whole)
        for grade in grades:
            moment = "" if grade.moment is Moment.END else f"  (at its {grade.moment})"
            mistake = f"  [{grade.mistake}]" if grade.mistake else ""
            yield f"{grade.score:5g} / {grade.max_score:<4g} {grade.id:<24} {grade.outcome}{mistake}{moment}"
        yield from parts
        if grades:
            total, most = sum(g.score for g in grades), sum(g.max_score for g in grades)
            yield f"{total:5g} / {most:<4g} in all"

    def close(self) -> None:
        """End the sandbox."""
        self._session.close()
