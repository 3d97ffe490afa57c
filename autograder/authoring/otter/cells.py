"""Cells of otter-grader in the words of nbgrader: solutions between markers, tests as asserts."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.authoring.otter.master import read_yaml

_LINE = re.compile(r"^(\s*)(.*?)\s*#\s*SOLUTION(\s+NO\s+PROMPT)?\s*$", re.IGNORECASE)
_BEGIN = re.compile(r"^(\s*)#\s*BEGIN SOLUTION(\s+NO\s+PROMPT)?\s*$", re.IGNORECASE)
_END = re.compile(r"^\s*#\s*END SOLUTION\s*$", re.IGNORECASE)
_PROMPT = re.compile(r'^(\s*)(?:"""|\'\'\')?\s*;?\s*#\s*(BEGIN|END) PROMPT\s*(?:"""|\'\'\')?\s*$', re.IGNORECASE)
_ASSIGNED = re.compile(r"^([\w.\[\]'\", ]+?)\s*=(?!=)")
_TEST_SETTINGS = re.compile(
    r'\A\s*(?:"""|\'\'\')\s*#\s*BEGIN TEST CONFIG\s*\n(.*?)(?:"""|\'\'\')?\s*;?\s*#\s*END TEST CONFIG'
    r'\s*(?:"""|\'\'\')?\s*;?\s*',
    re.IGNORECASE | re.DOTALL,
)
_HIDDEN = re.compile(r"\A\s*#\s*HIDDEN\s*$\n?", re.IGNORECASE | re.MULTILINE)
OPEN, CLOSE = "### BEGIN SOLUTION", "### END SOLUTION"


class NotPlain(ValueError):
    """A test that does not become plain Python: why."""


@dataclass(frozen=True)
class Test:
    """One test of otter's: as asserts, its points if it has its own, and whether students see it."""

    source: str
    points: float | None
    hidden: bool


def solution_cell(source: str) -> str:
    """A solution's code with nbgrader's markers around what students must not get."""
    done: list[str] = []
    inside = prompt = False
    for line in source.splitlines():
        if mark := _PROMPT.match(line):
            prompt = mark[2].upper() == "BEGIN"
        elif prompt:
            done.append(line)
        elif begins := _BEGIN.match(line):
            inside = True
            done.append(begins[1] + OPEN)
        elif _END.match(line):
            inside = False
            done.append(_indent(done) + CLOSE)
        elif (one := _LINE.match(line)) and not inside:
            done += _one_line(one[1], one[2], prompt=not one[3])
        else:
            done.append(line)
    if OPEN not in "".join(done):
        done = [OPEN, *done, CLOSE]
    return "\n".join(_joined(done))


def _one_line(indent: str, code: str, *, prompt: bool) -> list[str]:
    """A line that is a solution, below what a student gets in its place: ``x = ...``."""
    assigned = _ASSIGNED.match(code)
    shown = [f"{indent}{assigned[1]} = ..."] if prompt and assigned else []
    return [*shown, indent + OPEN, indent + code, indent + CLOSE]


def _indent(lines: Sequence[str]) -> str:
    begun = next(line for line in reversed(lines) if line.strip() == OPEN)
    return begun[: len(begun) - len(begun.lstrip())]


def _joined(lines: Sequence[str]) -> list[str]:
    """Solutions that follow each other are one."""
    kept: list[str] = []
    for line in lines:
        if line.strip() == OPEN and kept and kept[-1].strip() == CLOSE and _width(line) == _width(kept[-1]):
            kept.pop()
        else:
            kept.append(line)
    return kept


def _width(line: str) -> int:
    return len(line) - len(line.lstrip())


def test_cell(cell: Any) -> Test:
    """A test's code with what its outputs promise as asserts.

    Raises:
        NotPlain: it shows what no assert can say, or is no Python.
    """
    source, settings = cell.source, {}
    if found := _TEST_SETTINGS.match(source):
        settings, source = read_yaml(found[1]), source[found.end() :]
    hidden = bool(settings.get("hidden"))
    if _HIDDEN.match(source):
        hidden, source = True, _HIDDEN.sub("", source, count=1)
    points = settings.get("points")
    try:
        tree = ast.parse(source)
    except SyntaxError as problem:
        raise NotPlain(f"it is no plain Python ({problem.msg})") from problem
    calls = _calls(tree)
    body = source.rstrip() + "".join(f"\n{call}" for call in calls)
    return Test(_with_outputs(body, tree, cell.get("outputs", ())), None if points is None else float(points), hidden)


def _calls(tree: ast.Module) -> list[str]:
    """Test functions are called with what their parameters name, as otter does; ``env`` is the whole namespace."""
    calls = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            given = ["globals()" if name.arg == "env" else name.arg for name in node.args.args]
            calls.append(f"{node.name}({', '.join(given)})")
    return calls


def _with_outputs(body: str, tree: ast.Module, outputs: Sequence[Any]) -> str:
    """The code with asserts for its stored outputs: the last value as it is shown, and what is printed."""
    result = printed = None
    for output in outputs:
        if output.output_type == "execute_result":
            result = "".join(output.data.get("text/plain", ""))
        elif output.output_type == "stream" and output.name == "stdout":
            printed = (printed or "") + "".join(output.text)
        elif output.output_type == "error":
            raise NotPlain("its outputs show an error, so it does not pass on the solution: run the notebook again")
        else:
            raise NotPlain(f"its outputs are of a kind that no assert compares ({output.output_type})")
    lines = body.splitlines()
    if result is not None:
        last = tree.body[-1] if tree.body else None
        if not isinstance(last, ast.Expr):
            raise NotPlain("its outputs show a value, and its last line is no expression: run the notebook again")
        value = ast.unparse(last.value)
        lines = lines[: last.lineno - 1]
        lines.append(f"assert {value}" if result == "True" else f"assert repr({value}) == {result!r}")
    if printed is None:
        return "\n".join(lines)
    inner = [f"    {line}" if line.strip() else "" for line in lines]
    head = ["import contextlib, io", "_printed = io.StringIO()", "with contextlib.redirect_stdout(_printed):"]
    return "\n".join([*head, *inner, f"assert _printed.getvalue() == {printed!r}"])
