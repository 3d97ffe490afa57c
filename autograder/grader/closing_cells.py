"""The cells at a notebook's end that nothing else needs: pictures, mostly, which need not be drawn twice."""

from __future__ import annotations

import ast
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from autograder.judging.source_rules import MAX_SOURCE, as_python_reads
from autograder.submission.notebook import Cell, Role

_WORD = re.compile(r"\w+")
_REACHES_FURTHER = frozenset({"globals", "locals", "vars", "exec", "eval", "setattr", "delattr", "__builtins__"})


def closing_cells(code: Sequence[Cell]) -> frozenset[int]:
    """Places of the last cells that only define names of their own and call functions.

    In doubt a cell is needed: one that is a solution, does not parse, assigns to something's attribute or item, uses a
    magic, reaches for the namespace, or binds a name that stands in another cell.
    """
    words = [frozenset(_WORD.findall(as_python_reads(cell.source))) for cell in code]
    cells_with = Counter(itertools.chain.from_iterable(words))
    found: list[int] = []
    room = MAX_SOURCE
    for cell, own in zip(reversed(code), reversed(words), strict=True):
        room -= len(cell.source)
        only_here = {word for word in own if cells_with[word] == 1}
        if room < 0 or cell.role is Role.SOLUTION or not _stands_alone(cell.source, only_here):
            break
        found.append(cell.index)
    return frozenset(found)


def _stands_alone(source: str, only_here: AbstractSet[str]) -> bool:
    """Whether no other cell can miss the cell; ``only_here``: which of its words stand in no other."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    bound: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                return False
            case ast.Global() | ast.Nonlocal() | ast.ImportFrom() | ast.Import():
                return False
            case ast.Name(id=name) if name in _REACHES_FURTHER:
                return False
    for statement in tree.body:
        match statement:
            case ast.FunctionDef(name=name):
                bound.add(name)
            case ast.Expr() | ast.Pass():
                bound |= {node.target.id for node in ast.walk(statement) if isinstance(node, ast.NamedExpr)}
            case _:
                return False
    return bound <= only_here
