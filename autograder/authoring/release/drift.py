"""Is what lies in the repository what a release would make now? Small numerical differences do not count."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from autograder.protocol.json_values import Json, from_json
from autograder.judging.run_test import alike

_VOLATILE = ("provenance", "spread")


def same_file(path: Path, wanted: bytes) -> bool:
    """Whether ``path`` holds ``wanted``; cases and notebooks are compared by what they say."""
    if not path.is_file():
        return False
    found = path.read_bytes()
    if found == wanted:
        return True
    try:
        if path.suffix == ".ipynb":
            return _notebook(found) == _notebook(wanted)
        return path.suffix == ".json" and same_cases(json.loads(found), json.loads(wanted))
    except ValueError:
        return False


def same_cases(one: Json, other: Json) -> bool:
    """Whether two files of cases agree, numbers to a part in ten thousand: processors round differently."""
    match one, other:
        case dict(), dict():
            if "base64" in one and "base64" in other:
                return alike(from_json({"$tensor": one}), from_json({"$tensor": other}), strict=True)
            keys = one.keys() - set(_VOLATILE)
            return keys == other.keys() - set(_VOLATILE) and all(same_cases(one[key], other[key]) for key in keys)
        case list(), list():
            return len(one) == len(other) and all(same_cases(a, b) for a, b in zip(one, other, strict=True))
        case float(), int() | float():
            return math.isclose(one, other, rel_tol=1e-4, abs_tol=1e-6)
        case _:
            return type(one) is type(other) and bool(one == other)


def _notebook(raw: bytes) -> list[Any]:
    """What counts of a notebook: every cell's id, source and role, and of outputs the kinds, not the bytes."""
    notebook = nbformat.reads(raw.decode("utf-8"), as_version=4)
    told: list[Any] = [notebook.metadata.get("kernelspec", {}).get("name")]
    for cell in notebook.cells:
        outputs = [_output(output) for output in cell.get("outputs", [])]
        told.append([cell.get("id"), cell.cell_type, cell.source, dict(cell.metadata.get("nbgrader", {})), outputs])
    return told


def _output(output: Any) -> Any:
    return output.output_type, output.get("name"), sorted(output.get("data", {}))


def stale(folder: Path, wanted: set[Path]) -> Iterator[Path]:
    """Files under ``folder`` that a release would not make."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in wanted and "__pycache__" not in path.parts and path.suffix != ".pyc":
            yield path
