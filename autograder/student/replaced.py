"""Answers that an untouched blank replaced in a live kernel: ``check`` judges them, as the grade does.

When a notebook is graded, a blank that still only raises ``NotImplementedError`` replaces no answer. In a student's own
kernel it does: whoever answers in a cell above the blank, and then runs both, has the blank. Nothing is changed
about that; what was replaced is remembered, and stands under its name again while a check runs.
"""

from __future__ import annotations

import ast
import contextlib
import dis
import functools
import inspect
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from types import FunctionType
from typing import Any

from autograder.cells.blanks import is_blank
from autograder.cells.matching import defined_in
from autograder.cells.statements import answered_by, is_own, left_empty
from autograder.student.recorded import recorded_questions


class KeptAnswers(ast.NodeTransformer):
    """Sees each cell of a shell before it is run, and leaves it as it is but for a blank below its own answer."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._cell: str | None = None  # the one that runs, where the editor tells one from another
        self._made_in: dict[str, str | None] = {}
        self._kept: dict[str, dict[str | None, object]] = {}  # of each name, by cell, the latest last

    def begin(self, info: Any) -> None:
        """Called before each cell: the editor says which it is, and which cells are gone."""
        self._cell = getattr(info, "cell_id", None)
        for gone in (*_deleted_cells(self._shell), self._cell):  # what this one makes now is seen below
            if gone is not None:
                for kept in self._kept.values():
                    kept.pop(gone, None)

    def visit_Module(self, module: ast.Module) -> ast.Module:
        """Remember what the cell is about to replace."""
        answered: set[str] = set()
        stays: list[ast.stmt] = []
        for node in module.body:
            blank = isinstance(node, (ast.FunctionDef, ast.ClassDef)) and is_blank(node)
            names = {name for name, _ in defined_in(ast.Module([node], []))} | {left_empty(node) or ""} - {""}
            if blank and names <= answered:
                continue
            for name in names & _asked_for():
                self._replaced(name)
            if not blank:
                answered |= answered_by(node)
                self._made_in.update(dict.fromkeys(names, self._cell))
            stays.append(node)
        module.body = stays
        return module

    def _replaced(self, name: str) -> None:
        value = self._shell.user_ns.get(name)
        kept = self._kept.setdefault(name, {})
        if _is_blank_value(value):
            return
        if not is_own(value) and not isinstance(value, dict):
            kept.clear()
        else:
            made_in = self._made_in.get(name)
            kept.pop(made_in, None)
            if made_in is None or made_in != self._cell:  # else the cell holds something else now
                kept[made_in] = value

    @contextlib.contextmanager
    def in_force(self) -> Iterator[list[str]]:
        """Put answers back under the names that a blank has now; their names."""
        namespace = self._shell.user_ns
        stubs = {
            name: namespace[name] for name, kept in self._kept.items() if kept and _is_blank_value(namespace.get(name))
        }
        namespace.update({name: list(self._kept[name].values())[-1] for name in stubs})
        try:
            yield list(stubs)
        finally:
            namespace.update(stubs)


def remember_answers() -> None:
    """Begin to remember, where there is a shell of IPython; once in each."""
    shell = _shell()
    if shell is not None and _kept_in(shell) is None:
        kept = KeptAnswers(shell)
        shell.ast_transformers.append(kept)
        shell.events.register("pre_run_cell", kept.begin)


@contextlib.contextmanager
def answers_in_force() -> Iterator[list[str]]:
    """What a blank replaced is back while a check runs; the names."""
    shell = _shell()
    kept = None if shell is None else _kept_in(shell)
    if kept is None:
        yield []
        return
    with kept.in_force() as names:
        yield names


def in_words(names: Sequence[str]) -> str:
    """What a student is told of answers that a blank has replaced."""
    listed = ", ".join(f"`{name}`" for name in names)
    return (
        f"The blank of {listed} was run after your own definition. It replaces no answer: what you wrote is checked, "
        "and graded if it still stands in a cell. Cells that use the name need your definition: run it again, or "
        "delete the blank."
    )


def _is_blank_value(value: object) -> bool:
    """Whether it is what a released cell makes as long as nothing is filled in: a stub, or an empty table."""
    return is_stub(value) or (type(value) is dict and not value)


def is_stub(value: object) -> bool:
    """Whether a function or class was made by an untouched blank: all of its code only raises."""
    if isinstance(value, type):
        own = [
            part for name, part in vars(value).items() if isinstance(part, FunctionType) or not name.startswith("__")
        ]
        return bool(own) and all(isinstance(part, FunctionType) and is_stub(part) for part in own)
    with suppress(Exception):  # whatever stands there
        code = inspect.unwrap(value).__code__  # type: ignore[arg-type]
        steps = {step.opname for step in dis.get_instructions(code)}
        others = ("RETURN", "STORE", "POP_JUMP", "FOR_ITER", "YIELD", "SETUP", "SEND")
        only_raises = "RAISE_VARARGS" in steps and not any(step.startswith(others) for step in steps)
        return only_raises and code.co_names[:1] == ("NotImplementedError",)
    return False


@functools.cache
def _asked_for() -> frozenset[str]:
    return frozenset(name for question in recorded_questions().values() for name in question.names)


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def _kept_in(shell: Any) -> KeptAnswers | None:
    return next((one for one in shell.ast_transformers if isinstance(one, KeptAnswers)), None)


def _deleted_cells(shell: Any) -> Sequence[str]:
    """The cells that JupyterLab says were deleted since the one that was run before."""
    with suppress(Exception):  # another kernel, or none
        told = shell.kernel.get_parent("shell")["metadata"].get("deletedCells", ())
        return [cell for cell in told if isinstance(cell, str)]
    return ()
