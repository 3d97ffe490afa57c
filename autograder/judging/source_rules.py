"""Rules of a question that the source can show: names that an answer may not use."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterable, Iterator

MAX_SOURCE = 200_000  # characters that are parsed: Python's parser takes some 600 bytes for each
_ALIASES = {"torch": ("torch", "nn", "F"), "torch.optim": ("optim",)}


def breach(sources: Iterable[str], names: Iterable[str], forbids: Iterable[str]) -> str | None:
    """What an answer's source uses against the rules, in words; None if nothing.

    Only the definitions of the question's names are looked at; what they call is watched while it runs.

    Args:
        sources: the cells in which the answer may stand.
        names: the names that the question's cell defines.
        forbids: dotted paths that the answer may not use.
    """
    forbidden_paths = tuple(forbids)
    if not forbidden_paths:
        return None
    names = frozenset(names)
    word = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
    chosen = [source for source in map(as_python_reads, sources) if word.search(source)]
    if sum(map(len, chosen)) > MAX_SOURCE:
        return f"the cells that define this answer have more than {MAX_SOURCE:,} characters, too many to be read"
    for tree in _definitions(chosen, names):
        for node in ast.walk(tree):
            for forbidden in forbidden_paths:
                if _uses(node, forbidden):
                    return f"{forbidden} may not be used here"
    return None


def as_python_reads(source: str) -> str:
    """The source with its identifiers in the one form under which Python knows them."""
    return source if source.isascii() else unicodedata.normalize("NFKC", source)


def _definitions(sources: Iterable[str], names: frozenset[str]) -> Iterator[ast.AST]:
    for source in sources:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in names:
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
            return (
                module == forbidden
                or module.startswith(forbidden + ".")
                or any(f"{module}.{a.name}" == forbidden for a in names)
            )
        case _:
            return False
