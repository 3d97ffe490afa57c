# ruff: noqa: E501  (a cell of a notebook stands on a line of its own)
"""A gallery of submissions, honest and broken, each with the verdict that it must get.

A case says what differs from a notebook of right answers; every question that it does not name must be
correct with full marks, so that one broken cell costs one question.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from autograder.results import Grade, Outcome

FULL = {"count_linear": 2.0, "count_mlp": 3.0, "linear": 3.0}
LINEAR = "def count_linear(n_in, n_out, bias=True):\n    "
RIGHT = "return n_in * n_out + (n_out if bias else 0)\n"
AS_EVER = LINEAR + RIGHT
# An answer that is there only if everything above it ran: definitions outlive what stops above them, calls do not.
COMPUTED = AS_EVER.replace("count_linear", "counting") + "count_linear = dict(answer=counting)['answer']\n"
WITH_HELPER = "def times(a, b):\n    return a * b\n\n" + LINEAR + "return times(n_in, n_out) + n_out * bias\n"
SPOILT = "def times(a, b):\n    return 0"
CATCHES_EVERYTHING = "while True:\n    try:\n        while True: pass\n    except BaseException: pass\n"


@dataclass(frozen=True)
class Case:
    """What differs from a perfect notebook, and what that must lead to."""

    answers: dict[str, str] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    outcomes: dict[str, str] = field(default_factory=dict)
    mistake: str | None = None
    says: str = ""
    flag: str = ""


def linear(body: str, outcome: str = "", *, says: str = "", mistake: str | None = None, first: str = "") -> Case:
    """Another body for ``count_linear``."""
    outcomes = {"count_linear": outcome} if outcome else {}
    return Case({"count_linear": LINEAR + body}, first, "", outcomes, mistake, says)


def cell(source: str, outcome: str = "", *, says: str = "") -> Case:
    """Another cell for ``count_linear``."""
    return Case({"count_linear": source}, "", "", {"count_linear": outcome} if outcome else {}, None, says)


CASES = {
    "perfect": Case(),
    "blank": linear("raise NotImplementedError()", "not_attempted", says="Not attempted"),
    "blank with a message": linear("raise NotImplementedError('your code here')", "not_attempted"),
    "a named mistake": linear("return n_in * n_out + n_in * bias", "partial", mistake="bias_per_input"),
    "an unnamed wrong answer": linear("return n_in * n_in + 3 * n_out", "wrong"),
    "a constant": linear("return 7", "wrong", mistake="always_the_same"),
    "only the visible answers": linear(
        "return {(8, 4, True): 36, (4, 2, True): 10, (3, 2, True): 8, (8, 4, False): 32, (3, 2, False): 6}"
        ".get((n_in, n_out, bias), 0)",
        "partial",
        says="other inputs",
    ),
    "crashing function": linear("return n_in / 0", "error", mistake="division_by_zero", says="ZeroDivisionError"),
    "crashing cell before the definition": cell("1 / 0\n" + AS_EVER),
    "crashing cell before a computed answer": cell(
        "1 / 0\n" + COMPUTED, "error", says="stopped before it did: line 1 (ZeroDivisionError: division by zero)"
    ),
    "a computed answer": cell(COMPUTED),
    "crashing cell after the definition": cell(AS_EVER + "1 / 0\n"),
    "syntax error": cell(AS_EVER + "return return", "error", says="stopped before it did"),
    "syntax error in a cell of the student's own": Case(first="def ("),
    "exception in a cell of the student's own": Case(first="raise SystemError('mine')"),
    "looping cell": cell("while True: pass\n" + AS_EVER),
    "looping cell before a computed answer": cell("while True: pass\n" + COMPUTED, "timeout", says="stopped after"),
    "looping cell that catches everything": cell(CATCHES_EVERYTHING + AS_EVER),
    "looping cell that catches everything before a computed answer": cell(CATCHES_EVERYTHING + COMPUTED, "timeout"),
    "sleeping cell": cell("import time; time.sleep(1000)\n" + AS_EVER),
    "sleeping cell before a computed answer": cell("import time; time.sleep(1000)\n" + COMPUTED, "timeout"),
    "looping function": linear("while True: pass", "timeout", says="too long"),
    "looping function that catches exceptions": linear(
        "while True:\n        try:\n            while True: pass\n        except Exception: pass", "timeout"
    ),
    "looping in C": linear("return sum(iter(int, 1))", "timeout"),
    "eats memory in a cell": cell("junk = torch.ones(1 << 34)\n" + AS_EVER),
    "eats memory before a computed answer": cell("junk = torch.ones(1 << 34)\n" + COMPUTED, "memory"),
    "eats memory in a function": linear("return len(bytearray(1 << 36))", "memory", says="memory"),
    "grows a list without end": linear("held = []\n    while True: held.append(bytearray(1 << 30))", "memory"),
    "os._exit in a cell": cell("import os; os._exit(0)\n" + AS_EVER),
    "os._exit before a computed answer": cell(
        "import os; os._exit(0)\n" + COMPUTED, "error", says="ended the Python process"
    ),
    "os._exit in a function": linear("import os; os._exit(0)", "error"),
    "sys.exit in a cell": cell("import sys; sys.exit()\n" + AS_EVER),
    "sys.exit before a computed answer": cell("import sys; sys.exit()\n" + COMPUTED, "error"),
    "sys.exit in a function": linear("raise SystemExit(0)", "error", mistake="refuses_what_fits"),
    "exit() in the last cell": Case(last="exit()"),
    "kills itself by a signal": linear("import os; os.kill(os.getpid(), 9)", "error"),
    "segmentation fault in a cell": cell("import ctypes; ctypes.string_at(0)\n" + AS_EVER),
    "segmentation fault before a computed answer": cell("import ctypes; ctypes.string_at(0)\n" + COMPUTED, "error"),
    "endless recursion": linear(
        "return count_linear(n_in, n_out)", "error", mistake="endless_recursion", says="RecursionError"
    ),
    "KeyboardInterrupt": linear("raise KeyboardInterrupt", "error", mistake="refuses_what_fits"),
    "returns text": linear("return str(n_in * n_out + n_out)", "wrong"),
    "returns None": linear("print(n_in * n_out + n_out)", "wrong", mistake="nothing_returned"),
    "returns an object": linear("return object()", "wrong", mistake="another_kind_of_value"),
    "returns a generator": linear("yield n_in * n_out + n_out", "wrong", mistake="another_kind_of_value"),
    "returns a list that holds itself": linear("loop = []; loop.append(loop); return loop", "wrong"),
    "returns 100 MB": linear("return torch.ones(1 << 25)", "wrong"),
    "returns a module": linear("return torch", "wrong", mistake="another_kind_of_value"),
    "returns a 0-d tensor": linear("return torch.tensor(n_in * n_out + n_out * bias)"),
    "returns a NumPy integer": linear("return np.int64(n_in * n_out + n_out * bias)"),
    "wrong shape": Case(
        {"linear": "def linear(x, W, b):\n    return (x @ W.T + b).unsqueeze(0)"},
        outcomes={"linear": "wrong"},
        mistake="other_shape",
    ),
    "wrong dtype": Case(
        {"linear": "def linear(x, W, b):\n    return (x @ W.T + b).double()"},
        outcomes={"linear": "wrong"},
        mistake="other_dtype",
    ),
    "CPU only": Case(
        {"linear": "def linear(x, W, b):\n    return torch.tensor(x.numpy() @ W.numpy().T + b.numpy())"},
        outcomes={"linear": "partial"},
        mistake="made_on_the_cpu",
        says="device",
    ),
    "answers a model where a tensor is wanted": Case(
        {"linear": "def linear(x, W, b):\n    return nn.Linear(W.shape[1], W.shape[0])"},
        outcomes={"linear": "wrong"},
        mistake="another_kind_of_value",
    ),
    "function renamed": cell(
        AS_EVER.replace("count_linear", "count_Linear"), "missing", says="`count_linear` is not there"
    ),
    "name bound to a number": Case(
        {"count_linear": "count_linear = 36"}, outcomes={"count_linear": "error"}, mistake="used_as_what_it_is_not"
    ),
    "empty solution cell": cell("", "missing"),
    "comment only": cell("# I do not know", "missing"),
    "forbidden library": Case(
        {
            "count_mlp": "def count_mlp(sizes):\n    return int(torch.tensor([a * b + b for a, b in zip(sizes, sizes[1:])]).sum())"
        },
        outcomes={"count_mlp": "forbidden"},
        mistake="uses_what_is_forbidden",
        says="torch may not be used",
    ),
    "forbidden library by another name": Case(
        {
            "count_mlp": "def count_mlp(sizes):\n    return int(make([a * b + b for a, b in zip(sizes, sizes[1:])]).sum())"
        },
        first="make = getattr(torch, 'ten' + 'sor')",
        outcomes={"count_mlp": "forbidden"},
        mistake="uses_what_is_forbidden",
    ),
    "answer in a helper cell": Case(
        {"count_linear": "count_linear = helper"}, first=AS_EVER.replace("count_linear", "helper")
    ),
    "answer in a cell of the student's own": Case({"count_linear": "pass"}, last=AS_EVER),
    "defined twice, the last counts": cell(LINEAR + "return 0\n\n" + AS_EVER),
    "a helper is spoilt below the test cell": Case(
        {"count_linear": WITH_HELPER}, last=SPOILT, says="`times` is bound again in cell 9"
    ),
    "a helper is spoilt above the test cell": cell(WITH_HELPER + SPOILT, "wrong"),
    "type hints and a docstring": cell(
        'def count_linear(n_in: int, n_out: int, bias: bool = True) -> int:\n    """How many?"""\n    ' + RIGHT
    ),
    "a lambda": cell("count_linear = lambda n_in, n_out, bias=True: n_in * n_out + bias * n_out"),
    "a callable object": cell(
        "class Counter:\n    def __call__(self, n_in, n_out, bias=True):\n        "
        + RIGHT
        + "\ncount_linear = Counter()"
    ),
    "top-level await": cell("import asyncio\nawait asyncio.sleep(0)\n" + AS_EVER),
    "matplotlib magic": cell("%matplotlib inline\n" + AS_EVER),
    "time magic": cell("%time x = 1\n" + AS_EVER),
    "timed cell": cell("%%time\n" + AS_EVER),
    "captured cell": cell("%%capture out\n" + AS_EVER),
    "shell command that only looks": cell("!ls\n" + AS_EVER),
    "shell command": Case(
        {"count_linear": "!rm -rf x\n" + AS_EVER}, flag="a program or process was to be started, and was not (in cell"
    ),
    "bash cell of the student's own": Case(first="%%bash\necho hello"),
    "install command": Case(first="%pip install something"),
    "unknown magic in a cell of the student's own": Case(first="%no_such_magic"),
    "question mark help": cell(AS_EVER + "\ncount_linear?"),
    "input()": cell("name = input('who? ')\n" + AS_EVER),
    "input() whose text is used": cell("count = int(input('how many? '))\n" + COMPUTED),
    "input() in a cell of the student's own": Case(first="name = input()"),
    "plots": cell("import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()\n" + AS_EVER),
    "DataLoader without workers": cell(
        "from torch.utils.data import DataLoader\nlist(DataLoader(torch.arange(6), batch_size=2, shuffle=True))\n"
        + AS_EVER
    ),
    "DataLoader with workers in a cell of the student's own": Case(
        first="from torch.utils.data import DataLoader\nlist(DataLoader(torch.arange(6), num_workers=2))"
    ),
    "a pandas table": Case(first="import pandas as pd\ndisplay(pd.DataFrame({'a': [1]}))"),
    "much output": cell("for i in range(1_000):\n    print('x' * 1_000_000)\n" + AS_EVER),
    "prints during calls": linear("print(n_in, n_out); import sys; sys.stderr.write('!')\n    " + RIGHT),
    "writes to descriptor 1": linear("import os; os.write(1, b'{}'); os.write(2, b'{}')\n    " + RIGHT),
    "closes stdout": linear("import sys; sys.stdout.close()\n    " + RIGHT),
    "warns": linear("import warnings; warnings.warn('beware')\n    " + RIGHT),
    "warnings are errors": Case(first="import warnings; warnings.simplefilter('error')"),
    "changes its arguments": Case(
        {
            "count_mlp": "def count_mlp(sizes):\n    a = sizes.pop(0)\n    return a * sizes[0] + sizes[0] + (count_mlp(sizes) if len(sizes) > 1 else 0)"
        }
    ),
    "keeps state between calls": linear("count_linear.calls = getattr(count_linear, 'calls', 0) + 1\n    " + RIGHT),
    "sets a default dtype and switches gradients off": Case(last="torch.set_grad_enabled(False)"),
    "redefines a name of the prelude": Case(first="np = torch = None", answers={}),
    "overwrites builtins below": Case(last="len = sum = range = print = None", says="`sum` is bound again in cell 9"),
    "overwrites builtins above": Case(
        first="len = sum = range = print = None", outcomes={"count_mlp": "error"}, mistake="none_used", says="sum("
    ),
    "deletes everything below": Case(last="%reset -f", says="cell 9 (`%reset -f`) changes a setting"),
    "deletes everything above the test cell": cell(AS_EVER + "%reset -f", "missing"),
    "changes the working directory": Case(first="import os; os.chdir('/')"),
    "writes a file": cell(
        "open('mine.txt', 'w').write('x'); torch.save(torch.ones(2), 'w.pt'); torch.load('w.pt')\n" + AS_EVER
    ),
    "calls check itself": Case(last="from autograder import check\ncheck('count_linear')"),
    "a thread goes on": Case(
        first="import threading\nthreading.Thread(target=lambda: [0 for _ in iter(int, 1)], daemon=True).start()"
    ),
    "emoji, umlauts and a lone surrogate": cell("# ü 😀\n" + AS_EVER + "\nprint('\\ud800')"),
    "indented with tabs and Windows line ends": cell(AS_EVER.replace("    ", "\t").replace("\n", "\r\n")),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_verdict(case: Case, notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade]) -> None:
    grade = graded(notebook_of(case.answers, case.first, case.last))
    outcomes = {q.id: str(q.outcome) for q in grade.questions if q.outcome is not Outcome.CORRECT}
    told = {q.id: (str(q.outcome), q.message) for q in grade.questions}
    assert outcomes == case.outcomes, told
    for question in grade.questions:
        assert (question.score == FULL[question.id]) == (question.id not in case.outcomes)
        assert (0 < question.score < FULL[question.id]) == (question.outcome is Outcome.PARTIAL)
    changed = [q for q in grade.questions if q.id in case.outcomes]
    assert case.mistake in ([q.mistake_name for q in changed] or [None]), told
    assert any(case.says in q.message for q in changed or grade.questions), told
    assert (not grade.flags) if not case.flag else any(case.flag in flag for flag in grade.flags), grade.flags


# ---------------------------------------------------------------------- cells moved, doubled, taken away


def of(notebook: nbformat.NotebookNode, grade_id: str) -> int:
    """The place of the course's cell."""
    return next(i for i, c in enumerate(notebook.cells) if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def without(notebook: nbformat.NotebookNode, *grade_ids: str) -> nbformat.NotebookNode:
    for grade_id in grade_ids:
        del notebook.cells[of(notebook, grade_id)]
    return notebook


def doubled(notebook: nbformat.NotebookNode, grade_id: str) -> nbformat.NotebookNode:
    at = of(notebook, grade_id)
    notebook.cells.insert(at, nbformat.from_dict({**notebook.cells[at], "id": "twin"}))
    return notebook


def split(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """As JupyterLab does it: the second half keeps the metadata, the first is a new cell, or the other way round."""
    at = of(notebook, "count_linear")
    source = notebook.cells[at].source
    head, _, tail = source.partition("def count_linear")
    notebook.cells[at].source = head
    notebook.cells.insert(at + 1, new_code_cell("def count_linear" + tail))
    return notebook


def reversed_cells(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    notebook.cells.reverse()
    return notebook


def marked(notebook: nbformat.NotebookNode, which: str, **marks: object) -> nbformat.NotebookNode:
    notebook.cells[of(notebook, which)].metadata["nbgrader"].update(marks)
    return notebook


SHAPES = {
    "a solution cell is missing": (lambda n: without(n, "count_linear"), {"count_linear": "missing"}),
    "all solution cells are missing": (lambda n: without(n, *FULL), dict.fromkeys(FULL, "missing")),
    "all test cells are missing": (lambda n: without(n, *(f"test-{q}" for q in FULL)), {}),
    "the setup cell is missing": (lambda n: without(n, "setup"), {}),
    "a solution cell is doubled": (lambda n: doubled(n, "count_linear"), {}),
    "a test cell is doubled": (lambda n: doubled(n, "test-count_linear"), {}),
    "a solution cell is split": (split, {}),
    "the cells stand upside down": (reversed_cells, {}),
    "a solution cell is locked": (lambda n: marked(n, "count_linear", locked=True), {}),
    "a test cell claims more points": (lambda n: marked(n, "test-count_linear", points=1000.0), {}),
    "a test cell claims to be a solution": (lambda n: marked(n, "test-count_linear", solution=True, grade=False), {}),
    "a solution cell has an unknown id": (lambda n: marked(n, "count_linear", grade_id="nonsense"), {}),
    "there is no cell at all": (lambda n: (without(n) and n.update(cells=[])) or n, dict.fromkeys(FULL, "missing")),
}


@pytest.mark.parametrize(("change", "expected"), SHAPES.values(), ids=SHAPES.keys())
def test_cells_may_be_moved_doubled_and_deleted(
    change: Callable[[nbformat.NotebookNode], nbformat.NotebookNode],
    expected: dict[str, str],
    notebook_of: Callable[..., nbformat.NotebookNode],
    graded: Callable[..., Grade],
) -> None:
    grade = graded(change(notebook_of()))
    assert {q.id: str(q.outcome) for q in grade.questions if q.outcome is not Outcome.CORRECT} == expected
    assert grade.max_score == 8


def test_a_deleted_cell_is_called_deleted(
    notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade]
) -> None:
    grade = graded(without(notebook_of(), "count_linear"))
    (message,) = (question.message for question in grade.questions if question.id == "count_linear")
    assert "its cell is not in the notebook" in message


def test_an_endless_notebook_is_given_up(
    notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade]
) -> None:
    """Many cells that each end the process: the number of fresh forks has a limit, and so has the time."""
    notebook = notebook_of()
    notebook.cells += [new_code_cell("import os; os._exit(3)") for _ in range(20)]
    started = time.monotonic()
    grade = graded(notebook)
    assert any("again and again" in flag for flag in grade.flags)
    assert grade.score == 0
    assert time.monotonic() - started < 60


def test_outputs_are_kept_in_order_and_in_size(
    notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade]
) -> None:
    source = "print('one')\nfor i in range(3000): print('x' * 1000)\n1 / 0"
    grade = graded(notebook_of(first=source))
    run = next(cell for cell in grade.cells if cell.ended == "raised")
    kinds = [output["output_type"] for output in run.outputs]
    assert run.outputs[0]["text"].startswith("one\nx")
    assert "cut" in "".join(output.get("text", "") for output in run.outputs)
    assert len(repr(run.outputs)) < 3 << 20
    assert kinds.count("stream") >= 1
