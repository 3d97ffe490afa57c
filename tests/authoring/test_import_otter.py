"""A master notebook of otter-grader's becomes an assignment of nbgrader's, whose tests pass on its own solutions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from autograder.authoring.otter import cells as otter_cells
from autograder.authoring.otter.cells import NotPlain, solution_cell
from autograder.authoring.otter.course import Occupied, import_course
from autograder.authoring.otter.master import NotAMaster
from autograder.cli import main


def shown(value: str) -> list[Any]:
    """What a cell stores of its last value."""
    return [new_output("execute_result", data={"text/plain": value}, execution_count=1)]


def printed(text: str) -> list[Any]:
    """What a cell stores of a print."""
    return [new_output("stream", name="stdout", text=text)]


TESTS = [
    new_code_cell("square(3) == 9", outputs=shown("True")),
    new_code_cell("# HIDDEN\nsquare(4)", outputs=shown("16")),
    new_code_cell(
        '""" # BEGIN TEST CONFIG\npoints: 1.5\nhidden: true\n""" # END TEST CONFIG\nprint(square(5))',
        outputs=printed("25\n"),
    ),
    new_code_cell("def test_zero(square):\n    assert square(0) == 0"),
    new_code_cell("def test_env(env):\n    assert env['square'](1) == 1"),
]
PICTURE = new_code_cell("show()", outputs=[new_output("display_data", data={"text/plain": "x"})])


def master() -> Any:
    """A master notebook with what otter's documentation shows."""
    cells = [
        new_raw_cell("# ASSIGNMENT CONFIG\nname: hw1\nfiles:\n  - data.csv\nrequirements: requirements.txt\n"),
        new_markdown_cell("# Homework"),
        new_code_cell("import otter\ngrader = otter.Notebook()\nimport math"),
        new_raw_cell("# BEGIN QUESTION\nname: q1\npoints: 4\nall_or_nothing: true\n"),
        new_markdown_cell("Write `square`."),
        new_raw_cell("# BEGIN SOLUTION"),
        new_code_cell("def square(x):\n    y = x * x # SOLUTION\n    return y\nhalf = 0.5 # SOLUTION NO PROMPT"),
        new_raw_cell("# END SOLUTION"),
        new_raw_cell("# BEGIN TESTS"),
        *TESTS,
        PICTURE,
        new_raw_cell("# END TESTS"),
        new_raw_cell("# END QUESTION"),
        new_raw_cell("# BEGIN QUESTION\nname: q2\nmanual: true\npoints: 2"),
        new_raw_cell("# BEGIN SOLUTION"),
        new_markdown_cell("Because."),
        new_raw_cell("# END SOLUTION"),
        new_raw_cell("# END QUESTION"),
    ]
    return new_notebook(cells=cells)


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    folder = tmp_path / "otter"
    folder.mkdir()
    nbformat.write(master(), folder / "hw1-master.ipynb")
    (folder / "data.csv").write_text("x\n1\n")
    assert main(["import", "otter", str(folder), "--into", str(tmp_path / "course")]) == 0
    return tmp_path / "course"


def test_tests_pass_on_the_solution(imported: Path) -> None:
    """Each test's cell runs without an error, and fails where the answer is wrong."""
    node = nbformat.read(imported / "source" / "hw1" / "hw1.ipynb", 4)
    nbformat.validate(node)
    code = [cell for cell in node.cells if cell.cell_type == "code"]
    space: dict[str, Any] = {}
    for cell in code:
        exec(cell.source, space)
    tests = [cell for cell in code if cell.metadata.get("nbgrader", {}).get("grade")]
    assert len(tests) == len(TESTS)
    for wrong in (lambda x: x * x + 1, lambda x: None):
        space["square"] = wrong
        for cell in tests:
            with pytest.raises((AssertionError, TypeError)):
                exec(cell.source, space)


def test_points_and_marks(imported: Path) -> None:
    """The question's points are shared by the tests without points of their own; hidden tests are marked as such."""
    node = nbformat.read(imported / "source" / "hw1" / "hw1.ipynb", 4)
    marks = [cell.metadata.nbgrader for cell in node.cells if "nbgrader" in cell.metadata]
    points = {mark.grade_id: mark.points for mark in marks if mark.grade}
    assert points == {
        "q1-test-1": 0.625,
        "q1-test-2": 0.625,
        "q1-test-3": 1.5,
        "q1-test-4": 0.625,
        "q1-test-5": 0.625,
        "q2-0": 2.0,
    }
    hidden = [cell.metadata.nbgrader.grade_id for cell in node.cells if "### BEGIN HIDDEN TESTS" in cell.source]
    assert hidden == ["q1-test-2", "q1-test-3"]
    assert "otter" not in "".join(cell.source for cell in node.cells)
    assert (imported / "source" / "hw1" / "data.csv").read_text() == "x\n1\n"
    assert "use(c)" in (imported / "nbgrader_config.py").read_text()


def test_it_says_what_it_could_not_take_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "otter"
    folder.mkdir()
    nbformat.write(master(), folder / "m.ipynb")
    (done,) = import_course(folder, tmp_path / "course")
    left = "\n".join(done.left)
    for word in ("requirements", "all_or_nothing", "show()", "data.csv"):
        assert word in left
    with pytest.raises(Occupied):
        import_course(folder, tmp_path / "course")


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("x = 1", "### BEGIN SOLUTION\nx = 1\n### END SOLUTION"),
        ("x = 1 # SOLUTION", "x = ...\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION"),
        ("if a:\n    b() # SOLUTION", "if a:\n    ### BEGIN SOLUTION\n    b()\n    ### END SOLUTION"),
        ("# BEGIN SOLUTION NO PROMPT\nx = 1\n# END SOLUTION", "### BEGIN SOLUTION\nx = 1\n### END SOLUTION"),
        ('"""# BEGIN PROMPT\nx = ...\n"""; # END PROMPT\nx = 1 # SOLUTION NO PROMPT',
         "x = ...\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION"),
    ],
)  # fmt: skip
def test_solutions_are_marked(source: str, wanted: str) -> None:
    assert solution_cell(source) == wanted


def test_what_is_no_plain_python_is_refused() -> None:
    for cell in (new_code_cell("!ls"), PICTURE, new_code_cell("x = 1", outputs=shown("1"))):
        with pytest.raises(NotPlain):
            otter_cells.test_cell(cell)


def test_a_folder_without_masters(tmp_path: Path) -> None:
    with pytest.raises(NotAMaster):
        import_course(tmp_path, tmp_path / "course")
