"""Places in the syntax tree of an answer that a slip can change.

A rule changes the tree where it stands, yields once for each change, and puts back what was there when it goes on. So
a rule reads like the slip that it stands for, and no tree is copied.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

Rule: TypeAlias = Callable[[ast.Module], Iterator[None]]
Rewrite: TypeAlias = Callable[[ast.expr], Iterator[ast.expr]]
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

_WITHOUT = ("annotation", "returns", "decorator_list")
MODULES = frozenset({"torch", "nn", "F", "np", "math", "pd", "optim", "random", "copy", "os", "re", "itertools", "io"})


@dataclass(frozen=True)
class Place:
    """Where an expression stands: a field of its parent, or one item of such a field."""

    parent: ast.AST
    field: str
    index: int | None

    @property
    def node(self) -> ast.expr:
        """What stands there."""
        value: Any = getattr(self.parent, self.field)
        node: ast.expr = value if self.index is None else value[self.index]
        return node

    @contextmanager
    def holding(self, node: ast.expr) -> Iterator[None]:
        """Put ``node`` there for a while."""
        before = self.node
        self.put(node)
        try:
            yield
        finally:
            self.put(before)

    def put(self, node: ast.expr) -> None:
        """Put ``node`` there for good."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def places(tree: ast.AST) -> Iterator[Place]:
    """Every expression that is read, but for annotations, docstrings and what a ``raise`` says."""
    for name, value in ast.iter_fields(tree):
        if name in _WITHOUT or isinstance(tree, (ast.Raise, ast.Assert, ast.JoinedStr)):
            continue
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(node, ast.AST):
                continue
            docstring = isinstance(tree, ast.Expr) and isinstance(node, ast.Constant)
            if isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load) and not docstring:
                yield Place(tree, name, index)
            yield from places(node)


def bodies(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements inside a function or class."""
    for definition in ast.walk(tree):
        if isinstance(definition, (ast.FunctionDef, ast.ClassDef)):
            yield definition.body
            for node in _own(definition):
                yield from blocks(node)


def blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The lists of statements that a statement consists of."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list) and block:
            yield block


def _own(definition: ast.AST) -> Iterator[ast.AST]:
    """What is inside a definition, without the definitions inside it."""
    for node in ast.iter_child_nodes(definition):
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node
            yield from _own(node)


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function, methods and inner ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def parameters_of(function: Function) -> list[str]:
    """The names of a function's parameters, without ``self``."""
    args = function.args
    return [arg.arg for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs) if arg.arg not in ("self", "cls")]


@contextmanager
def replaced(body: list[ast.stmt], start: int, stop: int, *new: ast.stmt) -> Iterator[None]:
    """Put ``new`` in the place of some statements for a while; an empty body says ``pass``."""
    before = list(body)
    body[start:stop] = new
    if not body:
        body.append(ast.Pass())
    try:
        yield
    finally:
        body[:] = before


def is_docstring(statement: ast.stmt) -> bool:
    """Whether a statement is a text that nothing is done with."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def dotted(node: ast.AST) -> str:
    """``torch.nn.Linear`` for the expression that says so; '' for any other."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            inside = dotted(value)
            return f"{inside}.{attr}" if inside else ""
        case _:
            return ""


def expression(source: str, **parts: ast.expr) -> ast.expr:
    """The expression that ``source`` is, with ``parts`` in the place of the names that stand for them."""
    tree = ast.parse(source, mode="eval")
    for place in list(places(tree)):
        node = place.node
        if isinstance(node, ast.Name) and node.id in parts:
            place.put(parts[node.id])
    return tree.body


def everywhere(*rewrites: Rewrite) -> Rule:
    """The rule that makes each of ``rewrites`` wherever one can be made."""

    def rule(tree: ast.Module) -> Iterator[None]:
        for place in list(places(tree)):
            for rewrite in rewrites:
                for node in rewrite(place.node):
                    if not _without_effect(place, node):
                        with place.holding(node):
                            yield

    return rule


def _without_effect(place: Place, node: ast.expr) -> bool:
    """A difference that is squared has no sign, and a call that stands for itself is no call when it is left out."""
    old = place.node
    match old, node:
        case ast.BinOp(left=a, op=ast.Sub(), right=b), ast.BinOp(left=c, op=ast.Sub(), right=d) if a is d and b is c:
            return _is_squared(place.parent)
        case ast.Call(), _:
            return isinstance(place.parent, ast.Expr) and not isinstance(node, ast.Call)
        case _:
            return False


def _is_squared(parent: ast.AST) -> bool:
    match parent:
        case ast.BinOp(op=ast.Pow(), right=ast.Constant(value=2)) | ast.Attribute(attr="square" | "pow" | "abs"):
            return True
        case ast.Call(func=ast.Name(id="abs") | ast.Attribute(attr="square" | "abs")):
            return True
        case _:
            return False


def change_between(before: str, after: str) -> str:
    """The lines that differ, as ``old → new``, on one line."""
    gone: list[str] = []
    come: list[tuple[str, str]] = []
    number = 0
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        number += line[:2] != "- "
        if line.startswith("- "):
            gone.append(line[2:].strip())
        elif line.startswith("+ "):
            come.append((line[2:].strip(), f" (line {number}, {(len(line) - len(line[2:].lstrip()) - 2) // 4} in)"))
    moved = gone == [text for text, _ in come]
    new = [text + where if moved else text for text, where in come]
    return f"{' ⏎ '.join(gone) or '(nothing)'} → {' ⏎ '.join(new) or '(nothing)'}"
