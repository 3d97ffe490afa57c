"""The course's own solution is recognised, and nobody who wrote one of its answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from autograder.course.assignment import load_assignment
from autograder.grader.own_solution import is_own_solution, own_solution
from autograder.submission.notebook import read_notebook

COURSE = Path(__file__).parents[2]
NAME = "03-parameter-counting"


def test_cell_for_cell_and_not_otherwise() -> None:
    names = load_assignment(NAME).names
    solution = own_solution(COURSE, NAME, names)
    assert set(solution) == set(names)
    copied = read_notebook(COURSE / "solutions" / NAME / f"{NAME}.ipynb", names)
    assert is_own_solution(copied, solution)
    own = [
        replace(cell, source=cell.source + "\n# mine") if cell in copied.solutions("collapse") else cell
        for cell in copied.cells
    ]
    assert not is_own_solution(replace(copied, cells=tuple(own)), solution)
    blank = read_notebook(COURSE / "release" / NAME / f"{NAME}.ipynb", names)
    assert not is_own_solution(blank, solution)


def test_a_course_without_its_solutions_flags_nobody(tmp_path: Path) -> None:
    names = load_assignment(NAME).names
    assert own_solution(tmp_path, NAME, names) == {}
    assert not is_own_solution(read_notebook(COURSE / "solutions" / NAME / f"{NAME}.ipynb", names), {})
