"""The run in a student's own repository: visible checks, told in every way that a student or a classroom reads.

What is written here is advice: a student can change the workflow that starts it. This process imports no torch
and runs nothing of the notebook, so it writes a valid result even if the checking hangs or ends.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from autograder.exporters.classroom import classroom_result, encoded
from autograder.exporters.classroom50 import classroom50_result
from autograder.exporters.junit import as_junit
from autograder.exporters.markdown import plain, student_page
from autograder.integrations.classroom.annotations import annotate
from autograder.integrations.classroom.cells import question_lines
from autograder.integrations.classroom.expected import Expected, expected_questions
from autograder.integrations.classroom.supervised import Told, run_checks
from autograder.results import Grade, Outcome, Ungraded

_TIME_OVER = "The time for the whole run was over before this question was checked. Is there a loop that never ends?"
_CUT_OFF = "The checking itself ended before this question was checked. Run it again, or ask your teacher."


def check_in_ci(notebook: Path, results: Path, seconds: float) -> int:
    """Check a notebook and write all results into the folder ``results``; 0 if the checks were run, else 1."""
    started = time.monotonic()
    expected = expected_questions(notebook)
    told = run_checks(notebook, seconds)
    result = assemble(notebook, expected, told, time.monotonic() - started)
    text = _text_of(notebook)
    lines = question_lines(text)
    place = _in_repository(notebook)
    write_results(result, results, lines)
    summary = student_page(result, expected.assignment, what="visible points", footer=_footer(told))
    (results / "summary.md").write_text(summary, "utf-8", errors="replace")
    _append("GITHUB_STEP_SUMMARY", summary)
    _append("GITHUB_OUTPUT", _outputs(result, lines, told))
    print("\n".join([*_table(result), f"confined: {told.isolation}", *annotate(result, place, lines)]))
    if told.log:
        print("\n".join(f"| {line}" for line in told.log.splitlines()), file=sys.stderr)
    return int(isinstance(result, Ungraded) or result.incomplete)


def assemble(notebook: Path, expected: Expected, told: Told, seconds: float) -> Grade | Ungraded:
    """The result in the records that every report takes."""
    student = os.environ.get("GITHUB_ACTOR") or "student"
    if told.broken is not None:
        return Ungraded(student, expected.assignment, _in_repository(notebook), told.broken)
    if not expected.questions:
        reason = "it holds no question of this course"
        return Ungraded(student, expected.assignment, _in_repository(notebook), reason)
    questions = []
    for question in expected.questions:
        checked = told.questions.get(question["id"])
        if checked is not None:
            questions.append(expected.graded(question, checked))
        elif told.time_over:
            questions.append(expected.ungraded(question, Outcome.TIMEOUT, _TIME_OVER))
        else:
            questions.append(expected.ungraded(question, Outcome.GRADER_ERROR, _CUT_OFF))
    # Without flags: those are for a teacher's eye, and these results are the student's.
    return Grade(
        student, expected.assignment, _in_repository(notebook), tuple(questions), "cpu", told.isolation, 0,
        round(seconds, 3), merge=told.merge,
    )  # fmt: skip


def write_results(result: Grade | Ungraded, folder: Path, lines: dict[str, int]) -> None:
    """JUnit, the Classroom reporter's object and Classroom 50's ``result.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        "junit.xml": as_junit(result.assignment, [result], "cpu"),
        "classroom.json": json.dumps(classroom_result(result, lines), indent=2) + "\n",
        "result.json": json.dumps(classroom50_result(result, os.environ), indent=2) + "\n",
    }
    for name, content in contents.items():
        (folder / name).write_text(content, "utf-8", errors="replace")


def _outputs(result: Grade | Ungraded, lines: dict[str, int], told: Told) -> str:
    marked = isinstance(result, Grade) and not result.failed
    score = f"{result.score:g}" if isinstance(result, Grade) and marked else ""
    most = f"{result.max_score:g}" if isinstance(result, Grade) else ""
    result64 = encoded(classroom_result(result, lines))
    return f"result={result64}\nscore={score}\nmax-score={most}\nisolation={told.isolation}\n"


def _table(result: Grade | Ungraded) -> list[str]:
    if isinstance(result, Ungraded):
        return ["The notebook could not be checked."]
    rows = [
        f"{question.id:<24} {question.score:>5g} of {question.max_score:<5g} {question.outcome.replace('_', ' ')}"
        for question in result.questions
    ]
    return [*rows, f"{'visible points':<24} {result.score:>5g} of {result.max_score:<5g}"]


def _footer(told: Told) -> str:
    confined = {
        "full": "It was fully confined.",
        "partial": "It was confined, with some layers missing on this runner.",
        "none": "It ran without confinement on this runner.",
    }.get(told.isolation, "It did not come to run.")
    missing = f" Missing: {plain(told.why)}." if told.why and told.isolation != "full" else ""
    return (
        "Visible checks only, as advice: more inputs are tried when your teacher grades. "
        f"Your code ran in a process of its own. {confined}{missing}"
    )


def _append(variable: str, text: str) -> None:
    """To a file that the runner names, if it names one."""
    name = os.environ.get(variable)
    if name:
        with open(name, "a", encoding="utf-8", errors="replace") as file:
            file.write(text)


def _in_repository(notebook: Path) -> str:
    root = Path(os.environ.get("GITHUB_WORKSPACE") or os.getcwd()).resolve()
    path = notebook.absolute()
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(notebook)


def _text_of(notebook: Path) -> str:
    try:
        return notebook.read_text("utf-8-sig", errors="replace")
    except OSError:
        return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command ``autograder-ci`` of the package for students' CI."""
    parser = argparse.ArgumentParser(prog="autograder-ci", description="The visible checks of a notebook, for CI.")
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--results", type=Path, default=Path("results"), metavar="DIR")
    parser.add_argument("--seconds", type=float, default=600.0, metavar="N", help="for everything (default 600)")
    options = parser.parse_args(arguments)
    return check_in_ci(options.notebook, options.results, options.seconds)


if __name__ == "__main__":
    sys.exit(main())
