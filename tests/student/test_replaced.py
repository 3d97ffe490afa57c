"""``check`` in a live kernel judges an answer that an untouched blank replaced, as the grade does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.results import Outcome
from autograder.student import replaced
from autograder.student.door import check_safely
from autograder.student.recorded import recorded_questions
from autograder.student.replaced import is_stub, remember_answers
from autograder.student.verdict import Verdict

ANSWER = "def count_linear(n_in, n_out, bias=True):\n    return n_in * n_out + (n_out if bias else 0)"
WRONG = "def count_linear(n_in, n_out, bias=True):\n    return n_in * n_out"
BLANK = """\
def count_linear(n_in, n_out, bias=True):
    'How many?'
    # YOUR CODE HERE
    raise NotImplementedError()"""
BLANK_CLASS = """\
class Blank:
    def __init__(self):
        raise NotImplementedError
    def f(self):
        raise NotImplementedError('to do')"""
FILLED_IN = """\
def g(x):
    if x:
        raise NotImplementedError
    return x
class Half:
    def f(self):
        return 1
    def g(self):
        raise NotImplementedError"""
RIGHT, LEFT = Outcome.CORRECT, Outcome.NOT_ATTEMPTED
Cells = tuple[tuple[str | None, str], ...]


class Kernel:
    """A shell, with the cells that an editor says are deleted."""

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell: Any = shell
        self.deleted: list[str] = []
        self.question = "count_linear"
        self._shell.kernel = SimpleNamespace(get_parent=lambda channel: {"metadata": {"deletedCells": self.deleted}})

    def run(self, *cells: tuple[str | None, str]) -> Verdict:
        for cell, source in cells:
            assert self._shell.run_cell(source, cell_id=cell).success
        verdict = check_safely(recorded_questions()[self.question], self._shell.user_ns)
        assert isinstance(verdict, Verdict), repr(verdict)
        return verdict

    def has_stub(self) -> bool:
        return is_stub(self._shell.user_ns["count_linear"])


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Kernel:
    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell(config=config, user_ns={"__name__": "__main__"})
    monkeypatch.setattr(replaced, "_shell", lambda: shell)
    remember_answers()
    remember_answers()
    assert len(shell.ast_transformers) == 1
    return Kernel(shell)


JUDGED: dict[str, tuple[Cells, Outcome]] = {
    "in an own cell": ((("own", ANSWER), ("blank", BLANK)), RIGHT),
    "in plain IPython": (((None, ANSWER), (None, BLANK)), RIGHT),
    "and the blank run twice": ((("own", ANSWER), ("blank", BLANK), ("blank", BLANK)), RIGHT),
    "and the blank run before too": ((("blank", BLANK), ("own", ANSWER), ("blank", BLANK)), RIGHT),
    "above the blank in one cell": (((None, f"{ANSWER}\n\n\n{BLANK}"),), RIGHT),
    "a lambda": ((("own", "count_linear = lambda i, o, bias=True: i * o + bias * o"), ("blank", BLANK)), RIGHT),
    "a partial in one cell with the blank": (
        ((None, f"import functools\ndef f(k, i, o, bias=True):\n    return i * o + k * bias * o\n"
                f"count_linear = functools.partial(f, 1)\n{BLANK}"),), RIGHT),
    "a partial": (
        (("own", "import functools\ndef f(k, i, o, bias=True):\n    return i * o + k * bias * o\n"
                 "count_linear = functools.partial(f, 1)"), ("blank", BLANK)), RIGHT),
    "timed": ((("own", f"%%time\n{ANSWER}"), ("blank", f"%%time\n{BLANK}")), RIGHT),
    "a wrong one is wrong": ((("own", WRONG), ("blank", BLANK)), Outcome.PARTIAL),
    "the cell was emptied": ((("blank", ANSWER), ("blank", BLANK)), LEFT),
    "the cell was emptied, another stands": ((("own", ANSWER), ("blank", WRONG), ("blank", BLANK)), RIGHT),
    "the own cell holds it no more": ((("own", ANSWER), ("blank", BLANK), ("own", "1 + 1")), LEFT),
    "forgotten": ((("own", ANSWER), ("x", "del count_linear"), ("blank", BLANK)), LEFT),
    "a function of a library": ((("own", "from math import fsum as count_linear"), ("blank", BLANK)), LEFT),
    "nobody's": ((("blank", BLANK), ("blank", BLANK)), LEFT),
}  # fmt: skip


@pytest.mark.parametrize("cells", JUDGED.values(), ids=JUDGED.keys())
def test_what_is_judged(cells: tuple[Cells, Outcome], kernel: Kernel) -> None:
    run, outcome = cells
    assert kernel.run(*run).outcome is outcome


def test_it_is_told_and_nothing_is_changed(kernel: Kernel) -> None:
    assert "run after your own definition" not in repr(kernel.run(("own", ANSWER)))
    verdict = kernel.run(("blank", BLANK))
    assert "The blank of `count_linear` was run after your own definition" in repr(verdict)
    assert kernel.has_stub()  # as Python would have it


TABLE = (
    "alias_quiz = dict(slice=True, slice_clone=False, from_numpy=True, torch_tensor=False, to_numpy=True, "
    "plus_zero=False)"
)
COPY = "def slice_copy(A, rows, cols):\n    return A[rows[0]:rows[1], cols[0]:cols[1]].clone()"
TABLE_BLANK = (
    "def ask():\n    raise NotImplementedError()\n"
    "try:\n    alias_quiz = ask()\nexcept NotImplementedError:\n    alias_quiz = {}"
)


def test_a_table_that_the_released_cell_leaves_empty(kernel: Kernel) -> None:
    kernel.question = "slice_copy"
    assert kernel.run(("copy", COPY), ("own", TABLE), ("blank", TABLE_BLANK), ("blank", TABLE_BLANK)).outcome is RIGHT
    assert kernel.run(("own", "1")).outcome is not RIGHT
    filled = TABLE_BLANK.replace("raise NotImplementedError()", TABLE + "; return alias_quiz")
    assert kernel.run(("blank", filled)).outcome is RIGHT
    assert kernel.run(("blank", TABLE_BLANK)).outcome is not RIGHT  # it was taken out again


def test_the_answer_of_a_deleted_cell_is_gone(kernel: Kernel) -> None:
    kernel.run(("own", ANSWER))
    kernel.deleted = ["own"]
    assert kernel.run(("blank", BLANK), ("next", "1")).outcome is LEFT


def test_what_a_blank_makes_is_known_from_what_is_filled_in() -> None:
    namespace: dict[str, Any] = {}
    exec(f"{BLANK}\n{BLANK_CLASS}", namespace)
    assert is_stub(namespace["count_linear"])
    assert is_stub(namespace["Blank"])
    exec(f"{ANSWER}\n{FILLED_IN}", namespace)
    assert not any(is_stub(namespace[name]) for name in ("count_linear", "g", "Half"))
    assert not any(map(is_stub, (None, 3, print, type)))
