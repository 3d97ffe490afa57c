"""A notebook is read by the role of each cell, whatever was done to it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.submission import notebook as module
from autograder.submission.notebook import BrokenNotebook, Role, parse_notebook, read_notebook

KERNEL = {"name": "python3", "language": "python"}


def cell(source: Any, kind: str = "code", **more: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"cell_type": kind, "source": source, "metadata": {}, "id": f"id-{id(source)}"}
    return (base | ({"outputs": [], "execution_count": None} if kind == "code" else {})) | more


def marked(grade_id: Any, source: str = "x", **marks: Any) -> dict[str, Any]:
    return cell(source, metadata={"nbgrader": {"grade_id": grade_id, **marks}})


def text(*cells: Any, metadata: Any = None, **more: Any) -> str:
    kernel = {"kernelspec": KERNEL} if metadata is None else metadata
    return json.dumps({"cells": list(cells), "metadata": kernel, "nbformat": 4, "nbformat_minor": 5} | more)


@pytest.mark.parametrize(
    ("given", "role", "question"),
    [
        (marked("f", solution=True), Role.SOLUTION, "f"),
        (marked("f", solution=True, locked=True), Role.SOLUTION, "f"),
        (marked("test-f", grade=True, locked=True), Role.TEST, "f"),
        (marked("test-f", solution=True), Role.TEST, "f"),
        (marked("setup", locked=True), Role.GIVEN, None),
        (marked("f"), Role.STUDENT, None),
        (marked("f", solution="yes"), Role.STUDENT, None),
        (marked(7, solution=True), Role.SOLUTION, ""),
        (cell("x"), Role.STUDENT, None),
        (cell("x", metadata={"nbgrader": "no dict"}), Role.STUDENT, None),
        (cell("x", metadata={"nbgrader": {}}), Role.STUDENT, None),
        (cell("# x", "markdown"), Role.TEXT, None),
        (cell("x", "raw"), Role.TEXT, None),
    ],
)
def test_roles(given: dict[str, Any], role: Role, question: str | None) -> None:
    (read,) = parse_notebook(text(given)).cells
    assert (read.role, read.question) == (role, question)


def test_code_is_everything_but_tests_in_order() -> None:
    read = parse_notebook(
        text(
            marked("setup", "a", locked=True),
            cell("#", "markdown"),
            marked("f", "b", solution=True),
            marked("test-f"),
            cell("c"),
        )
    )
    assert [c.source for c in read.code] == ["a", "b", "c"]
    assert [c.index for c in read.code] == [0, 2, 4]


def test_doubled_and_deleted_cells() -> None:
    read = parse_notebook(
        text(
            marked("f", "one", solution=True),
            marked("f", "two", solution=True),
            marked("test-f", "first"),
            marked("test-f", "second"),
        )
    )
    assert [c.source for c in read.solutions("f")] == ["one", "two"]
    assert read.test("f").source == "first"
    assert read.solutions("g") == ()
    assert read.test("g") is None


@pytest.mark.parametrize(
    "given",
    [
        text(cell(["a\n", "b"])),
        text(cell("x") | {"id": 7}),
        text({"cell_type": "code", "source": "x", "metadata": {}}),
        text(cell("a", id="same"), cell("b", id="same")),
        text(cell("x", outputs="none", execution_count="many")),
        text(),
        text(metadata={}),
        text(metadata={"kernelspec": None, "language_info": 3}),
        text(metadata={"kernelspec": {"name": "my-python-env"}}),
        text(metadata={"kernelspec": {"name": "conda", "language": "python"}}),
        text(cell("\ud800")),
    ],
)
def test_what_can_be_mended_is_read_and_can_be_written_again(given: str) -> None:
    read = parse_notebook(given)
    nbformat.validate(read.node)
    again = parse_notebook(nbformat.writes(read.node))
    assert [c.source for c in again.cells] == [c.source for c in read.cells]


def test_notebooks_of_format_three_are_read() -> None:
    old = nbformat.v3.new_notebook(
        worksheets=[nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell(input="x = 1")])]
    )
    assert [c.source for c in parse_notebook(nbformat.writes(old, version=3)).code] == ["x = 1"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "not JSON"),
        ("not json", "not JSON"),
        ('{"cells": [', "not JSON"),
        ("[" * 200_000, "not JSON"),
        ("[]", "no list of cells"),
        ("3", "no list of cells"),
        ("null", "no list of cells"),
        ("{}", "no list of cells"),
        ('{"cells": 3, "nbformat": 4}', "no list of cells"),
        ('{"cells": [], "nbformat": "four"}', "cannot be read"),
        ('{"cells": [], "nbformat": 99, "metadata": {}}', "cannot be read"),
        (text(cell("x", metadata=None)), "cannot be read"),
        (text(metadata={"kernelspec": {"name": "ir", "language": "R"}}), "Python 3"),
        (text(metadata={"kernelspec": {"name": "julia-1.9"}}), "Python 3"),
        (text(metadata={"language_info": {"name": "julia"}}), "Python 3"),
        (text(*[cell("x")] * 2_001), "at most 2,000"),
    ],
)
def test_what_is_no_notebook_is_refused_in_one_line(given: str, says: str) -> None:
    with pytest.raises(BrokenNotebook, match=says) as caught:
        parse_notebook(given)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("cells", [[7], [None], ["text"], [[]], [{}], [{"cell_type": "alien", "source": "x"}]])
def test_cells_that_are_none_are_refused_or_become_text(cells: list[Any]) -> None:
    with contextlib.suppress(BrokenNotebook):
        assert [c.role for c in parse_notebook(text(*cells)).cells] == [Role.TEXT]


def test_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.ipynb"
    with pytest.raises(BrokenNotebook, match="no such file"):
        read_notebook(path)
    with pytest.raises(BrokenNotebook, match="cannot be read"):
        read_notebook(tmp_path)
    path.write_bytes(b"\xff\xfe{}")
    with pytest.raises(BrokenNotebook, match="UTF-8"):
        read_notebook(path)
    path.write_bytes(b"\xef\xbb\xbf" + text(cell("x = 'ü'")).encode())
    assert read_notebook(path).cells[0].source == "x = 'ü'"
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    with pytest.raises(BrokenNotebook, match="Clear its outputs"):
        read_notebook(path)


def test_outputs_that_were_handed_in_are_forgotten(notebook_of: Callable[..., nbformat.NotebookNode]) -> None:
    node = notebook_of()
    node.cells[1].outputs = [nbformat.v4.new_output("stream", text="8 / 8")]
    assert all(not c.get("outputs") for c in parse_notebook(nbformat.writes(node)).node.cells)
