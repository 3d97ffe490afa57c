"""A student in JupyterLab: opens the released notebook, runs it, and reads what ``check`` says."""

from pathlib import Path

import nbformat
import pytest

from autograder.course.assignment import load_assignment

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = "06-manual-weight-updates"
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def hand_in(folder: Path, answers: dict[str, str]) -> None:
    notebook = nbformat.read(ROOT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell.source = answers[grade_id]
    # Only what this test looks at: blanks further down stop "Run All Cells" there, as they do for a student.
    wanted = {"setup", *answers, *(f"test-{question}" for question in answers)}
    notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") in wanted]
    nbformat.write(notebook, folder / "notebook.ipynb")


def test_check_names_the_mistake_and_praises_the_right_answer(page, start_server, tmp_path):
    bank = load_assignment(ASSIGNMENT)
    wrong = bank.question("sgd_step").answers
    right = bank.question("n_updates").answers
    folder = tmp_path / "student"
    folder.mkdir()
    hand_in(
        folder,
        {
            "sgd_step": wrong.imports + wrong.mistake("ascent").source,
            "n_updates": right.imports + right.reference.source,
        },
    )
    address, token = start_server(folder, "lab").split("|")
    page.goto(f"{address}/lab/tree/notebook.ipynb?token={token}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.get_by_text("| Idle").wait_for()  # cells that are run before the kernel is there are lost
    page.locator(".lm-MenuBar-item", has_text="Run").first.click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    outputs = page.locator(".jp-OutputArea-executeResult .jp-OutputArea-output")
    outputs.nth(1).wait_for()
    first, second = outputs.nth(0).inner_text(), outputs.nth(1).inner_text()
    page.screenshot(path=str(tmp_path / "lab.png"))
    assert wrong.mistake("ascent").says.split(".")[0] in first
    assert wrong.mistake("ascent").ask in first
    assert "visible" in second


def test_the_whole_released_notebook_opens_without_an_error(page, start_server, tmp_path):
    folder = tmp_path / "student"
    folder.mkdir()
    notebook = folder / "notebook.ipynb"
    notebook.write_bytes((ROOT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_bytes())
    address, token = start_server(folder, "lab").split("|")
    page.goto(f"{address}/lab/tree/notebook.ipynb?token={token}")
    page.locator(".jp-Notebook .jp-MarkdownCell h1").first.wait_for()
    page.get_by_text("| Idle").wait_for()  # a server does not stop while a kernel is starting
    assert page.locator(".jp-Dialog").count() == 0
    assert "Manual weight updates" in page.locator(".jp-Notebook h1").first.inner_text()
    # JupyterLab writes the kernel's version into every notebook, and marks it as modified if that is another one.
    opened = unversioned(notebook)
    page.locator(".lm-TabBar-tab.jp-mod-dirty").first.wait_for()
    page.keyboard.press("Control+s")
    page.locator(".lm-TabBar-tab.jp-mod-dirty").first.wait_for(state="detached")
    assert unversioned(notebook) == opened, "nothing else is modified by opening it"


def unversioned(notebook: Path) -> object:
    told = nbformat.read(notebook, as_version=nbformat.NO_CONVERT)
    del told.metadata["language_info"]
    return told
