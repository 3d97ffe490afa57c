"""What cells of real courses do, cell by cell: the marks of stock nbgrader and of the confined kernel are the same."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nbformat
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from percent import notebook_from
from side_by_side import Course, finish, told

REPOSITORY = Path(__file__).resolve().parents[2]
BATTERY = Path(__file__).parent / "battery"
STUDENT, ASSIGNMENT = "ann", "ps1"
POINTS = 20  # more than any cell gives as a number: stock ends a submission at a larger one
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "battery"
c.Execute.timeout = 8
c.ClearSolutions.enforce_metadata = False
"""
OURS = """
from autograder.integrations.nbgrader import use
use(c)
c.GradeInSandbox.readable = ["~/data", "../shared"]
c.GradeInSandbox.environment = ["BATTERY_TOKEN"]
"""


def _beside(folder: Path) -> None:
    """What a course puts beside its notebooks."""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "points.csv").write_text("x,y\n1,2\n3,4\n")
    (folder / "metrics.csv").write_text("y\n0.5\n1.0\n")
    (folder / "course_helper.py").write_text("def answer():\n    return 42\n")
    (folder / "course_package").mkdir()
    (folder / "course_package" / "__init__.py").write_text("")
    (folder / "course_package" / "inner.py").write_text("name = 'inner'\n")


def _course(top: Path, config: str) -> Course:
    root = top / "course"
    for place in (root / "source", root / "submitted" / STUDENT):
        _beside(place / ASSIGNMENT)
        for path in sorted(BATTERY.glob("*.cells")):
            nbformat.write(notebook_from(path, POINTS), place / ASSIGNMENT / f"{path.stem}.ipynb")
    (root / "nbgrader_config.py").write_text(CONFIG + config)
    for name, text in (
        ("shared/constants.json", "{}"),
        ("home/data/home.csv", "h\n"),
        ("lib/module_on_the_path.py", "here = True\n"),
    ):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text)
    variables = {
        "HOME": str(top / "home"), "BATTERY_SHARED": str(top / "shared"), "BATTERY_TOKEN": "abc", "BATTERY_LEVEL": "3",
    }  # fmt: skip
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    modules = os.pathsep.join([str(top / "lib"), str(REPOSITORY)])
    return Course(root, {**os.environ, **variables, "PATH": programs, "PYTHONPATH": modules})


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Course, str]:
    """The same course, autograded by stock nbgrader and by this engine, side by side; and what the second said."""
    top = tmp_path_factory.mktemp("battery")
    top.chmod(0o755)
    stock = _course(top / "stock", "")
    stock.run("generate_assignment", ASSIGNMENT)
    ours = _course(top / "ours", OURS)
    shutil.copy(stock.root / "gradebook.db", ours.root / "gradebook.db")
    running = [course.start("autograde", ASSIGNMENT) for course in (stock, ours)]
    said = [finish(process) for process in running]
    return stock, ours, said[1]


@pytest.mark.slow
def test_every_cell_has_the_marks_of_stock(graded: tuple[Course, Course, str]) -> None:
    stock, ours, said = graded
    wanted, got = stock.marks(), ours.marks()
    assert len(wanted) >= 150
    assert 0.2 < sum(mark == POINTS for mark in wanted.values()) / len(wanted) < 0.9, "marks of one kind prove little"
    assert got == wanted, said[-3000:]


# What a process of its own prints may arrive with the next cell; names of memory and of pictures differ.
CHANCE = {
    "script-that-fails", "script-that-prints", "script-timeout", "executable-script", "answers", "system-command",
    "out", "pip-list",
}  # fmt: skip


@pytest.mark.slow
def test_outputs_are_those_of_stock_made_harmless(graded: tuple[Course, Course, str]) -> None:
    """The same kinds in the same order with the same words, and the same numbers of execution."""
    stock, ours, _said = graded
    of_stock, of_ours = (course.graded(STUDENT, ASSIGNMENT) for course in (stock, ours))
    assert set(of_stock) == {path.stem for path in BATTERY.glob("*.cells")}
    for notebook, node in of_stock.items():
        for wanted, got in zip(node.cells, of_ours[notebook].cells, strict=True):
            name = wanted.metadata.nbgrader.grade_id.partition("-")[2]
            assert wanted.execution_count == got.execution_count, name
            if name not in CHANCE:
                assert told(got) == told(wanted), name
