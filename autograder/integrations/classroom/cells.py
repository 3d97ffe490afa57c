"""Where in a notebook's file each question's cell begins: the line that an annotation points at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|([{}\[\],:])|([^\s{}\[\],:"]+))', re.DOTALL)
_COLON = re.compile(r"\s*:")
_SOURCE = re.compile(r"^cells/(\d+)/source$")


def question_lines(text: str) -> dict[str, int]:
    """The line of the file (from 1) at which the source of each question's solution cell begins.

    Empty where the text is no notebook.
    """
    try:
        cells = json.loads(text)["cells"]
        starts = {int(match[1]): line for path, line in _values(text) if (match := _SOURCE.match(path))}
        found: dict[str, int] = {}
        for index, cell in enumerate(cells):
            name = _grade_id(cell).removeprefix("test-")
            solution = name == _grade_id(cell)
            if name and index in starts and (solution or name not in found):
                found[name] = starts[index]
        return found
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _grade_id(cell: dict[str, Any]) -> str:
    return str((cell.get("metadata", {}).get("nbgrader") or {}).get("grade_id", ""))


def _values(text: str) -> Iterator[tuple[str, int]]:
    """(path, line) of every value in valid JSON text, in order.

    A list counts from the line of its first item: that is where the first line of a cell's source stands.
    """
    stack: list[list[Any]] = []  # of each open object or list: its kind and the key or index at hand
    at, line, key = 0, 1, ""
    waiting: str | None = None
    while (match := _TOKEN.match(text, at)) is not None:
        begin = match.end() - len(match[1] or match[2] or match[3])
        line += text.count("\n", at, begin)
        at = match.end()
        sign = match[2]
        if sign in ("}", "]"):
            stack.pop()
            waiting = None
        elif sign == ",":
            if stack[-1][0] == "[":
                stack[-1][1] += 1
        elif sign == ":":
            stack[-1][1] = key
        elif match[1] and stack and stack[-1][0] == "{" and _COLON.match(text, at):
            key = json.loads(match[1])
        else:
            if waiting is not None:
                yield waiting, line
                waiting = None
            path = "/".join(str(level[1]) for level in stack)
            if sign == "[":
                waiting = path
            elif sign != "{":
                yield path, line
            if sign:
                stack.append([sign, 0 if sign == "[" else ""])
        line += text.count("\n", begin, at)
