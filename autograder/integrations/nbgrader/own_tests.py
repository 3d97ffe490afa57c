"""``autograder grade A`` in a course that the bank does not know: its own test cells are run, by nbgrader, confined.

nbgrader's converter does what it always does (restore the tests, run, score, record); the kernels are ours. What its
gradebook and the graded notebooks then say becomes the same records and reports as for an assignment of the bank.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from autograder.course.layout import Course
from autograder.errors import UsageError
from autograder.integrations.nbgrader.warm import isolation
from autograder.results import Grade, Outcome, QuestionGrade, Ungraded
from autograder.sanitize.outputs import clean_line

BESIDE = "tests ran beside the student's code"
_ENDED = {
    "AssertionError": Outcome.WRONG,
    "NotImplementedError": Outcome.NOT_ATTEMPTED,
    "CellTimeoutError": Outcome.TIMEOUT,
    "MemoryError": Outcome.MEMORY,
}
_MOST_WORDS = 300  # characters of an error that a report repeats: the whole of it is in the notebook


class NotThisCourse(UsageError):
    """The assignment cannot be graded by its own test cells: why, and what to type."""


def knows(course: Course, assignment: str) -> bool:
    """Whether this folder is a course of nbgrader's with that assignment in it."""
    if not (course.root / "nbgrader_config.py").is_file():
        return False
    return any((course.root / folder / assignment).is_dir() for folder in ("source", "release"))


@dataclass(frozen=True)
class OwnTests:
    """nbgrader's API, set up for one assignment of one course whose tests stand in its own notebooks."""

    api: Any
    assignment: str

    @classmethod
    def opened(cls, course: Course, options: argparse.Namespace, stack: ExitStack) -> OwnTests:
        """Read the course's settings, switch the sandbox on, and lay out what was named on the command line."""
        from nbgrader.api import Gradebook, MissingEntry
        from nbgrader.apps import NbGraderAPI
        from nbgrader.apps.baseapp import NbGrader
        from nbgrader.coursedir import CourseDirectory

        from autograder.integrations.nbgrader.one_line import configure

        before = os.getcwd()
        stack.callback(os.chdir, before)
        paths = [path.resolve() for path in options.paths]
        os.chdir(course.root)
        app = NbGrader()
        app.log_level = "CRITICAL"
        app.initialize([])
        configure(app.config)
        app.config.GradeInSandbox.unsafe_trusted = bool(options.unsafe_trusted)
        courses = CourseDirectory(parent=app, config=app.config)
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="class-")))
        if options.gradebook:
            courses.db_url = options.gradebook if "://" in options.gradebook else f"sqlite:///{options.gradebook}"
        if options.no_gradebook:
            _keep_apart(courses, scratch)
        try:
            with Gradebook(courses.db_url, courses.course_id) as gradebook:
                names = [notebook.name for notebook in gradebook.find_assignment(options.assignment).notebooks]
        except MissingEntry as problem:
            raise NotThisCourse(
                f"{options.assignment} is not in the gradebook: `nbgrader generate_assignment {options.assignment}` "
                "enters it, and makes what students get"
            ) from problem
        if paths:
            courses.submitted_directory = str(_laid_out(paths, options, names, scratch / "submitted"))
        return cls(NbGraderAPI(courses, config=app.config, parent=app), options.assignment)

    def students(self) -> list[str]:
        """Whose submissions are there."""
        courses = self.api.coursedir
        folder = Path(courses.root, courses.submitted_directory)
        found = [path.name for path in sorted(folder.glob("*")) if any((path / self.assignment).glob("*.ipynb"))]
        if not found:
            raise NotThisCourse(f"no notebook of {self.assignment} is in {folder}/STUDENT/{self.assignment}/")
        return found

    def grade(self, student: str) -> Grade | Ungraded:
        """One submission: graded by nbgrader, and read back."""
        started = time.monotonic()
        folder = self._folder(self.api.coursedir.submitted_directory, student)
        done = self.api.autograde(self.assignment, student, force=True, create=True)
        log = done.get("log", "")
        if not done["success"]:
            return Ungraded(student, self.assignment, str(folder), _reason(log, done.get("error", "")))
        flags = [clean_line(line.split(": ", 1)[1], 500) for line in _warnings(log, student)]
        questions, by_hand = self._read_back(student)
        if by_hand:
            flags.append(f"a person marks {', '.join(by_hand)}")
        return Grade(
            student, self.assignment, str(folder), tuple(questions), "cpu", isolation(), 0,
            time.monotonic() - started, flags=(BESIDE, *flags),
        )  # fmt: skip

    def _folder(self, directory: str, student: str) -> Path:
        return Path(self.api.coursedir.format_path(directory, student, self.assignment))

    def _read_back(self, student: str) -> tuple[list[QuestionGrade], list[str]]:
        """The grade of each test cell, in order, and the cells that a person marks."""
        from nbgrader.api import Gradebook

        questions: list[QuestionGrade] = []
        by_hand: list[str] = []
        with Gradebook(self.api.coursedir.db_url, self.api.coursedir.course_id) as gradebook:
            submission = gradebook.find_submission(self.assignment, student)
            marks = {
                (notebook.name, grade.name): (grade.auto_score, grade.manual_score, grade.max_score)
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            names = [notebook.name for notebook in submission.notebooks]
        several = len(names) > 1
        for name in sorted(names):
            path = self._folder(self.api.coursedir.autograded_directory, student) / f"{name}.ipynb"
            cells = nbformat.read(path, 4).cells if path.is_file() else []
            found = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in cells}
            order = [key for key in found if (name, key) in marks]
            order += [key for notebook, key in marks if notebook == name and key not in found]
            for key in order:
                auto, manual, points = marks[(name, key)]
                title = f"{name}: {key}" if several else key
                if auto is None and manual is None:
                    by_hand.append(title)
                else:
                    score = auto if manual is None else manual
                    questions.append(_question(title, float(score), float(points), found.get(key)))
        return questions, by_hand


def _question(title: str, score: float, points: float, cell: Any) -> QuestionGrade:
    outcome, message = _outcome(score, points, cell)
    return QuestionGrade(title, title, score, points, outcome, None, message)


def _outcome(score: float, points: float, cell: Any) -> tuple[Outcome, str]:
    """What became of a test cell, and its own words about it."""
    if cell is None:
        return Outcome.MISSING, "its cell is not in the notebook"
    if score >= points:
        return Outcome.CORRECT, ""
    if score > 0:
        return Outcome.PARTIAL, ""
    outputs = cell.get("outputs", ())
    error = next((output for output in outputs if output.output_type == "error"), None)
    if error is not None:
        words = clean_line(f"{error.ename}: {error.evalue}" if error.evalue else error.ename, _MOST_WORDS)
        return _ENDED.get(error.ename, Outcome.ERROR), words
    warned = next((output.text for output in outputs if output.get("name") == "stderr"), None)
    if warned is not None:
        return Outcome.WRONG, clean_line(f"it wrote to stderr: {warned}", _MOST_WORDS)
    return Outcome.WRONG, ""


def _warnings(log: str, student: str) -> Iterator[str]:
    """What this engine told nbgrader's log about a student, a line each."""
    for line in log.splitlines():
        if line.startswith("[WARNING]") and f"] {student}: " in line:
            yield line


def _reason(log: str, error: str) -> str:
    """Why there is no grade, from nbgrader's log: the last line of the first traceback."""
    lines = [
        line.strip()
        for line in (log or error).splitlines()
        if re.match(r"\s*[\w.]+(Error|Graded|Notebook|Exception): ", line)
    ]
    return clean_line(lines[0].partition(": ")[2] if lines else "nbgrader could not grade it", _MOST_WORDS)


def _keep_apart(courses: Any, scratch: Path) -> None:
    """Let nothing of a dry run reach the course: a copy of the gradebook, and another folder for graded notebooks."""
    if not courses.db_url.startswith("sqlite:///"):
        raise NotThisCourse("--no-gradebook needs a gradebook in SQLite, of which a copy is used")
    path = Path(courses.db_url.removeprefix("sqlite:///"))
    if path.is_file():
        shutil.copy(path, scratch / "gradebook.db")
    courses.db_url = f"sqlite:///{scratch / 'gradebook.db'}"
    courses.autograded_directory = str(scratch / "autograded")


def _laid_out(paths: Sequence[Path], options: argparse.Namespace, names: Sequence[str], folder: Path) -> Path:
    """What was named, as nbgrader wants it: the folder itself if it is one of nbgrader's, else a copy of notebooks."""
    assignment: str = options.assignment
    if len(paths) == 1 and any(paths[0].glob(f"*/{assignment}/*.ipynb")):
        return paths[0]
    if len(names) != 1:
        raise NotThisCourse(
            f"{assignment} has {len(names)} notebooks: name a folder of nbgrader's form, STUDENT/{assignment}/*.ipynb"
        )
    for path in paths:
        found = [path] if path.is_file() else sorted(path.glob("*.ipynb"))
        if not found:
            raise NotThisCourse(f"{path} holds neither notebooks nor STUDENT/{assignment}/*.ipynb")
        for notebook in found:
            student = options.student or notebook.stem
            if student == names[0]:
                student = notebook.parent.parent.name if notebook.parent.name == assignment else notebook.parent.name
            target = folder / student / assignment / f"{names[0]}.ipynb"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(notebook, target)
    return folder
