"""Both courses of ``nbgrader quickstart``, with the submissions of nbgrader's guide: marks and outputs are stock's."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nbgrader
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from side_by_side import Course, finish, told

from tests.conftest import EVERY_NIGHT

REPOSITORY = Path(__file__).resolve().parents[2]
GUIDE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
ASSIGNMENT = "ps1"
# The guide's two; and the instructor's own solution with a slip and an error that is not raised.
STUDENTS = {"plain": ("bitdiddle", "hacker"), "autotest": ("slip",)}
ONE_LINE = """
from autograder.integrations.nbgrader import use
use(c)
"""


def _quickstart(top: Path, kind: str) -> Course:
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": programs, "PYTHONPATH": str(REPOSITORY), "HOME": str(top)}
    Course(top, environment).run("quickstart", "course", *(["--autotest"] if kind == "autotest" else []))
    course = Course(top / "course", environment)
    for student in STUDENTS[kind]:
        handed_in = course.root / "submitted" / student / ASSIGNMENT
        of_guide = GUIDE / "submitted" / student / ASSIGNMENT
        shutil.copytree(of_guide if of_guide.is_dir() else course.root / "source" / ASSIGNMENT, handed_in)
        if student == "slip":
            notebook = handed_in / "problem1.ipynb"
            right = notebook.read_text("utf-8")
            wrong = right.replace("i ** 2", "i * 2").replace("if n < 1", "if n < -1")
            assert wrong != right
            notebook.write_text(wrong, "utf-8")
    return course


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["autotest", pytest.param("plain", marks=EVERY_NIGHT)])
def test_marks_and_outputs_are_stock_s(tmp_path: Path, kind: str) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "stock").mkdir()
    stock = _quickstart(tmp_path / "stock", kind)
    stock.run("generate_assignment", ASSIGNMENT)
    ours = Course(tmp_path / "ours" / "course", {**stock.environment, "HOME": str(tmp_path / "ours")})
    shutil.copytree(stock.root, ours.root)
    with (ours.root / "nbgrader_config.py").open("a") as config:
        config.write(ONE_LINE)
    for process in [course.start("autograde", ASSIGNMENT) for course in (stock, ours)]:
        finish(process)

    wanted = stock.marks()
    assert len(wanted) >= 8 * len(STUDENTS[kind])
    assert len(set(wanted.values())) >= 2, "marks of one kind prove little"
    assert ours.marks() == wanted
    for student in STUDENTS[kind]:
        of_stock, of_ours = (course.graded(student, ASSIGNMENT) for course in (stock, ours))
        assert set(of_ours) == set(of_stock) == {"problem1", "problem2"}
        for name, notebook in of_stock.items():
            for number, (cell, our_cell) in enumerate(zip(notebook.cells, of_ours[name].cells, strict=True)):
                assert our_cell.get("execution_count") == cell.get("execution_count"), (student, name, number)
                assert told(our_cell) == told(cell), (student, name, number)
