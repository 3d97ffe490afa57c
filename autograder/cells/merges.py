"""Unresolved merges: the markers that git and nbdime leave, in a cell, around cells, in outputs, or in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_BEGIN, _BASE, _MIDDLE, _END = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_MARKER = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?= |$)")
# nbdime puts a marker between cells as a Markdown cell of its own.
_CELL_MARKER = re.compile(r"\A\s*(?:<span[^>]*>\s*<b>)?\s*(<{7}|={7}|>{7})(?= |$|<)[^\n]*\Z")
_WHOLE = re.compile(r"^<{7} (?:LOCAL|REMOTE) CELL DELETED >{7}$")


@dataclass(frozen=True)
class Conflict:
    """One place that a merge left open: the cell, counted from 0, and the line in it, counted from 1."""

    index: int
    line: int
    where: str = ""  # "its outputs", say

    def in_words(self) -> str:
        """The place as a person counts."""
        return f"cell {self.index + 1}, {self.where or f'line {self.line}'}"


def resolve(source: str) -> tuple[str, int]:
    """The first of the two versions in a cell, and the line of its first marker; 0 where there is none.

    The lines keep their numbers, and what is left out is left empty.
    """
    lines = source.split("\n")
    if not any(line.startswith((_BEGIN, _END)) for line in lines):
        return source, 0
    kept: list[str] = []
    first, inside = 0, ""
    for number, line in enumerate(lines, start=1):
        found = _MARKER.match(line)
        marker = found[1] if found else ""
        if _WHOLE.match(line) or marker in (_BEGIN, _END) or (marker in (_BASE, _MIDDLE) and inside):
            first = first or number
            inside = "" if marker == _END or _WHOLE.match(line) else marker
            kept.append("")
        else:
            kept.append("" if inside in (_BASE, _MIDDLE) else line)
    return "\n".join(kept), first


def around_cells(cells: Sequence[Any]) -> tuple[dict[int, Conflict], frozenset[int]]:
    """Cells that stand between two markers, with the first one; and those of them that are the second version."""
    touched: dict[int, Conflict] = {}
    second: set[int] = set()
    begin: Conflict | None = None
    in_second = False
    for index, cell in enumerate(cells):
        found = _CELL_MARKER.match(cell["source"]) if cell["cell_type"] != "code" else None
        if found is None:
            if begin is not None:
                touched[index] = begin
                if in_second:
                    second.add(index)
            continue
        if found[1] == _BEGIN:
            begin, in_second = Conflict(index, 1), False
            touched[index] = begin
        elif begin is not None:
            touched[index] = begin
            in_second = found[1] == _MIDDLE
            begin = None if found[1] == _END else begin
    return touched, frozenset(second)


def in_outputs(cells: Sequence[Any]) -> list[Conflict]:
    """Cells whose outputs hold a merge: nbdime writes its markers to the error stream."""
    found: list[Conflict] = []
    for index, cell in enumerate(cells):
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        for output in outputs if isinstance(outputs, list) else []:
            text = output.get("text", "") if isinstance(output, dict) and output.get("name") == "stderr" else ""
            text = "".join(map(str, text)) if isinstance(text, list) else str(text)
            if text.startswith(_BEGIN):
                found.append(Conflict(index, 0, "its outputs"))
                break
    return found


def in_file(text: str) -> str:
    """Where a merge made the file no JSON, in words; "" where none did."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith((_BEGIN + " ", _END + " ")):
            name = line[:60].strip()
            return (
                f"the file holds an unresolved merge of git, first in line {number} ({name}): keep one of the two "
                "versions, or take your own with `git checkout --ours`, save it, and hand in again"
            )
    return ""
