"""Rules of a question that the source can show: names that an answer may not use."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.bank.question import Question
from autograder.notebook import Notebook, Role

_ALIASES = {"torch": ("torch", "nn", "F"), "torch.optim": ("optim",)}


def breach(notebook: Notebook, question: Question) -> str | None:
    """What the answer's source uses against the rules, in words; None if nothing.

    Only the definitions of the question's names are looked at; what they call is watched while it runs.
    """
    if not question.forbids:
        return None
    for tree in _definitions(notebook, question):
        for node in ast.walk(tree):
            for forbidden in question.forbids:
                if _uses(node, forbidden):
                    return f"{forbidden} may not be used here"
    return None


def _definitions(notebook: Notebook, question: Question) -> Iterator[ast.AST]:
    for cell in notebook.cells:
        if cell.role not in (Role.SOLUTION, Role.STUDENT):
            continue
        try:
            tree = ast.parse(cell.source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in question.names:
                yield node


def _uses(node: ast.AST, forbidden: str) -> bool:
    first, _, last = forbidden.rpartition(".")
    match node:
        case ast.Name(id=name, ctx=ast.Load()):
            return name in _ALIASES.get(forbidden, ())
        case ast.Attribute(attr=attr, value=ast.Name(id=owner)):
            return attr == last and owner in ("torch", "F", "functional", "optim") and bool(first)
        case ast.Attribute(attr=attr, value=ast.Attribute(attr="functional")):
            return attr == last and bool(first)
        case ast.Import(names=names):
            return any(alias.name == forbidden or alias.name.startswith(forbidden + ".") for alias in names)
        case ast.ImportFrom(module=str(module), names=names):
            return module == forbidden or module.startswith(forbidden + ".") or any(f"{module}.{a.name}" == forbidden for a in names)
        case _:
            return False
