"""Whose marks a run changes, by how much and why; and the trail that is only ever added to."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from autograder import results
from autograder.commands.regrade import lines_of
from autograder.course.layout import Course
from autograder.gradebook.audit import changes_between, keep_trail, read_trail, trail_file
from autograder.results import Grade, Mistake, Outcome, QuestionGrade, Ungraded


def question(
    name: str, score: float, outcome: Outcome, mistake: Mistake | None = None, failed: str = ""
) -> QuestionGrade:
    tests = (results.TestResult("t", failed, 2.0, False),) if failed else ()
    return QuestionGrade(name, name, score, 2.0, outcome, mistake, "", tests)


def grade(student: str, *questions: QuestionGrade) -> Grade:
    return Grade(student, "A", f"{student}.ipynb", questions, "cpu", "full", 0, 0.1)


RIGHT = question("one", 2.0, Outcome.CORRECT)
ADA = grade("ada", RIGHT, question("two", 0.0, Outcome.WRONG, Mistake("ascent")))
BOB = grade("bob", question("one", 1.0, Outcome.PARTIAL, failed="it adds"), question("two", 2.0, Outcome.CORRECT))


def test_what_changes_is_told_with_its_reason() -> None:
    """A test was mended: one gains, one loses, one has a mark by hand, one is new, one stays."""
    after = [
        ADA,
        grade("bob", RIGHT, question("two", 0.5, Outcome.PARTIAL, failed="it multiplies")),
        grade("cyd", RIGHT),
        Ungraded("dan", "A", "dan.ipynb", "gone"),
    ]
    changes = changes_between([ADA, BOB], after, {"bob": ("two",)})
    assert [(c.student, c.question, c.before, c.after, c.by_hand) for c in changes] == [
        ("bob", "one", 1.0, 2.0, False), ("bob", "two", 2.0, 0.5, True), ("cyd", "", None, 2.0, False),
    ]  # fmt: skip
    lines = list(lines_of(changes, 4, dry=True))
    assert lines == [
        "2 of 4 students: marks would change",
        "bob: +1",
        "  one: 1 → 2: was partial (it adds), now correct",
        "  two: 2 → 0.5: was correct, now partial (it multiplies); the mark that a person gave stays",
        "cyd: +2",
        "  no mark → 2: graded for the first time",
        "nothing was recorded; without --dry-run it is, and marks and comments of people stay",
    ]


def test_nothing_changes_where_nothing_differs() -> None:
    failed = grade("cyd", question("one", 0.0, Outcome.GRADER_ERROR))
    assert changes_between([ADA, BOB, failed], [ADA, BOB, failed]) == []
    assert list(lines_of([], 2, dry=False)) == ["2 students: no mark changed"]


def test_where_the_outcome_is_the_same_the_tests_are_told() -> None:
    """A mended test gives points to who is still partly right."""
    tests = tuple(results.TestResult(name, f"it {name}s", 1.0, False) for name in ("add", "divide"))
    before = replace(question("one", 0.0, Outcome.PARTIAL, Mistake("ascent")), tests=tests)
    passed = replace(before, score=1.0, tests=(replace(tests[0], passed=True), tests[1]))
    (change,) = changes_between([grade("ada", before)], [grade("ada", passed)])
    assert change.why == "partial (ascent) as before; passed now: it adds"
    (change,) = changes_between([grade("ada", passed)], [grade("ada", replace(passed, score=0.5))])
    assert change.why == "partial (ascent) as before; its tests count differently"


def test_a_failure_of_the_grader_is_no_mark() -> None:
    failed = replace(ADA, questions=(question("one", 0.0, Outcome.GRADER_ERROR),))
    (change,) = changes_between([ADA], [failed])
    assert (change.before, change.after) == (2.0, None)


def test_the_trail_keeps_every_line_of_graders_that_write_at_once(tmp_path: Path) -> None:
    course = Course(tmp_path)
    changes = changes_between([], [BOB])

    def write() -> None:
        for _ in range(20):
            keep_trail(course, "A", None, "autograder grade A", changes)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = list(read_trail(course))
    assert len(told) == 4 * 20 * len(changes)
    assert {(line["student"], line["question"], line["after"]) for line in told} == {("bob", "", 3.0)}
    assert all(line["who"] and line["when"] and line["command"] == "autograder grade A" for line in told)
    with trail_file(course, None).open("a") as file:
        file.write('{"half a li')
    assert len(list(read_trail(course))) == len(told)
    assert list(read_trail(course, "sqlite:///other.db")) == [], "another class has a trail of its own"
