"""The formgrader, opened by an instructor after a class was graded that holds a hostile notebook."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from tests.browser.test_outputs_run_nothing import HTML, OWNED, SVG, hostile

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = "03-parameter-counting"
PROGRAMS = Path(sys.executable).parent
SHOWS = f"""
from IPython.display import HTML, SVG, Javascript, Markdown, Latex, display
for text in {HTML!r}:
    display(HTML(text), Markdown(text))
    print(text)
display(Javascript({OWNED!r}), SVG({SVG!r}), Latex("$\\\\href{{javascript:{OWNED}}}{{x}}$"))
raise RuntimeError({"".join(HTML)!r})
"""


def hand_in(course: Path, student: str, *, bad: bool) -> None:
    """The released notebook, with every way of showing something that its owner could think of."""
    node = nbformat.read(ROOT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    if bad:
        answers = [c for c in node.cells if c.metadata.get("nbgrader", {}).get("solution")]
        answers[0].source = SHOWS
        answers[1].source = f"raise ValueError({HTML[1]!r})\n# {HTML[0]}"
        node.cells += [new_code_cell(SHOWS), *map(new_markdown_cell, HTML), *map(new_raw_cell, HTML)]
        node.cells.append(new_markdown_cell(f"[a](javascript:{OWNED}) ![b](attachment:c.svg)"))
        node.cells[-1]["attachments"] = {"c.svg": {"image/svg+xml": SVG}}
        node.cells[-1].metadata["tags"] = [f'"><script>{OWNED}</script>']
        node.metadata["title"] = f"</title><script>{OWNED}</script>"
        node.metadata["language_info"] = {"name": f'"><script>{OWNED}</script>'}
    path = course / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(node, path)


def autograded(course: Path, student: str) -> Path:
    return course / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"


def command(course: Path, *arguments: str) -> None:
    environment = os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [PROGRAMS / arguments[0], *arguments[1:]], cwd=course, env=environment, capture_output=True, text=True
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with an honest and a hostile submission, graded by the command that an instructor types."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("nbgrader_config.py", "gradebook.db"):
        shutil.copy(ROOT / name, folder)
    for name in ("source", "release"):
        shutil.copytree(ROOT / name / ASSIGNMENT, folder / name / ASSIGNMENT)
    hand_in(folder, "honest", bad=False)
    hand_in(folder, "mallory", bad=True)
    command(folder, "autograder", "grade", ASSIGNMENT)
    return folder


def numbers(course: Path) -> dict[str, str]:
    """The formgrader's number of each student's notebook."""
    with sqlite3.connect(course / ".autograder" / "gradebook.db") as gradebook:
        rows = gradebook.execute(
            "select a.student_id, n.id from submitted_notebook n join submitted_assignment a on a.id = n.assignment_id"
        )
        return dict(rows.fetchall())


def open_and_poke(page: Any, address: str) -> str:
    """The text of a page after every script, picture and link of it had its chance."""
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1500)
    page.evaluate(
        "document.querySelectorAll('a').forEach(link => link.href.startsWith('javascript:void(doc') && link.click())"
    )
    page.wait_for_timeout(300)
    return str(page.locator("body").inner_text())


@pytest.mark.filterwarnings("ignore")
def test_nothing_of_a_student_runs_in_the_formgrader(page, start_server, course, tmp_path):
    address, token = start_server(course, "lab").split("|")
    number = numbers(course)
    page.goto(f"{address}/lab?token={token}")
    for student in ("honest", "mallory"):
        text = open_and_poke(page, f"{address}/formgrader/submissions/{number[student]}/?index=0")
        assert "OWNED" not in page.title()
        assert "Parameter counting" in text
        page.screenshot(path=str(tmp_path / f"{student}.png"), full_page=True)
        assert page.locator("input.score").count() > 0, "marks can be given by hand"
    for place in (
        "manage_assignments",
        f"gradebook/{ASSIGNMENT}",
        f"manage_submissions/{ASSIGNMENT}",
        "manage_students",
    ):
        open_and_poke(page, f"{address}/formgrader/{place}")
        assert "OWNED" not in page.title(), place

    raw = hostile()  # the control: in the same page, with a notebook that nobody made harmless
    stored = autograded(course, "mallory")
    node = nbformat.read(stored, as_version=4)
    node.cells += raw.cells
    stored.chmod(0o644)
    nbformat.write(node, stored)
    open_and_poke(page, f"{address}/formgrader/submissions/{number['mallory']}/?index=0")
    assert "OWNED" in page.title(), "the control: as they are, they run"
