"""Rules of a question that the source can show: names that an answer may not use."""

from __future__ import annotations

import ast
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from autograder.cells.blanks import is_blank
from autograder.cells.matching import MAX_SOURCE, parsed

Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
_ALIASES = {"torch": ("torch", "nn", "F"), "torch.optim": ("optim",)}


def breach(sources: Iterable[str], names: Iterable[str], forbids: Iterable[str]) -> str | None:
    """What an answer's source uses against the rules, in words; None if nothing.

    Only the definition in force is looked at, and what the notebook defines that it calls: not an old try, nor an
    annotation. What else they call is watched while it runs.

    Args:
        sources: the cells in which the answer may stand, in the order in which they ran.
        names: the names that the question's cell defines.
        forbids: dotted paths that the answer may not use.
    """
    forbidden_paths = tuple(forbids)
    if not forbidden_paths:
        return None
    names = tuple(names)
    word = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
    read = [as_python_reads(source) for source in sources]
    chosen = [source for source in read if word.search(source)]
    if sum(map(len, chosen)) > MAX_SOURCE:
        return f"the cells that define this answer have more than {MAX_SOURCE:,} characters, too many to be read"
    in_force = _in_force(tuple(read))
    for tree in _reached(in_force, names):
        own = _local_names(tree)
        for node in _used_parts(tree):
            for forbidden in forbidden_paths:
                if _uses(node, forbidden, own):
                    return f"{forbidden} may not be used here"
    return None


def calls_of(sources: Iterable[str], names: Iterable[str]) -> frozenset[str]:
    """The names of the notebook that the definitions of ``names`` use, directly or through each other.

    Args:
        sources: the cells in which the answer may stand, in the order in which they ran.
    """
    used: set[str] = set()
    for tree in _reached(_in_force(map(as_python_reads, sources)), names):
        own = _local_names(tree)
        used |= {node.id for node in _used_parts(tree) if isinstance(node, ast.Name) and node.id not in own}
    return frozenset(used)


def as_python_reads(source: str) -> str:
    """The source with its identifiers in the one form under which Python knows them."""
    return source if source.isascii() else unicodedata.normalize("NFKC", source)


@functools.lru_cache(maxsize=1)  # the questions of one notebook ask one after the other
def _in_force(sources: tuple[str, ...]) -> dict[str, Definition]:
    """The last definition of each name that is no untouched blank."""
    found: dict[str, Definition] = {}
    room = MAX_SOURCE
    for source in sources:
        room -= len(source)
        if room < 0:
            break
        tree = parsed(source)
        for node in [] if tree is None else tree.body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                if not (is_blank(node) and node.name in found):
                    found[node.name] = node
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
                found |= {part.id: node.value for part in node.targets if isinstance(part, ast.Name)}
    return found


def _reached(in_force: dict[str, Definition], names: Iterable[str]) -> Iterator[Definition]:
    """The definitions of ``names``, and those that they call, each once."""
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in in_force:
            continue
        seen.add(name)
        tree = in_force[name]
        own = _local_names(tree)
        yield tree
        waiting += [
            node.id for node in _used_parts(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in own
        ]  # fmt: skip


def _used_parts(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node of a definition but for annotations, which compute nothing of an answer."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns"):
                continue
            parts = value if isinstance(value, list) else [value]
            waiting += [part for part in parts if isinstance(part, ast.AST)]


def _local_names(tree: ast.AST) -> frozenset[str]:
    """Names that a function itself binds: its ``nn`` in ``for n, nn in ...`` is a number, and no library."""
    if isinstance(tree, ast.ClassDef):
        return frozenset()
    found: set[str] = set()
    given: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                found.add(name)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                given.update(names)
            case _:
                pass
    return frozenset(found - given)


def _uses(node: ast.AST, forbidden: str, own: frozenset[str]) -> bool:
    first, _, last = forbidden.rpartition(".")
    match node:
        case ast.Name(id=name, ctx=ast.Load()):
            return name in _ALIASES.get(forbidden, ()) and name not in own
        case ast.Attribute(attr=attr, value=ast.Name(id=owner)):
            return attr == last and owner in ("torch", "F", "functional", "optim") and bool(first) and owner not in own
        case ast.Attribute(attr=attr, value=ast.Attribute(attr="functional")):
            return attr == last and bool(first)
        case ast.Import(names=names):
            return any(alias.name == forbidden or alias.name.startswith(forbidden + ".") for alias in names)
        case ast.ImportFrom(module=str(module), names=names):
            return (
                module == forbidden
                or module.startswith(forbidden + ".")
                or any(f"{module}.{a.name}" == forbidden for a in names)
            )
        case _:
            return False
