"""The pictures of the documents, made from the running program: ``python docs/screens/make.py`` after ``make demo``.

Needs Chromium on the path. Each picture is of a page as students or instructors meet it; nothing is drawn by hand.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import sync_playwright

from autograder.course.assignment import load_assignment

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ASSIGNMENT, QUESTION, MISTAKE = "06-manual-weight-updates", "sgd_step", "ascent"
START_SECONDS = 90  # JupyterLab on a busy machine


def main() -> None:
    demo = ROOT / "demo"
    feedback = demo / "feedback" / f"mistake-{QUESTION}-{MISTAKE}" / ASSIGNMENT / f"{ASSIGNMENT}.html"
    if not feedback.is_file():
        raise SystemExit(f"there is no {feedback}: run `make demo` first")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        page.goto(feedback.as_uri())
        page.screenshot(path=HERE / "feedback.png")
        page.goto((demo / "class.html").as_uri())
        page.set_viewport_size({"width": 1200, "height": 900})
        page.evaluate("document.querySelector('table.heat').closest('.card').scrollIntoView()")
        page.screenshot(path=HERE / "class.png")
        with tempfile.TemporaryDirectory() as folder, jupyter_lab(Path(folder)) as address:
            _check(page, address)
        browser.close()


def _check(page: Any, address: str) -> None:
    """``check`` naming a mistake in JupyterLab."""
    page.goto(address)
    page.get_by_text("| Idle").wait_for(timeout=START_SECONDS * 1000)
    page.locator(".lm-MenuBar-item", has_text="Run").first.click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.locator(".jp-OutputArea-executeResult").first.wait_for(timeout=START_SECONDS * 1000)
    page.add_style_tag(content=".Toastify { display: none }")  # JupyterLab asks whether it may bring news
    page.locator(".jp-Notebook").first.screenshot(path=HERE / "check.png")


@contextmanager
def jupyter_lab(folder: Path) -> Iterator[str]:
    """JupyterLab with a student's notebook in which one answer is wrong: its address."""
    answers = load_assignment(ASSIGNMENT).question(QUESTION).answers
    notebook = nbformat.read(ROOT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    wanted = ("setup", QUESTION, f"test-{QUESTION}")
    notebook.cells = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") in wanted]
    for cell in notebook.cells:
        if cell.metadata["nbgrader"]["grade_id"] == QUESTION:
            cell.source = answers.mistake(MISTAKE).source.strip()
    nbformat.write(notebook, folder / "notebook.ipynb")
    places = {f"JUPYTER_{name}_DIR": str(folder / f".{name}") for name in ("CONFIG", "DATA", "RUNTIME")}
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [Path(sys.executable).with_name("jupyter"), "lab", "--no-browser", "--ServerApp.ip=127.0.0.1", *root]
    log = folder / ".log"
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=folder, env=os.environ | places, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not (found := re.search(r"(http://127\.0\.0\.1:\d+)/\S*\?token=(\w+)", log.read_text())):
            if time.monotonic() > deadline:
                raise SystemExit(f"JupyterLab did not start:\n{log.read_text()}")
            time.sleep(0.5)
        yield f"{found[1]}/lab/tree/notebook.ipynb?token={found[2]}"
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
