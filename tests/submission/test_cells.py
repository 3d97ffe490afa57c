"""Cells are found by what they hold, merges are told by name, and the kernel's name decides nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.cells.matching import defined_in, parsed
from autograder.cells.merges import resolve
from autograder.submission.notebook import BrokenNotebook, Role, parse_notebook

QUESTIONS = {"f": ("f",), "g": ("g", "G")}
PYTHON = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}


def cell(source: str, kind: str = "code", grade_id: str = "", **more: Any) -> dict[str, Any]:
    test = grade_id.startswith("test-")
    marks = {"grade_id": grade_id, "solution": not test, "grade": test, "locked": test}
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "source": source, "metadata": {"nbgrader": marks} if grade_id else {}} | code | more


def read(*cells: dict[str, Any], metadata: Any = None) -> Any:
    told = {"cells": list(cells), "metadata": metadata or PYTHON, "nbformat": 4, "nbformat_minor": 4}
    return parse_notebook(json.dumps(told), questions=QUESTIONS)


F, G = "def f(x):\n    return x", "class G:\n    pass\ndef g():\n    return 1"
BLANK = "def f(x):\n    raise NotImplementedError()"


def test_cells_without_metadata_are_found_by_what_they_hold() -> None:
    notebook = read(cell("import torch"), cell(BLANK), cell(F), cell('check("f")'), cell(G), cell("check('g')"))
    roles = [(one.role, one.question) for one in notebook.cells]
    assert roles[2:] == [(Role.SOLUTION, "f"), (Role.TEST, "f"), (Role.SOLUTION, "g"), (Role.TEST, "g")]
    assert roles[:2] == [(Role.STUDENT, None)] * 2
    assert any("matched by content" in flag for flag in notebook.flags)
    assert notebook.node.cells[3].metadata.nbgrader.grade_id == "test-f"
    assert [one.index for one in notebook.code] == [0, 1, 2, 4]


def test_cells_with_metadata_are_taken_as_they_are_marked() -> None:
    notebook = read(cell(F, grade_id="f"), cell('check("f")', grade_id="test-f"), cell("f(3)"))
    assert [one.role for one in notebook.cells] == [Role.SOLUTION, Role.TEST, Role.STUDENT]
    assert notebook.flags == ()


def test_an_answer_in_the_test_cell_is_run_without_its_check() -> None:
    notebook = read(cell(BLANK, grade_id="f"), cell(f'{F}\n\ncheck("f")', grade_id="test-f"))
    answer = notebook.cells[1]
    assert (answer.role, answer.question) == (Role.SOLUTION, "f")
    assert answer.source.rstrip() == F
    assert answer in notebook.code


def test_doubled_cells_are_flagged() -> None:
    notebook = read(cell(F, grade_id="f"), cell(BLANK, grade_id="f"), cell('check("f")', grade_id="test-f"))
    assert notebook.flags == ("cells are there more than once: f",)


@pytest.mark.parametrize(("kind", "word"), [("markdown", "Markdown"), ("raw", "raw")])
def test_an_answer_that_was_turned_into_text_is_told(kind: str, word: str) -> None:
    assert read(cell(F, kind, "f"), cell('check("f")', grade_id="test-f")).turned == {"f": word}
    assert read(cell(F, kind), cell('check("f")', grade_id="test-f")).turned == {"f": word}
    assert read(cell(F, kind), cell(F, grade_id="f")).turned == {}


CONFLICT = "def f(x):\n<<<<<<< local\n    return x\n=======\n    return 2 * x\n>>>>>>> remote"


def test_a_merge_is_told_by_name_and_touches_its_question_alone() -> None:
    notebook = read(cell(CONFLICT, grade_id="f"), cell(G, grade_id="g"))
    assert notebook.merge == "an unresolved merge, first in cell 1, line 2"
    assert notebook.flags == (notebook.merge,)
    assert "cell 1, line 2" in notebook.why_not_asked("f")
    assert notebook.why_not_asked("g") == ""


@pytest.mark.parametrize(
    ("source", "first", "line"),
    [
        (CONFLICT, "def f(x):\n\n    return x\n\n\n", 2),
        (
            "<<<<<<< HEAD\na = 1\n||||||| base\na = 0\n=======\na = 2\n>>>>>>> other\nb = 3",
            "\na = 1\n\n\n\n\n\nb = 3",
            1,
        ),
        ("<<<<<<< LOCAL CELL DELETED >>>>>>>\na = 1", "\na = 1", 1),
        ("a = 1\n>>>>>>> other", "a = 1\n", 2),
        ("a = b << 7\n'''\n=======\n'''", "a = b << 7\n'''\n=======\n'''", 0),
    ],
)
def test_the_first_version_is_kept_and_lines_keep_their_numbers(source: str, first: str, line: int) -> None:
    assert resolve(source) == (first, line)


def test_markers_between_cells() -> None:
    marker = '<span style="color:red"><b>{}</b></span>'
    notebook = read(
        cell(marker.format("<<<<<<< local"), "markdown"), cell(F, grade_id="f"),
        cell(marker.format("======="), "markdown"), cell(F.replace("x", "y"), grade_id="f"),
        cell(marker.format(">>>>>>> remote"), "markdown"), cell(G, grade_id="g"),
    )  # fmt: skip
    assert notebook.why_not_asked("f")
    assert notebook.why_not_asked("g") == ""
    assert [one.index for one in notebook.code] == [1, 5]


def test_a_merge_in_outputs_touches_no_question() -> None:
    output = {"output_type": "stream", "name": "stderr", "text": ["<<<<<<< local\n"]}
    notebook = read(cell(F, grade_id="f", outputs=[output]))
    assert notebook.merge == "an unresolved merge, first in cell 1, its outputs"
    assert notebook.why_not_asked("f") == ""


def test_a_file_that_a_merge_broke_is_told_by_name() -> None:
    with pytest.raises(BrokenNotebook, match=r"unresolved merge of git, first in line 2 \(<<<<<<< HEAD\)"):
        parse_notebook('{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n]}')


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"name": "torch-env", "display_name": "x"}, "language_info": {"name": "python"}},
        {"kernelspec": {"name": "ml", "display_name": "x"}, "language_info": {"name": "ipython"}},
        {"kernelspec": {"name": "dl", "display_name": "x"}},
        {"kernelspec": {"name": "irene", "display_name": "x"}},
        {"language_info": {"name": "python"}},
        {"kernelspec": {"display_name": "Python 3"}},
        {"kernelspec": {"name": "dl", "language": "python"}, "language_info": {"name": '"><script>x</script>'}},
        {"language_info": {"name": "\n"}},
    ],
)
def test_a_kernel_may_have_any_name(metadata: dict[str, Any]) -> None:
    assert read(cell(F), metadata=metadata).code


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"name": "dl"}, "language_info": {"name": "R"}},
        {"kernelspec": {"name": "ir"}},
        {"kernelspec": {"name": "xcpp17"}},
        {"kernelspec": {"name": "python3", "language": "python"}, "language_info": {"name": "julia"}},
    ],
)
def test_another_language_is_refused(metadata: dict[str, Any]) -> None:
    with pytest.raises(BrokenNotebook, match="Python 3"):
        read(cell(F), metadata=metadata)


def test_magics_hide_no_definition() -> None:
    tree = parsed(
        "%%time\n!pip install x\nlines = !ls\nf?\ndef f(x):\n    return x % 2\ndef g():\n    raise NotImplementedError"
    )
    assert tree is not None
    assert list(defined_in(tree)) == [("lines", False), ("f", False), ("g", True)]
