"""What the tests share: a course, notebooks, and warm graders."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
import torch
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course.assignment import Assignment, load_assignment
from autograder.course.layout import Course
from autograder.grader.grader import Grader
from autograder.session.notebook_session import Limits

# nbgrader starts programs of its environment, wherever the tests were started from.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"

# What is tried a second time, through another door, on more of the same: every night (see nightly.yml).
WHOLE = os.environ.get("AUTOGRADER_TESTS") == "whole"
EVERY_NIGHT = pytest.mark.skipif(not WHOLE, reason="not run: AUTOGRADER_TESTS=whole, as every night")

SEED = 20_26
COUNTING = "03-parameter-counting"
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}

NotebookOf = Callable[..., nbformat.NotebookNode]
# A worker takes a file at a time. These take minutes, most of them for a few tests, so they go first: else the other
# worker would wait for the last of them.
LONG = (
    "hub/test_hub_class.py", "hub/test_hub_browser.py", "hub/test_hub_page.py", "commands/test_demo.py",
    "nbgrader/test_autograde.py", "classroom/test_template.py", "test_doors_agree.py",
    "student/test_recognises.py", "gallery/test_cheats.py", "gallery/test_gallery.py", "nbgrader/test_battery.py",
    "nbgrader/test_quickstart.py", "nbgrader/test_stock_suite.py", "commands/test_two_courses.py",
)  # fmt: skip
# Without these the browser tries to reach its maker's servers, many at a time.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A worker takes a file at a time, and all files of the Hub, for which one Hub is started."""
    from xdist.scheduler import LoadFileScheduling

    class ByFile(LoadFileScheduling):  # type: ignore[misc]
        """Files as they are, but for those of the Hub."""

        def _split_scope(self, nodeid: str) -> str:
            file = str(super()._split_scope(nodeid))
            return "tests/hub" if file.startswith("tests/hub/") else file

    return ByFile(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first, in the order of ``LONG``; all else stays as it is."""
    places = {name: place for place, name in enumerate(LONG)}
    root = Path(__file__).parent
    items.sort(key=lambda item: places.get(item.path.relative_to(root).as_posix(), len(LONG)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium, one for all: a second one in the same process cannot be driven beside it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium here: not run")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: not run")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course folder with a known seed and one secret file."""
    root = tmp_path_factory.mktemp("course")
    (root / ".autograder").mkdir()
    (root / ".autograder" / "seed").write_text(str(SEED))
    (root / "nbgrader_config.py").write_text("")
    (root / "solutions").mkdir()
    (root / "solutions" / "secret.txt").write_text("the-secret-of-the-course")
    return Course(root)


@pytest.fixture(scope="session")
def warm(course: Course) -> Iterator[Callable[[str], Grader]]:
    """A warm grader of an assignment; each is started once."""
    graders: dict[str, Grader] = {}
    with ExitStack() as stack:

        def grader(name: str) -> Grader:
            if name not in graders:
                graders[name] = stack.enter_context(Grader(name, course, seed=SEED))
            return graders[name]

        yield grader


@pytest.fixture(scope="session")
def small_grader(course: Course) -> Iterator[Grader]:
    """A warm grader of three questions of the bank, worth 8 points, with short time limits."""
    limits = Limits(cell=4.0, notebook=60.0, grace=1.5, restarts=8)
    with Grader(COUNTING, course, seed=SEED, limits=limits) as grader:
        ask_only(grader, small_assignment(grader.assignment))
        yield grader


def ask_only(grader: Grader, assignment: Assignment) -> None:
    """Make a grader ask the questions of ``assignment``, each with the limit that it has there."""
    grader.assignment = assignment
    for question in assignment.questions:
        grader._truths[question.id].question = question


def small_assignment(assignment: Assignment) -> Assignment:
    """``count_linear`` (2 points), ``count_mlp`` (3) and ``linear`` (3), each call with 3 seconds."""
    chosen = [q for q in assignment.questions if q.id in ("count_linear", "count_mlp", "linear")]
    return replace(assignment, questions=tuple(replace(q, question=replace(q.question, seconds=3.0)) for q in chosen))


def code(source: str, grade_id: str = "", **marks: Any) -> nbformat.NotebookNode:
    """A code cell; with a ``grade_id`` it is one of the course's."""
    cell = new_code_cell(source)
    if grade_id:
        test = grade_id.startswith("test-")
        cell.metadata["nbgrader"] = {
            "grade": test,
            "grade_id": grade_id,
            "locked": test,
            "points": 1.0,
            "schema_version": 3,
            "solution": not test,
            "task": False,
        } | marks
    return cell


@pytest.fixture(scope="session")
def notebook_of() -> NotebookOf:
    """Makes a notebook of the small assignment: right answers but for those that are given."""
    questions = small_assignment(load_assignment(COUNTING)).questions

    def make(answers: Mapping[str, str] | None = None, first: str = "", last: str = "") -> nbformat.NotebookNode:
        cells = [
            new_markdown_cell("# Counting"),
            code("import torch\nfrom torch import nn", "setup", locked=True, solution=False),
        ]
        cells += [code(first)] if first else []
        for question in questions:
            answer = (answers or {}).get(question.id, question.answers.imports + question.answers.reference.source)
            cells += [code(answer, question.id), code(f'check("{question.id}")', f"test-{question.id}")]
        cells += [code(last)] if last else []
        return new_notebook(cells=cells, metadata={"kernelspec": KERNEL})

    return make


@pytest.fixture
def write(tmp_path: Path) -> Callable[[nbformat.NotebookNode, str], Path]:
    """Writes a notebook into a fresh folder and says where."""

    def write_notebook(notebook: nbformat.NotebookNode, name: str = "ada") -> Path:
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(notebook, path)
        return path

    return write_notebook
