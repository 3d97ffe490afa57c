"""``autograder import otter``: a folder of master notebooks becomes a course that nbgrader and this engine grade."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.otter.cells import NotPlain, Test, solution_cell, test_cell
from autograder.authoring.otter.master import Master, NotAMaster, Question, masters_in, read_master
from autograder.errors import UsageError

CONFIG = '''"""nbgrader's settings for this course."""

from autograder.integrations.nbgrader import use

c = get_config()  # noqa: F821  nbgrader defines it
c.CourseDirectory.course_id = "{name}"
use(c)  # submissions run confined
'''
_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
_TAKEN_OVER = {"name", "files", "points", "manual", "title"}
# What a setting was for, where it is not simply of no use here.
_MEANT = {
    "requirements": "install these packages where the notebooks are graded",
    "environment": "install these packages where the notebooks are graded",
    "seed": "set the seed in a given cell instead",
    "plugins": "otter's plugins have nothing to plug into here",
    "autograder_files": "put them where the notebooks may read them: c.GradeInSandbox.readable",
    "tests": "settings of the tests section",
}


class Occupied(UsageError):
    """The course cannot be written: something is there already."""


@dataclass
class Imported:
    """What became of an assignment: its name, its questions and points, and what could not be taken over."""

    name: str
    questions: int = 0
    tests: int = 0
    points: float = 0.0
    left: list[str] = field(default_factory=list)


def import_course(folder: Path, target: Path) -> list[Imported]:
    """Write the course into ``target``.

    Raises:
        NotAMaster: there is no master notebook in ``folder``.
        Occupied: an assignment of that name is in ``target`` already.
    """
    found = list(masters_in(folder))
    if not found:
        raise NotAMaster(f"{folder} holds no master notebook of otter-grader (with a raw cell '# BEGIN QUESTION')")
    done = [import_master(read_master(path), target) for path in found]
    config = target / "nbgrader_config.py"
    if not config.exists():
        config.write_text(CONFIG.format(name=_name(target.resolve().name)), "utf-8")
    return done


def import_master(master: Master, target: Path) -> Imported:
    """Write one assignment: its notebook, and the files beside it that it names."""
    name = _name(str(master.settings.get("name") or master.path.stem))
    place = target / "source" / name
    if place.exists():
        raise Occupied(f"{place} is there already: remove it, or name another folder with --into")
    report = Imported(name)
    report.left += [_setting("the assignment", key, value) for key, value in _others(master.settings)]
    cells: list[Any] = []
    for part in master.parts:
        cells += _question(part, report) if isinstance(part, Question) else _given(part)
    place.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": _KERNEL}), place / f"{name}.ipynb")
    for file in master.settings.get("files") or ():
        report.left += _beside(master.path.parent, str(file), place)
    return report


def _others(settings: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((key, value) for key, value in settings.items() if key not in _TAKEN_OVER and value not in (None, False))


def _setting(whose: str, key: str, value: Any) -> str:
    return f"{whose}: `{key}` is not taken over ({_MEANT.get(key, 'it is otter-grader’s own')})"


def _beside(folder: Path, file: str, place: Path) -> list[str]:
    source = folder / file
    if not source.resolve().is_relative_to(folder.resolve()) or not source.exists():
        return [f"the assignment: the file {file} is not in {folder}"]
    target = place / file
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    return []


def _given(cell: Any) -> list[Any]:
    """A cell of the course's own; otter's own calls have no meaning here."""
    if cell.cell_type == "raw":
        return []
    source = "\n".join(line for line in cell.source.splitlines() if not re.match(r"\s*(import otter|grader\b)", line))
    if cell.cell_type == "markdown":
        return [new_markdown_cell(cell.source)]
    return [new_code_cell(source)] if source.strip() else []


def _question(question: Question, report: Imported) -> list[Any]:
    name = _name(question.name)
    report.questions += 1
    report.left += [_setting(name, key, value) for key, value in _others(question.settings) if key != "tests" or value]
    manual = bool(question.settings.get("manual"))
    points = _points(question.settings.get("points"), name, report)
    cells: list[Any] = []
    tests: list[Test] = []
    for number, (section, cell) in enumerate(question.cells):
        if section == "TESTS":
            tests += _tests(cell, name, report)
        elif section == "SOLUTION":
            marks = _marks(f"{name}-{number}", solution=True, points=points if manual else None)
            cells.append(_solution(cell, marks))
            report.points += points if manual else 0.0
            manual = False  # the points of a question that a person marks stand with its first answer
        elif section == "PROMPT":
            report.left.append(f"{name}: a prompt cell; students get the answer's cell with its blanks instead")
        else:
            cells += _given(cell)
    own = sum(test.points or 0.0 for test in tests)
    shared = sum(test.points is None for test in tests)
    for number, test in enumerate(tests, start=1):
        worth = test.points if test.points is not None else max(points - own, 0.0) / shared
        cells.append(_graded(test, _marks(f"{name}-test-{number}", points=round(worth, 6))))
        report.tests += 1
        report.points += round(worth, 6)
    return cells


def _tests(cell: Any, name: str, report: Imported) -> list[Test]:
    if cell.cell_type != "code":
        return []
    try:
        return [test_cell(cell)]
    except NotPlain as problem:
        report.left.append(f"{name}: a test is left out: {problem}: {cell.source.strip().splitlines()[0][:60]}")
        return []


def _solution(cell: Any, marks: dict[str, Any]) -> Any:
    if cell.cell_type == "markdown":
        return new_markdown_cell(cell.source, metadata={"nbgrader": {**marks, "grade": True}})
    return new_code_cell(solution_cell(cell.source), metadata={"nbgrader": marks})


def _graded(test: Test, marks: dict[str, Any]) -> Any:
    source = f"### BEGIN HIDDEN TESTS\n{test.source}\n### END HIDDEN TESTS" if test.hidden else test.source
    return new_code_cell(source, metadata={"nbgrader": marks})


def _marks(name: str, *, solution: bool = False, points: float | None = None) -> dict[str, Any]:
    marks: dict[str, Any] = {
        "grade_id": name, "grade": points is not None, "solution": solution, "locked": not solution,
        "task": False, "schema_version": 3,
    }  # fmt: skip
    return marks if points is None else {**marks, "points": points}


def _points(value: Any, name: str, report: Imported) -> float:
    """A question's points: otter gives one where none are stated."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, dict) and isinstance(value.get("each"), int | float):
        report.left.append(f"{name}: points for each test; {value['each']} is taken for the whole question")
        return float(value["each"])
    if value is not None:
        report.left.append(f"{name}: points {value!r} are not a number; one is taken")
    return 1.0


def _name(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-") or "assignment"
