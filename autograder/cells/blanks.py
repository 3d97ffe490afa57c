"""What a blank is: a function or class of which nothing is filled in yet. Both sides must agree on it."""

from __future__ import annotations

import ast


def is_blank(node: ast.stmt) -> bool:
    """Whether a definition is as it was handed out: its body only raises ``NotImplementedError``.

    A class is blank if it has methods and all of them are.
    """
    match node:
        case ast.FunctionDef(body=body):
            rest = _without_docstring(body)
            return len(rest) == 1 and _raises_not_implemented(rest[0])
        case ast.ClassDef(body=body):
            rest = _without_docstring(body)
            return bool(rest) and all(isinstance(part, ast.FunctionDef) and is_blank(part) for part in rest)
        case _:
            return False


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    has = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return body[1:] if has else body


def _raises_not_implemented(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Raise):
        return False
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
