"""A cell, statement by statement: an untouched blank replaces no answer, and what stops costs no definition below it.

At home a student runs cells in any order and reads what stopped; here every cell runs once, and much that works at
home is refused. So after a statement that stops, definitions below it are still made. The same in the sandbox and in
a student's own process, so that both give one verdict.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from autograder.cells.blanks import is_blank

# They run the cell below them, some again and again and without keeping what it defines.
_PLAIN_MAGIC = re.compile(r"\A((?:[ \t]*(?:#[^\n]*)?\n)*)[ \t]*%%(?:time|timeit|prun|capture)\b([^\n]*)")
NO_STATEMENT = -1  # in place of a statement: nothing of the cell is run but its definitions
_PLAIN = (
    ast.Constant, ast.Name, ast.Load, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.UnaryOp, ast.BinOp, ast.Attribute,
    ast.unaryop, ast.operator, ast.Lambda, ast.arguments, ast.arg, ast.Starred,
)  # fmt: skip


def without_timing(source: str) -> str:
    """The cell without a first line that only times it or keeps its output: what it defines has to stay."""
    found = _PLAIN_MAGIC.match(source)
    if found is None:
        return source
    # `%%capture out` makes a name that later cells may use.
    keeps = re.fullmatch(r"\s+([A-Za-z_]\w*)\s*", found[2]) if "%%capture" in found[0] else None
    return source if keeps else found[1] + source[found.end() :]


class KeepAnswers(ast.NodeTransformer):
    """Leaves out the untouched blanks of what the student has defined already, in a cell above or this one."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace

    def visit_Module(self, module: ast.Module) -> ast.Module:
        """Look at a cell's own statements; what stands inside them is theirs."""
        here: set[str] = set()
        kept: list[ast.stmt] = []
        for node in module.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and is_blank(node):
                if node.name in here or is_own(self._namespace.get(node.name)):
                    continue
            elif isinstance(node, ast.Try) and self._is_filled(left_empty(node)):
                node.handlers[0].body = [ast.copy_location(ast.Pass(), node.handlers[0].body[0])]
            else:
                here |= answered_by(node)
            kept.append(node)
        module.body = kept
        return module

    def _is_filled(self, name: str | None) -> bool:
        value = self._namespace.get(name) if name else None
        return isinstance(value, dict) and len(value) > 0


def left_empty(node: ast.stmt) -> str | None:
    """The name of the table that a statement leaves empty as long as the blank above it raises; else None."""
    match node:
        case ast.Try(
            handlers=[
                ast.ExceptHandler(
                    type=ast.Name(id="NotImplementedError"),
                    body=[ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(keys=[]))],
                )
            ]
        ):
            return name
        case _:
            return None


def answered_by(node: ast.stmt) -> set[str]:
    """The names that a statement gives to something of the student's own: no mere import, and no other name for one."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name):
            return {name}
        case ast.Assign(targets=targets, value=ast.Lambda() | ast.Call()):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.Lambda() | ast.Call()):
            return {name}
        case _:
            return set()


def is_own(value: Any) -> bool:
    """Whether the student made it, in a cell or in an own file; a function of a library is no answer."""
    with suppress(Exception):  # whatever stands there under that name
        if not callable(value):
            return False
        name = getattr(value, "__module__", None)
        if name == "__main__":
            return True
        file = getattr(sys.modules.get(name), "__file__", None) if isinstance(name, str) else None
        if isinstance(file, str) and os.path.dirname(os.path.abspath(file)).startswith(os.getcwd()):
            return True
        # What a call of a library made, such as a `partial`, has no name of its own, or wraps what is the student's.
        return not hasattr(value, "__name__") or is_own(getattr(value, "pyfunc", None))
    return False


class StatementByStatement:
    """For an IPython shell: makes the definitions below a statement that stopped."""

    stopped_at: int | None = None  # the statement of the running cell that was stopped for its time
    leave_out: int | None = None  # a statement of it that is not run; for NO_STATEMENT none is but definitions

    def one_moment(self) -> None:
        """Called after a time limit: what is below may take a moment more."""

    async def run_ast_nodes(
        self,
        nodelist: list[ast.stmt],
        cell_name: str,
        interactivity: str = "last_expr",
        compiler: Any = compile,
        result: Any = None,
    ) -> bool:
        """Run a cell's statements; whether one stopped."""
        problem: BaseException | None = LeftOut() if self.leave_out == NO_STATEMENT else None
        for place, node in enumerate(nodelist):
            if problem is not None and not (is_refusal(problem) or is_definition(node)):
                continue
            found: BaseException | None = None
            if place == self.leave_out:
                found, self.stopped_at = LeftOut(), place
            else:
                shown = interactivity if node is nodelist[-1] else "none"
                found = await self._run_statement(node, cell_name, shown, compiler, result)
                if getattr(found, "is_time_limit", False) and self.stopped_at is None:
                    self.stopped_at = place
                    self.one_moment()
            problem = problem or found
        if result is not None and problem is not None:
            result.error_in_exec = problem
        return problem is not None

    async def _run_statement(
        self, node: ast.stmt, cell_name: str, interactivity: str, compiler: Any, result: Any
    ) -> BaseException | None:
        """Run one statement; the exception that stopped it, if one did."""
        if result is not None:
            result.error_in_exec = None
        run: Any = super()
        try:
            stopped = await run.run_ast_nodes([node], cell_name, interactivity, compiler, result)
        except BaseException as late:
            if getattr(late, "is_time_limit", False):  # it went off while the traceback was written
                return late
            raise
        if not stopped:
            return None
        found: BaseException | None = result.error_in_exec or result.error_before_exec
        return found or RuntimeError("the statement stopped")


class LeftOut(BaseException):
    """Stands for a statement that is not run a second time."""

    is_time_limit = True


def is_refusal(problem: BaseException | None) -> bool:
    """Whether a statement stopped because of what a confined machine lacks: at home it may well have gone on."""
    return isinstance(problem, (OSError, ImportError)) or getattr(problem, "refused_here", False) is True


def is_definition(node: ast.stmt) -> bool:
    """Whether a statement only gives a name to a function, a class, a module or plain values."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Import() | ast.ImportFrom():
            return True
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return all(isinstance(part, _PLAIN) for part in ast.walk(value))
        case _:
            return False
