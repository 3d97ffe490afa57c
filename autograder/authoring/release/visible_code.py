"""Takes the visible tests out of a question's file, with what they need of it and nothing else.

The result is an ordinary module: imports, constants, helpers and tests as the author wrote them, without
the decorators. Hidden tests, and whatever only they use, stay behind.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.errors import ReportedError
from autograder.course.question import QuestionModule

WIDTH = 120


class NotReleasable(ReportedError):
    """What students would get is not as it must be: what is wrong, in one line."""


def visible_module(question: QuestionModule) -> str:
    """The source of the module with the visible tests of ``question``.

    Raises:
        NotReleasable: a visible test needs a hidden test, the question itself or another file of the bank.
    """
    text = Path(str(question.module.__file__)).read_text("utf-8")
    nodes = ast.parse(text).body
    tests = {test.name for test in question.tests}
    wanted = {test.name for test in question.tests if test.visible and not test.cuda}
    needed = _needed(nodes, wanted)
    hidden = sorted(needed & (tests - wanted))
    if hidden or "QUESTION" in needed:
        names = ", ".join(hidden) or "QUESTION"
        raise NotReleasable(f"{question.id}: a visible test uses {names}, which students do not get")
    lines = text.splitlines()
    head = f'"""Visible checks of ``{question.id}``: written by ``autograder release``, do not edit."""'
    parts = [head, "from __future__ import annotations", *_imports(nodes, needed, question.id)]
    body: list[str] = []
    kinds: list[bool] = []
    for node in nodes:
        if not isinstance(node, (ast.Import, ast.ImportFrom)) and _defined(node) & needed:
            body.append(_segment(node, lines, strip=bool(_defined(node) & wanted)))
            kinds.append(isinstance(node, (ast.FunctionDef, ast.ClassDef)))
    out = "\n\n".join(parts)
    for index, (segment, big) in enumerate(zip(body, kinds, strict=True)):
        apart = big or (index > 0 and kinds[index - 1])
        out += ("\n\n\n" if apart else "\n\n") + segment
    return out + "\n"


def _needed(nodes: list[ast.stmt], wanted: set[str]) -> set[str]:
    """The names that ``wanted`` use, directly or through each other."""
    needed = set(wanted)
    while True:
        more = {
            name
            for node in nodes
            if _defined(node) & needed
            for name in _used(node, strip=bool(_defined(node) & wanted))
        }
        if more <= needed:
            return needed
        needed |= more


def _defined(node: ast.stmt) -> set[str]:
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.Assign():
            return {name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case _:
            return set()


def _used(node: ast.stmt, *, strip: bool) -> Iterator[str]:
    decorators = node.decorator_list if strip and isinstance(node, ast.FunctionDef) else []
    skip = {id(part) for decorator in decorators for part in ast.walk(decorator)}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and id(part) not in skip:
            yield part.id


def _imports(nodes: list[ast.stmt], needed: set[str], question: str) -> Iterator[str]:
    """The import lines, one string for each of Python's own, other people's and ours."""
    groups: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for node in nodes:
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        module = node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
        kept = [alias for alias in node.names if (alias.asname or alias.name).partition(".")[0] in needed]
        if module == "__future__" or not kept:
            continue
        if module.startswith("autograder.bank"):
            what = f"{kept[0].name} of {module}"
            raise NotReleasable(f"{question}: a visible test uses {what}, which students do not get")
        top = module.partition(".")[0]
        group = 0 if top in sys.stdlib_module_names else 2 if top == "autograder" else 1
        names = [alias.name + (f" as {alias.asname}" if alias.asname else "") for alias in kept]
        groups[group].append(_import_line(node, module, names))
    yield from ("\n".join(lines) for lines in groups.values() if lines)


def _import_line(node: ast.Import | ast.ImportFrom, module: str, names: Iterable[str]) -> str:
    if isinstance(node, ast.Import):
        return "\n".join(f"import {name}" for name in names)
    line = f"from {module} import {', '.join(names)}"
    return (
        line if len(line) <= WIDTH else f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")"
    )


def _segment(node: ast.stmt, lines: list[str], *, strip: bool) -> str:
    decorators = node.decorator_list if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else []
    above = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
    start = node.lineno - 1 if strip else above
    comments: list[str] = []
    while above > 0 and lines[above - 1].startswith("#"):
        above -= 1
        comments.insert(0, lines[above])
    return "\n".join([*comments, *lines[start : node.end_lineno]])
