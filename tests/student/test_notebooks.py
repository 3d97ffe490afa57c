"""``check`` in a real Jupyter kernel, and ``autograder check`` on whole notebooks."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring.release.notebooks import _environment
from autograder.cli import main
from autograder.student.notebook_run import _read

RIGHT = "def count_linear(n_in, n_out, bias=True):\n    return n_in * n_out + (n_out if bias else 0)"
WRONG = "def count_linear(n_in, n_out, bias=True):\n    return n_in * n_out"

BLANK = "def count_linear(n_in, n_out, bias=True):\n    raise NotImplementedError()"


def notebook(path: Path, *cells: str) -> Path:
    """A notebook with the question ``count_linear``, answered by ``cells``."""
    node = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    node.cells = [new_code_cell("from autograder import check, hint"), *map(new_code_cell, cells)]
    role = {"grade_id": "test-count_linear", "grade": True, "locked": True, "solution": False, "points": 2}
    node.cells.append(new_code_cell('check("count_linear")', metadata={"nbgrader": role}))
    nbformat.write(node, path)
    return path


def test_in_a_jupyter_kernel(tmp_path: Path) -> None:
    """A wrong answer, a right one, a hint, a blank that replaces no answer: each shows a box, with text beside."""
    from nbclient import NotebookClient

    cells = (WRONG, 'check("count_linear")', RIGHT, 'hint("count_linear")', BLANK)
    path = notebook(tmp_path / "n.ipynb", *cells)
    node = nbformat.read(path, as_version=4)
    NotebookClient(node, timeout=120, kernel_name="python3", extra_arguments=["--log-level=ERROR"]).execute(
        env=_environment(tmp_path)
    )
    wrong, hinted, right = (node.cells[index].outputs[0].data for index in (2, 4, 6))
    assert wrong["text/plain"].startswith("count_linear: ")
    assert "✗" in wrong["text/html"]
    assert wrong["text/html"].startswith("<div")
    assert "hint 1 of 3" in hinted["text/html"]
    assert right["text/plain"].startswith("count_linear: right so far")


def test_check_command(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """1 while a visible check is not right; a cell that stops does not stop the rest."""
    path = notebook(tmp_path / "n.ipynb", "1 / 0", "%matplotlib inline", WRONG, "print('loud')")
    assert main(["check", str(path)]) == 1
    said = capfd.readouterr().out
    assert "ZeroDivisionError" in said
    assert "count_linear" in said
    assert "Ask yourself" in said
    assert "loud" not in said


def asked_in(*cells: dict[str, object]) -> set[str]:
    """The questions that ``autograder check`` asks of a notebook with these cells."""
    return set(_read({"cells": [{"cell_type": "code", **cell} for cell in cells]})[1])


def test_which_questions_are_asked() -> None:
    """Those of the assignment at hand: of others only what is checked here too; in one cell as in many."""
    sigmoid = {"source": "def sigmoid(x):\n    return 3"}
    test = {"source": 'check("count_linear")'}
    assert asked_in({"source": RIGHT}, test, sigmoid) == {"count_linear"}
    assert asked_in({"source": RIGHT}, test, sigmoid, {"source": 'check("sigmoid")'}) == {"count_linear", "sigmoid"}
    whole = {"source": f'{RIGHT}\ncheck("count_linear")\ndef count_mlp(sizes):\n    return 3\ncheck("count_mlp")'}
    assert asked_in(whole, sigmoid) == {"count_linear", "count_mlp"}


def test_a_notebook_of_an_old_format_is_read() -> None:
    """Before format 4 the cells lie in worksheets, and their code in ``input``."""
    code = {"cell_type": "code", "input": [RIGHT + "\n", 'check("count_linear")']}
    cells = [{"cell_type": "heading", "level": 1}, code]
    read, asked = _read({"nbformat": 3, "worksheets": [{"cells": cells}]})
    assert set(asked) == {"count_linear"}
    assert read.cells[1].source.startswith(RIGHT)


def test_check_command_is_content_where_all_is_right(tmp_path: Path) -> None:
    """0 where every question of the notebook is right as far as can be seen."""
    assert main(["check", str(notebook(tmp_path / "n.ipynb", RIGHT))]) == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [(None, 2), ("not a notebook", 1), ("[]", 1), ('{"cells": []}', 1), ('{"cells": [{"cell_type": 3}]}', 1)],
)
def test_check_command_refuses(text: str | None, code: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """2 where there is no file, 1 where it is no notebook of this course; a line says so, no traceback."""
    path = tmp_path / "n.ipynb"
    if text is not None:
        path.write_text(text)
    assert main(["check", str(path)]) == code
    said = capfd.readouterr().err
    assert said.startswith("autograder: ")
    assert "Traceback" not in said
