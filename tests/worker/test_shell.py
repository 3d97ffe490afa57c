"""Cells run as in Jupyter, with their outputs in a notebook's form; tried in an interpreter of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.worker.shell import MAX_OUTPUT_BYTES, Outputs

CELLS = {
    "prints": "print('a'); print('b')\nimport sys; print('c', file=sys.stderr); print('d')",
    "result": "x = 3\nx * 2",
    "silent": "x * 2;",
    "error": "1 / 0",
    "syntax": "def (",
    "await": "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "plot": "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()",
    "plot without show": "plt.plot([1, 2]);",
    "display": "from IPython.display import HTML, clear_output, display\ndisplay(HTML('<b>x</b>'), 3)",
    "clear": "print('gone'); clear_output(); print('kept')",
    "magic": "%time y = 1",
    "timeit": "%%timeit -n1 -r1\ny",
    "matplotlib": "%matplotlib inline",
    "command": "!ls\n'after'",
    "captured command": "lines = !ls\nlines",
    "command's code": "_exit_code",
    "input": "input('?')",
    "exit": "exit()\n'still here'",
    "sys.exit": "import sys; sys.exit(3)",
    "interrupt": "raise KeyboardInterrupt",
    "bytes to stdout": "import sys; sys.stdout.write(b'x')",
    "last value": "_ = 5\nNone",
    "pandas": "import pandas as pd\npd.DataFrame({'a': [1]})",
    "broken repr": "class R:\n    def __repr__(self): raise ValueError('no')\nR()",
    "broken message": "class E(Exception):\n    def __str__(self): raise ValueError('no')\nraise E",
    "surrogate": "print('\\ud800')",
    "much": "print('x' * 5_000_000)",
    "many": "for i in range(1000): display(i)",
}
SCRIPT = """
import json, sys, tempfile
from autograder.worker.shell import build_shell, run_cell
shell = build_shell(tempfile.mkdtemp())
told = {}
for count, (name, source) in enumerate(json.loads(sys.stdin.read()).items()):
    outputs, problem = run_cell(shell, source, count)
    told[name] = [outputs, type(problem).__name__]
sys.__stdout__.write(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told() -> dict[str, tuple[list[dict[str, Any]], str]]:
    """For each cell its outputs and the exception that ended it."""
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT)]
    done = subprocess.run(command, input=json.dumps(CELLS), capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def texts(outputs: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(o["name"], o["text"]) for o in outputs if o["output_type"] == "stream"]


def test_streams_stand_in_the_order_in_which_they_came(told) -> None:
    assert texts(told["prints"][0]) == [("stdout", "a\nb\n"), ("stderr", "c\n"), ("stdout", "d\n")]


def test_the_last_value_is_a_result_unless_silenced(told) -> None:
    ((result,), problem) = told["result"]
    assert (result["output_type"], result["data"]["text/plain"], problem) == ("execute_result", "6", "NoneType")
    assert told["silent"][0] == []
    assert told["last value"][0] == []


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("error", "ZeroDivisionError"),
        ("syntax", "SyntaxError"),
        ("sys.exit", "SystemExit"),
        ("interrupt", "KeyboardInterrupt"),
        ("bytes to stdout", "TypeError"),
    ],
)
def test_errors_are_told_and_end_only_their_cell(told, name: str, error: str) -> None:
    outputs, problem = told[name]
    assert problem == error
    assert any(o["output_type"] == "error" for o in outputs) or name == "sys.exit"


def test_code_at_the_top_may_await(told) -> None:
    assert told["await"][0][-1]["data"]["text/plain"] == "'awaited'"


@pytest.mark.parametrize("name", ["plot", "plot without show"])
def test_plots_are_pictures(told, name: str) -> None:
    (picture,) = [o for o in told[name][0] if o["output_type"] == "display_data"]
    assert "image/png" in picture["data"]


def test_displays_and_clearing(told) -> None:
    assert told["display"][0][0]["data"]["text/html"] == "<b>x</b>"
    assert texts(told["clear"][0]) == [("stdout", "kept\n")]


def test_magics_of_notebooks_work(told) -> None:
    for name in ("magic", "timeit", "matplotlib"):
        assert told[name][1] == "NoneType"
    assert "Wall time" in str(told["magic"][0])


def test_commands_are_not_run_and_the_cell_goes_on(told) -> None:
    outputs, problem = told["command"]
    assert problem == "NoneType"
    assert "not run while a notebook is graded" in texts(outputs)[0][1]
    assert outputs[-1]["data"]["text/plain"] == "'after'"
    assert told["captured command"][0][-1]["data"]["text/plain"] == "[]"
    assert told["command's code"][0][-1]["data"]["text/plain"] == "126"


def test_exit_ends_nothing(told) -> None:
    assert told["exit"][1] == "NoneType"
    assert told["result"]


def test_broken_objects_break_nothing(told) -> None:
    assert told["broken repr"][1] in ("NoneType", "ValueError")
    assert told["broken message"][1] != "NoneType"
    assert told["surrogate"][1] in ("NoneType", "UnicodeEncodeError")


def test_outputs_are_bounded(told) -> None:
    for name in ("much", "many"):
        outputs, problem = told[name]
        assert problem == "NoneType"
        assert "the rest of the output was cut" in outputs[-1]["text"]
        assert len(json.dumps(outputs)) < 2 * MAX_OUTPUT_BYTES


def test_every_output_is_valid_in_a_notebook(told) -> None:
    for name, (outputs, _) in told.items():
        cell = nbformat.v4.new_code_cell("", outputs=[nbformat.from_dict(o) for o in outputs])
        nbformat.validate(nbformat.v4.new_notebook(cells=[cell])), name


def test_a_cell_begins_with_no_outputs_of_the_cell_before() -> None:
    outputs = Outputs()
    outputs.begin()
    outputs.write("stdout", "one")
    outputs.add({"output_type": "display_data", "data": {}, "metadata": {}})
    outputs.write("stdout", "two")
    assert [o.get("text") for o in outputs.finish()] == ["one", None, "two"]
    outputs.begin()
    assert outputs.finish() == []


TRANSFORMED = """
import glob, tempfile
import nbformat
from IPython.core.interactiveshell import InteractiveShell
from autograder.worker.shell import build_shell, run_cell
shell = build_shell(tempfile.mkdtemp())
cells = [
    cell.source
    for path in sorted(glob.glob(ROOT + "/source/*/*.ipynb"))
    for cell in nbformat.read(path, 4).cells
    if cell.cell_type == "code"
]
assert len(cells) > 300
cells += [
    "", " ", "x", "x\\n\\n", "\\n\\nx = 1", "  x = 1\\n  y", "f = 7\\n;f", "/len 'ab'", ",len a",
    ">>> x = 1\\n... y", "In [3]: x",
    "x = '''\\n  ; a\\n'''", "len?", "%time x", "!ls", "x = !ls", "a = 5 % 3", "x != 3",
    "def f(a,\\n      /, b): pass", "x\\f", "é = 1",
]
for cell in cells:
    assert shell.transform_cell(cell) == InteractiveShell.transform_cell(shell, cell), cell
run_cell(shell, "def louder(lines): return [line.upper() for line in lines]\\n"
                "get_ipython().input_transformers_post.append(louder)", 1)
outputs, problem = run_cell(shell, "print('a cell of before adds what every cell below goes through')", 2)
assert "is not defined" in str(problem), problem
"""


def test_a_plain_cell_is_what_ipython_makes_of_it() -> None:
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", f"ROOT = {root!r}\n{TRANSFORMED}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
