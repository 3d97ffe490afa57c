"""Notebooks as text: cells after lines such as ``# %% test NAME``, for courses that tests make."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_notebook

_HEAD = re.compile(r"^# %% (given|solution|test) (.+)$", re.MULTILINE)
POINTS = 2


def notebook_from(path: Path, points: int = POINTS) -> Any:
    """The notebook that a file describes: given cells are locked, solutions are not, tests carry ``points`` each."""
    parts = _HEAD.split(path.read_text("utf-8"))[1:]
    cells = []
    for number, (kind, name, source) in enumerate(zip(parts[::3], parts[1::3], parts[2::3], strict=True)):
        marks = {
            "grade": kind == "test",
            "solution": kind == "solution",
            "locked": kind != "solution",
            "task": False,
            "schema_version": 3,
            "grade_id": f"{number:03}-{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}",
        }
        if kind == "test":
            marks["points"] = points
        cells.append(new_code_cell(source.strip("\n"), metadata={"nbgrader": marks}, id=f"cell-{number}"))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})
