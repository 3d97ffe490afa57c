"""What cells of real courses do, cell by cell: the marks of stock nbgrader and of the confined kernel are the same."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from percent import notebook_from

from autograder.sanitize.outputs import clean_outputs

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
# Where the two differ, and why that is meant.
DIFFERENT: dict[str, tuple[float, float]] = {}


@dataclass(frozen=True)
class Course:
    """A course's folder, and what nbgrader is started with."""

    root: Path
    environment: dict[str, str]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin to run nbgrader there."""
        command = [sys.executable, "-m", "nbgrader", *arguments]
        piped = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.Popen(command, cwd=self.root, env=self.environment, text=True, **piped)  # type: ignore[call-overload,no-any-return]

    def marks(self) -> dict[str, float | None]:
        """The automatic mark of each graded cell."""
        query = "SELECT base_cell.name, grade.auto_score FROM grade JOIN base_cell ON base_cell.id = grade.cell_id"
        with closing(sqlite3.connect(self.root / "gradebook.db")) as database:
            return dict(database.execute(query).fetchall())

    def graded(self, notebook: str) -> nbformat.NotebookNode:
        """A graded notebook."""
        return nbformat.read(self.root / "autograded" / STUDENT / ASSIGNMENT / f"{notebook}.ipynb", 4)


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
    told = {
        "HOME": str(top / "home"), "BATTERY_SHARED": str(top / "shared"), "BATTERY_TOKEN": "abc", "BATTERY_LEVEL": "3",
    }  # fmt: skip
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    modules = os.pathsep.join([str(top / "lib"), str(REPOSITORY)])
    return Course(root, {**os.environ, **told, "PATH": programs, "PYTHONPATH": modules})


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Course, str]:
    """The same course, autograded by stock nbgrader and by this engine, side by side; and what the second said."""
    top = tmp_path_factory.mktemp("battery")
    top.chmod(0o755)
    stock = _course(top / "stock", "")
    making = stock.start("generate_assignment", ASSIGNMENT)
    words = making.communicate(timeout=120)[0]
    assert making.returncode == 0, words[-6000:]
    ours = _course(top / "ours", OURS)
    shutil.copy(stock.root / "gradebook.db", ours.root / "gradebook.db")
    running = [course.start("autograde", ASSIGNMENT) for course in (stock, ours)]
    said = [process.communicate(timeout=500)[0] for process in running]
    for process, words in zip(running, said, strict=True):
        assert process.returncode == 0, words[-6000:]
    return stock, ours, said[1]


@pytest.mark.slow
def test_every_cell_has_the_marks_of_stock(graded: tuple[Course, Course, str]) -> None:
    stock, ours, said = graded
    wanted, got = stock.marks(), ours.marks()
    assert len(wanted) >= 150
    assert 0.2 < sum(mark == POINTS for mark in wanted.values()) / len(wanted) < 0.9, "marks of one kind prove little"
    differing = {name: (wanted[name], got.get(name)) for name in wanted if wanted[name] != got.get(name)}
    assert differing == DIFFERENT, said[-3000:]


# What a process of its own prints may arrive with the next cell; names of memory and of pictures differ.
CHANCE = {
    "script-that-fails",
    "script-that-prints",
    "script-timeout",
    "executable-script",
    "answers",
    "system-command",
    "out",
    "pip-list",
}


def _told(cell: nbformat.NotebookNode) -> list[tuple[str, str]]:
    """A cell's outputs as they are stored, without numbers, which may be times, addresses and processes."""
    found = []
    for output in clean_outputs(cell.outputs):
        words = output.get("text") or output.get("data") or output["ename"] + output["evalue"]
        found.append(
            (
                output.get("name") or output["output_type"],
                re.sub(r"0x\w+|/stock/|/ours/|[\d.]+( [µμnm]?s\b)?", "", str(words)),
            )
        )
    return found


@pytest.mark.slow
def test_outputs_are_those_of_stock_made_harmless(graded: tuple[Course, Course, str]) -> None:
    """The same kinds in the same order with the same words, and the same numbers of execution."""
    stock, ours, _said = graded
    for path in sorted(BATTERY.glob("*.cells")):
        for wanted, got in zip(stock.graded(path.stem).cells, ours.graded(path.stem).cells, strict=True):
            name = wanted.metadata.nbgrader.grade_id.partition("-")[2]
            assert wanted.execution_count == got.execution_count, name
            if name not in CHANCE:
                assert _told(got) == _told(wanted), name
