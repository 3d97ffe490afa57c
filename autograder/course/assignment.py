"""Which assignments there are, and their questions."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.course.layout import Course
from autograder.course.question import QuestionModule, Written, load_question
from autograder.errors import UsageError

BANK = Path(__file__).resolve().parents[1] / "bank"  # found by its place: the bank imports this folder


class UnknownAssignment(UsageError):
    """There is no assignment of that name in the bank."""


@dataclass(frozen=True)
class Assignment:
    """One assignment: the package of the bank that holds it, and its questions in order.

    Args:
        teaches: what it is about, in a line.
        written: the questions that a person marks.
    """

    name: str
    title: str
    package: str
    folder: Path
    questions: tuple[QuestionModule, ...]
    teaches: str = ""
    written: tuple[Written, ...] = ()

    @property
    def max_score(self) -> float:
        """What the whole assignment is worth, with what a person marks."""
        graded = sum(question.question.points for question in self.questions)
        return graded + sum(written.points for written in self.written)

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The names that each question asks for."""
        return {question.id: question.question.names for question in self.questions}

    @property
    def files(self) -> list[str]:
        """The test files, one for each question, in order."""
        return [str(question.module.__file__) for question in self.questions]

    def question(self, question_id: str) -> QuestionModule:
        """The question of that id."""
        return next(question for question in self.questions if question.id == question_id)


@cache
def assignment_names() -> tuple[str, ...]:
    """The names of all assignments, in order."""
    return tuple(sorted(_packages()))


@cache
def load_assignment(name: str) -> Assignment:
    """The assignment with all its questions.

    Raises:
        UnknownAssignment: no package of the bank has that name.
    """
    package_name = _packages().get(name)
    if package_name is None:
        raise UnknownAssignment(f"there is no assignment {name!r}; there are: {', '.join(assignment_names())}")
    package = importlib.import_module(package_name)
    questions = tuple(
        load_question(importlib.import_module(f"{package_name}.{question}")) for question in package.QUESTIONS
    )
    teaches, written = str(getattr(package, "TEACHES", "")), tuple(getattr(package, "WRITTEN", ()))
    folder = Path(str(package.__file__)).parent
    return Assignment(name, package.TITLE, package_name, folder, questions, teaches, written)


def course_assignment(course: Course, name: str) -> Assignment:
    """The assignment of that name; where there is none, the error tells of what this course has.

    Raises:
        UnknownAssignment: no package of the bank has that name.
    """
    if name in _packages():
        return load_assignment(name)
    folders = [course.root / part for part in ("source", "release")]
    own = sorted({path.name for folder in folders for path in folder.glob("[!.]*") if path.is_dir()})
    if name in own:
        raise UnknownAssignment(
            f"{name} is an assignment of this course, but the bank has no questions for it: `autograder grade {name}` "
            f"and `nbgrader autograde {name}` grade it, by the tests in its cells"
        )
    listed = own or assignment_names()
    raise UnknownAssignment(f"there is no assignment {name!r} in {course.root}; there are: {', '.join(listed)}")


def assignment_of(test_file: Path) -> str:
    """The name of the assignment that a test file of the bank belongs to.

    Raises:
        UnknownAssignment: the file is of no assignment.
    """
    found = next(
        (name for name, package in _packages().items() if package.rpartition(".")[2] == test_file.parent.name),
        None,
    )
    if found is None:
        raise UnknownAssignment(f"{test_file} belongs to no assignment of the bank")
    return found


@cache
def _packages() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in pkgutil.iter_modules([str(BANK)]):
        if entry.ispkg:
            package = f"autograder.bank.{entry.name}"
            found[importlib.import_module(package).NAME] = package
    return found
