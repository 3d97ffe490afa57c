"""The cells at a notebook's end that nothing else needs: pictures, mostly, which need not be drawn twice."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from autograder.notebook import Cell, Role

_REACHES_FURTHER = frozenset({"globals", "locals", "vars", "exec", "eval", "setattr", "delattr", "__builtins__"})


def closing_cells(code: Sequence[Cell]) -> frozenset[int]:
    """Places of the last cells that only define names of their own and call functions.

    In doubt a cell is needed: one that is a solution, does not parse, assigns to something's attribute or item, uses a
    magic, reaches for the namespace, or binds a name that stands in another cell.
    """
    found: list[int] = []
    for position in range(len(code) - 1, -1, -1):
        cell = code[position]
        others = [other.source for other in code if other is not cell]
        if cell.role is Role.SOLUTION or not _stands_alone(cell.source, others):
            break
        found.append(cell.index)
    return frozenset(found)


def _stands_alone(source: str, others: Sequence[str]) -> bool:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
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
    return not any(name in other for name in bound for other in others)
