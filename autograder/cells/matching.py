"""Cells found again by what they hold, where editors and converters dropped or changed what nbgrader wrote on them."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence

from autograder.cells.blanks import is_blank

Questions = Mapping[str, Sequence[str]]
"""The questions of an assignment, and the names that each asks for."""

MAX_SOURCE = 200_000  # characters that are parsed: Python's parser takes some 600 bytes for each
_MAGIC = re.compile(r"^(\s*)([%!?].*|.*[^\s=!<>]\s*\?{1,2})$")
_ASSIGNED_MAGIC = re.compile(r"^(\s*[A-Za-z_][\w, ]*=\s*)[%!].*$")


def as_python(source: str) -> str:
    """The cell as Python would read it: magics of its lines and a first line of ``%%`` are passed over.

    The lines keep their numbers.
    """
    if source.isascii() and not re.search(r"[%!?]", source):
        return source
    lines = source.split("\n")
    first = next((place for place, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), 0)
    if lines[first].lstrip().startswith("%%"):
        lines[first] = ""
    return "\n".join(_ASSIGNED_MAGIC.sub(r"\1None", _MAGIC.sub(r"\1pass", line)) for line in lines)


def parsed(source: str) -> ast.Module | None:
    """The cell's syntax; None where it has none."""
    if len(source) > MAX_SOURCE:
        return None
    for text in (source, as_python(source)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def defined_in(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """Each name that a cell's own statements define, and whether the definition is an untouched blank."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, is_blank(node)
            case ast.AsyncFunctionDef(name=name):
                yield name, False
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                yield from ((alias.asname or alias.name, False) for alias in aliases)
            case ast.Assign(targets=targets):
                for target in targets:
                    yield from ((part.id, False) for part in ast.walk(target) if isinstance(part, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
                yield name, False
            case _:
                pass


def checked_in(tree: ast.Module) -> tuple[list[str], list[ast.stmt]]:
    """The questions that a cell's own ``check("...")`` statements name, and its other statements."""
    asked: list[str] = []
    rest: list[ast.stmt] = []
    for node in tree.body:
        match node:
            case ast.Expr(value=ast.Call(func=ast.Name(id="check"), args=[ast.Constant(value=str(question))])):
                asked.append(question)
            case ast.Expr(value=ast.Call(func=ast.Name(id="check" | "hint"))) | ast.Pass():
                pass
            case ast.Import() | ast.ImportFrom() if "autograder" in ast.dump(node):
                pass
            case _:
                rest.append(node)
    return asked, rest


def without_checks(source: str, tree: ast.Module) -> str:
    """The cell without its own ``check`` statements; the lines keep their numbers."""
    lines = source.split("\n")
    _, rest = checked_in(tree)
    for node in tree.body:
        alone = not any(
            other.lineno <= (node.end_lineno or node.lineno) and (other.end_lineno or other.lineno) >= node.lineno
            for other in tree.body if other is not node
        )  # fmt: skip
        if node not in rest and alone:
            lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or node.lineno) - node.lineno + 1)
    return "\n".join(lines)
