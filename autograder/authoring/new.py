"""The files and cells of a new question or assignment, made from a light example and ready to fill in."""

from __future__ import annotations

import keyword
import re
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.release.headings import TIME, facts, minutes_of, navigation_line
from autograder.course.assignment import BANK, assignment_names, load_assignment
from autograder.course.layout import Course
from autograder.errors import UsageError

_POINTS, _MINUTES = 2, 10  # of a new question, for its author to change in all its places
PLACEHOLDER = "replace me"  # `autograder verify` refuses a question in which it still stands

_INIT = '''"""{number}: replace me."""

NAME = "{name}"
TITLE = "replace me"
TEACHES = "replace me: what it teaches, in a line"
QUESTIONS = ({questions})
'''

_QUESTION = '''"""replace me: the question in one sentence."""

from __future__ import annotations

import pytest

from autograder.checks import assert_equal
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.remote.proxy import Student

QUESTION = Question(
    id="{id}",
    points={points},
    names=("{id}",),
    title="replace me",
    minutes={minutes},
    difficulty="easy",
    hints=(
        "A nudge: replace me.",
        "The method: replace me.",
        "Almost the code: replace me.",
    ),
)


@visible
@pytest.mark.points(1)
def test_the_example(student: Student) -> None:
    """twice 3 is 6 (replace me: what a student reads)"""
    assert_equal(student.{id}(3), 6, "the answer for 3 is different")


@visible
@pytest.mark.points(1)
def test_other_numbers(student: Student, reference: Student, rng: Draw) -> None:
    """it holds for other numbers, drawn so that no mistake gives the right answer"""
    (x,) = rng.apart("{id}", lambda: (rng.integer(4, 99),))
    assert_equal(student.{id}(x), reference.{id}(x))
'''

_ANSWERS = """import torch

# %% reference
def {id}(x):
    return 2 * x

# %% alternative: by_adding
def {id}(x):
    return x + x

# %% alternative: in_a_loop
def {id}(x):
    total = 0
    for _ in range(2):
        total += x
    return total

# %% mistake: squares
# The answer is x·x, not 2·x. (replace me)
# ? What is {id}(3): 6 or 9?
def {id}(x):
    return x * x

# %% mistake: halves
# You divided by 2 where you should multiply. (replace me)
# ? Should the answer be larger or smaller than x?
def {id}(x):
    return x / 2

# %% wrong: constant
def {id}(x):
    return 6
"""


def new_assignment(course: Course, name: str) -> list[Path]:
    """Make the package of the bank and the source notebook of an assignment without questions; the files made.

    Raises:
        UsageError: the name is not of the form NN-some-words, or it is taken.
    """
    if not re.fullmatch(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*", name):
        raise UsageError(
            f"{name!r} is no name of an assignment: two digits, then words with hyphens, as in 16-attention"
        )
    package = BANK / re.sub(r"^(\d)", r"n\1", name[3:].replace("-", "_"))
    notebook = course.root / "source" / name / f"{name}.ipynb"
    if name in assignment_names() or package.exists() or notebook.exists():
        raise UsageError(f"{name} exists already: {package if package.exists() else notebook}")
    package.mkdir()
    init = package / "__init__.py"
    init.write_text(_INIT.format(number=name[:2], name=name, questions=""), "utf-8")
    notebook.parent.mkdir(parents=True, exist_ok=True)
    setup = {"grade": False, "grade_id": "setup", "locked": True, "schema_version": 3, "solution": False, "task": False}
    title = (
        f"# {name[:2]} · replace me", "replace me: what is learned, and what must be known.",
        f"{facts(0, 0, 0)}\n\n{navigation_line(name)}",
    )  # fmt: skip
    cells = [
        new_markdown_cell("\n\n".join(title), id="title"),
        new_code_cell(
            "import torch\nfrom torch import nn\nfrom autograder import check, hint",
            id="setup",
            metadata={"nbgrader": setup},
        ),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), notebook)
    return [init, notebook]


def new_question(course: Course, name: str, question: str) -> list[Path]:
    """Add a question to an assignment: its two files of the bank, its id, and its cells; the files made or changed.

    Raises:
        UnknownAssignment: there is no such assignment.
        UsageError: the id is no Python name, or a question of any assignment has it.
    """
    assignment = load_assignment(name)
    if not question.isidentifier() or keyword.iskeyword(question):
        raise UsageError(f"{question!r} is no name that a Python function can have")
    for other in assignment_names():
        if question in [each.id for each in load_assignment(other).questions]:
            raise UsageError(f"{other} has a question {question!r} already: check({question!r}) must mean one question")
    files = {
        assignment.folder / f"{question}.py": _QUESTION,
        assignment.folder / f"{question}_answers.py": _ANSWERS,
    }
    for path, text in files.items():
        if path.exists():
            raise UsageError(f"{path} exists already")
        filled = text.replace("{points}", str(_POINTS)).replace("{minutes}", str(_MINUTES))
        path.write_text(filled.replace("{id}", question), "utf-8")
    init = assignment.folder / "__init__.py"
    ids = [each.id for each in assignment.questions] + [question]
    listed = "".join(f'\n    "{each}",' for each in ids) + "\n"
    init.write_text(
        re.sub(r"QUESTIONS = \(.*?\)", f"QUESTIONS = ({listed})", init.read_text("utf-8"), flags=re.S), "utf-8"
    )
    notebook = course.root / "source" / name / f"{name}.ipynb"
    count = 1 + len(assignment.questions) + len(assignment.written)
    _add_cells(notebook, question, facts(minutes_of(assignment, _MINUTES), assignment.max_score + _POINTS, count))
    return [*files, init, notebook]


def _add_cells(notebook: Path, question: str, time_and_points: str) -> None:
    """Put the text, the solution cell and the test cell of a question at the notebook's end; mend its first cell."""
    node = nbformat.read(notebook, as_version=4)
    first = node.cells[0].source.split("\n") if node.cells else []
    if node.cells:
        node.cells[0].source = "\n".join(time_and_points if line.startswith(TIME) else line for line in first)
    solution = (
        f'def {question}(x):\n    """replace me"""\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION'
    )
    common = {"schema_version": 3, "task": False}
    answer = {**common, "grade": False, "grade_id": question, "locked": False, "solution": True}
    test = {
        **common, "grade": True, "grade_id": f"test-{question}", "locked": True, "points": _POINTS, "solution": False,
    }  # fmt: skip
    numbered = (re.match(r"## (\d+)\.", cell.source) for cell in node.cells if cell.cell_type == "markdown")
    number = 1 + max((int(found[1]) for found in numbered if found), default=0)
    head = f"## {number}. replace me · `{question}` ({_POINTS} points · {_MINUTES} minutes · easy)"
    text = f"{head}\n\nreplace me: the question, an example, and every rule that is judged."
    node.cells += [
        new_markdown_cell(text, id=f"text-{question}"[:64]),
        new_code_cell(solution, id=question[:64], metadata={"nbgrader": answer}),
        new_code_cell(f'check("{question}")', id=f"test-{question}"[:64], metadata={"nbgrader": test}),
    ]
    nbformat.write(node, notebook)


def left_to_replace(folder: Path, question: str) -> list[str]:
    """Where a question's files still hold the placeholder: ``FILE:LINE`` each."""
    found = []
    for path in (folder / f"{question}.py", folder / f"{question}_answers.py"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if PLACEHOLDER in line:
                found.append(f"{path.name}:{number}")
    return found
