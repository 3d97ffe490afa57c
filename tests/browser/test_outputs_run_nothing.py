"""Scripts in a student's notebook, in outputs, Markdown, HTML, SVG and links, do not run in the pages made from it."""

# ruff: noqa: E501  code of students and attackers stands on one line

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from autograder.course.assignment import load_assignment
from autograder.course.layout import Course
from autograder.gradebook.autograded import build_autograded
from autograder.gradebook.master import course_master
from autograder.results import CellRun, Grade, Outcome, QuestionGrade
from autograder.sanitize.outputs import clean_outputs
from autograder.submission.notebook import parse_notebook

pytestmark = pytest.mark.browser
ASSIGNMENT = "03-parameter-counting"
OWNED = "void(document.title='OWNED')"
HTML = [
    f"<script>{OWNED}</script>", f'<img src=x onerror="{OWNED}">', f'<svg onload="{OWNED}"><script>{OWNED}</script></svg>',
    '<iframe srcdoc="<script>parent.document.title=&#39;OWNED&#39;</script>"></iframe>', f'<details open ontoggle="{OWNED}">x</details>',
    f'<a id="trap" href="javascript:{OWNED}">click</a>', f'<body onload="{OWNED}">', f'<input autofocus onfocus="{OWNED}">',
    f'<math><mtext><img src=x onerror="{OWNED}"></mtext></math>', f"<style>@import 'x'</style></div><script>{OWNED}</script>",
]  # fmt: skip
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{OWNED}"><script>{OWNED}</script></svg>'


def hostile() -> Any:
    """A notebook whose every part wants to run something."""
    outputs = [new_output("display_data", {"text/html": html, "text/plain": "x"}) for html in HTML]
    outputs += [
        new_output("display_data", {"application/javascript": OWNED, "image/svg+xml": SVG}),
        new_output("execute_result", {"text/html": HTML[0], "text/latex": f"$\\href{{javascript:{OWNED}}}{{x}}$"}),
        new_output(
            "stream", name="stdout", text=f"\x1b]8;;javascript:{OWNED}\x07link\x1b]8;;\x07<script>{OWNED}</script>"
        ),
        new_output("error", ename=HTML[0], evalue=HTML[1], traceback=HTML),
    ]
    cells = [
        new_code_cell("1", outputs=outputs),
        *(new_markdown_cell(html) for html in HTML),
        new_markdown_cell(f"[a](javascript:{OWNED})"),
    ]
    return new_notebook(cells=[*cells, *(new_raw_cell(html) for html in HTML)])


def as_page(node: Any, path: Path) -> Path:
    """As nbgrader's feedback does it: nbconvert, with HTML as it is."""
    from nbconvert import HTMLExporter

    body, _ = HTMLExporter(template_name="classic").from_notebook_node(node)
    path.write_text(body, "utf-8")
    return path


def what_ran(page: Any, path: Path) -> bool:
    """Whether a script of the student's ran when the page was opened and the link in it was clicked."""
    page.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri(), wait_until="load")
    page.wait_for_timeout(500)
    page.evaluate("document.querySelectorAll('a').forEach(link => link.href.startsWith('javascript') && link.click())")
    page.wait_for_timeout(200)
    return "OWNED" in page.title()


def graded(node: Any) -> Any:
    """What is stored in ``autograded/``: the engine's way from raw outputs to the notebook."""
    notebook = parse_notebook(nbformat.writes(node))
    runs = tuple(
        CellRun(index, clean_outputs(cell.get("outputs", [])), 1)
        for index, cell in enumerate(node.cells)
        if cell.cell_type == "code"
    )
    assignment = load_assignment(ASSIGNMENT)
    questions = tuple(
        QuestionGrade(q.id, q.question.title, 0.0, q.question.points, Outcome.ERROR, None, f"`{HTML[0]}` {HTML[1]}")
        for q in assignment.questions
    )
    grade = Grade(
        "mallory", ASSIGNMENT, "x.ipynb", questions, "cpu", "full", 1, 0.1, flags=(HTML[0],), cells=runs, read=notebook
    )
    return build_autograded(grade, course_master(Course(Path(__file__).parents[2]), assignment))


@pytest.mark.filterwarnings("ignore")
def test_no_script_of_a_student_runs(page: Any, tmp_path: Path) -> None:
    assert what_ran(page, as_page(hostile(), tmp_path / "control.html")), "the control: as they are, they run"
    stored = graded(hostile())
    assert "OWNED" in nbformat.writes(stored), "what is only text stays"
    assert not what_ran(page, as_page(stored, tmp_path / "feedback.html"))
