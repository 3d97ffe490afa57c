"""Broken notebooks that were worth keeping, each with what must come of it: marks, or one clear line."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from test_fuzz import check_read, check_result

from autograder.course.layout import Course
from autograder.gradebook.master import course_master
from autograder.grader.grader import Grader
from autograder.results import Grade, Ungraded
from autograder.submission.find import Submission

Node = dict[str, Any]
FULL = 8.0


def with_(**changes: Any) -> Callable[[Node], Node]:
    """Other values at the top of the notebook."""
    return lambda node: node | changes


def cells(change: Callable[[Node], Any]) -> Callable[[Node], Node]:
    """Every cell changed, in place or by what the change answers."""

    def of(node: Node) -> Node:
        made = [change(cell) for cell in node["cells"]]
        return node | {"cells": [cell if new is None else new for cell, new in zip(node["cells"], made, strict=True)]}

    return of


def deep(levels: int) -> Any:
    """Lists in lists."""
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


def more(*added: Any) -> Callable[[Node], Node]:
    """More cells at the end."""
    return lambda node: node | {"cells": [*node["cells"], *added]}


def code(source: Any, **more: Any) -> Node:
    """A code cell of the student's own."""
    return {
        "cell_type": "code",
        "id": "extra",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    } | more


def without_key(key: str) -> Callable[[Node], Node]:
    return lambda node: {name: value for name, value in node.items() if name != key}


def v3(node: Node) -> Node:
    """As notebooks were before 2015."""
    old = []
    for cell in node["cells"]:
        new = {"cell_type": cell["cell_type"], "metadata": cell["metadata"]}
        if cell["cell_type"] == "code":
            new |= {
                "input": cell["source"],
                "outputs": [],
                "language": "python",
                "collapsed": False,
                "prompt_number": 1,
            }
        else:
            new |= {"source": cell["source"]}
        old.append(new)
    return {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": old, "metadata": {}}],
    }


SHAPES: dict[str, tuple[Callable[[Node], Node], float | str]] = {
    "nothing changed": (with_(), FULL),
    "no cells": (with_(cells=[]), 0.0),
    "no list of cells": (without_key("cells"), "no list of cells"),
    "cells are a text": (with_(cells="[]"), "no list of cells"),
    "cells are a dict": (with_(cells={"0": 1}), "no list of cells"),
    "cells are null": (with_(cells=None), "no list of cells"),
    "every cell is a text": (cells(lambda cell: "cell"), "cannot be read"),
    "a cell is null": (more(None), "cannot be read"),
    "a cell is empty": (more({}), "cannot be read"),
    "an unknown kind of cell": (more({"cell_type": "heading", "metadata": {}, "source": "x", "level": 1}), FULL),
    "no metadata at the top": (without_key("metadata"), "*"),
    "metadata are a list": (with_(metadata=[]), "*"),
    "metadata are null": (with_(metadata=None), "*"),
    "cells without metadata": (cells(lambda cell: {k: v for k, v in cell.items() if k != "metadata"}), "*"),
    "cells with metadata that are a text": (cells(lambda cell: cell | {"metadata": "x"}), "*"),
    "nbgrader's metadata are a list": (cells(lambda cell: cell | {"metadata": {"nbgrader": [1]}}), "*"),
    "no id": (cells(lambda cell: {k: v for k, v in cell.items() if k != "id"}), FULL),
    "one id for all": (cells(lambda cell: cell | {"id": "same"}), FULL),
    "ids that are numbers": (cells(lambda cell: cell | {"id": 7}), FULL),
    "ids with signs": (cells(lambda cell: cell | {"id": "<a b>" + "ü" * 90}), FULL),
    "ids that the mending would give": (cells(lambda cell: cell | {"id": "cell-1"}), FULL),
    "sources as lists of lines": (
        cells(lambda cell: cell | {"source": cell["source"].splitlines(keepends=True)}),
        FULL,
    ),
    "a source that is a number": (more(code(7)), "*"),
    "a source that is null": (more(code(None)), "*"),
    "a source of lists": (more(code([["x"], 1, None])), "*"),
    "a source with NUL": (more(code("x = 1\x00")), FULL),
    "a source with a half of a character": (more(code("x = '\ud800'")), FULL),
    "a source of a million characters": (more(code("# " + "x" * 1_000_000)), FULL),
    "a source of 100,000 brackets": (more(code("(" * 100_000)), FULL),
    "a source of 100,000 minuses": (more(code("-" * 100_000 + "1")), FULL),
    "a name in the answer in another script": (more(code("сount_linear = 1")), FULL),
    "Windows line ends": (cells(lambda cell: cell | {"source": cell["source"].replace("\n", "\r\n")}), FULL),
    "outputs that are a text": (more(code("1", outputs="x")), FULL),
    "100,000 outputs": (
        more(code("1", outputs=[{"output_type": "stream", "name": "stdout", "text": "x"}] * 100_000)),
        FULL,
    ),
    "deep outputs": (more(code("1", outputs=deep(400))), FULL),
    "deep metadata": (with_(metadata={"x": deep(400)}), "nested more than"),
    "an execution count that is a text": (more(code("1", execution_count="x")), FULL),
    "attachments in a code cell": (more(code("1", attachments={"\ud800": {"image/png": 1}})), "*"),
    "3,000 cells": (more(*[code("1")] * 3_000), "at most 2,000"),
    "version 3": (v3, FULL),
    "version 2": (lambda node: v3(node) | {"nbformat": 2}, "*"),
    "version 5": (with_(nbformat=5), "*"),
    "version 1": (with_(nbformat=1), "cannot be read"),
    "version null": (with_(nbformat=None), "cannot be read"),
    "version a text": (with_(nbformat="4"), "cannot be read"),
    "no version": (without_key("nbformat"), "*"),
    "a huge version": (with_(nbformat=10**30), "*"),
    "a minor version of the future": (with_(nbformat_minor=99), FULL),
    "for R": (
        with_(metadata={"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}),
        "for the language 'R'",
    ),
    "a kernel's name with terminal commands": (with_(metadata={"kernelspec": {"name": "\x1b[2Jruby"}}), FULL),
    "the kernel is a list": (with_(metadata={"kernelspec": [1], "language_info": 7}), FULL),
    "every cell twice": (
        lambda node: node | {"cells": [copy.deepcopy(c) for c in node["cells"] for _ in (0, 1)]},
        FULL,
    ),
    "infinity in the metadata": (with_(metadata={"x": float("inf"), "y": float("nan")}), FULL),
    "points that are a text": (cells(lambda c: c["metadata"].get("nbgrader", {}).update(points="100")), FULL),
    "a grade_id that is a list": (cells(lambda c: c["metadata"].get("nbgrader", {}).update(grade_id=[1])), "*"),
}
BYTES: dict[str, tuple[Callable[[bytes], bytes], float | str]] = {
    "empty": (lambda data: b"", "not JSON"),
    "one byte": (lambda data: b"\x00", "not JSON"),
    "cut in the middle": (lambda data: data[: len(data) // 2], "not JSON"),
    "with a byte order mark": (lambda data: b"\xef\xbb\xbf" + data, FULL),
    "UTF-16": (lambda data: data.decode().encode("utf-16"), "not UTF-8"),
    "Latin-1": (lambda data: data + "ü".encode("latin-1"), "not UTF-8"),
    "twice": (lambda data: data * 2, "not JSON"),
    "HTML of a login page": (lambda data: b"<!DOCTYPE html><title>Sign in</title>", "not JSON"),
    "a merge conflict": (lambda data: b"<<<<<<< HEAD\n" + data + b"\n=======\n", "unresolved merge of git"),
    "a zip file": (lambda data: b"PK\x03\x04" + bytes(100), "not"),
    "a list": (lambda data: b"[" + data + b"]", "no notebook"),
    "a number": (lambda data: b"7", "no notebook"),
    "100,000 brackets": (lambda data: b"[" * 100_000, "not JSON"),
    "a number of 10,000 digits": (lambda data: b'{"cells":[],"nbformat":' + b"9" * 10_000 + b"}", "not JSON"),
    "51 MiB": (lambda data: data + b" " * (51 << 20), "more than 50 MiB"),
    "a pointer of Git LFS": (lambda data: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "not JSON"),
}


@pytest.fixture(scope="module")
def whole(notebook_of: Any) -> Node:
    """A notebook of right answers."""
    node: Node = json.loads(nbformat.writes(notebook_of()))
    for cell in node["cells"]:
        cell["source"] = "".join(cell["source"])
    return node


def grade(small_grader: Grader, path: Path) -> Grade | Ungraded:
    [result] = small_grader.grade([Submission("ada", small_grader.assignment.name, path)])
    return result


def check(result: Grade | Ungraded, expected: float | str, grader: Grader, course: Course) -> None:
    check_result(result, course_master(course, grader.assignment))
    if expected == "*":
        return
    if isinstance(expected, str):
        assert isinstance(result, Ungraded), result
        assert expected in result.reason
    else:
        assert isinstance(result, Grade), result
        assert result.score == expected


@pytest.mark.parametrize(("change", "expected"), SHAPES.values(), ids=SHAPES.keys())
def test_broken_shape(
    change: Callable[[Node], Node],
    expected: float | str,
    whole: Node,
    small_grader: Grader,
    course: Course,
    tmp_path: Path,
) -> None:
    path = tmp_path / "ada.ipynb"
    path.write_text(json.dumps(change(copy.deepcopy(whole))), "utf-8")
    check_read(path)
    check(grade(small_grader, path), expected, small_grader, course)


@pytest.mark.parametrize(("change", "expected"), BYTES.values(), ids=BYTES.keys())
def test_broken_bytes(
    change: Callable[[bytes], bytes],
    expected: float | str,
    whole: Node,
    small_grader: Grader,
    course: Course,
    tmp_path: Path,
) -> None:
    path = tmp_path / "ada.ipynb"
    path.write_bytes(change(json.dumps(whole).encode()))
    check(grade(small_grader, path), expected, small_grader, course)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


FILES = {
    "a folder": (lambda path: path.mkdir(), "directory"),
    "a named pipe": (_pipe, "no file"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "no file"),
    "a link to itself": (lambda path: path.symlink_to(path), "cannot be read"),
    "nothing": (lambda path: None, "no such file"),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
@pytest.mark.parametrize(("make", "expected"), FILES.values(), ids=FILES.keys())
def test_no_file(
    make: Callable[[Path], None], expected: str, small_grader: Grader, course: Course, tmp_path: Path
) -> None:
    path = tmp_path / "ada.ipynb"
    make(path)
    check(grade(small_grader, path), expected, small_grader, course)


def test_the_corpus_is_large() -> None:
    assert len(SHAPES) + len(BYTES) + len(FILES) >= 40
