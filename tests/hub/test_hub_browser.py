"""docs/hub.md's week as people live it: through the Hub's login, with a real Chromium, by clicks and keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import nbformat
import pytest

from .conftest import ROOT, WALKED, Hub

pytestmark = [pytest.mark.hub, pytest.mark.browser, pytest.mark.slow]
QUESTION, POINTS = "sigmoid", "2 / 20"
Login = Callable[[str], Any]


@pytest.fixture
def login(hub: Hub, browser: Any) -> Iterator[Login]:
    """Opens a browser of one's own, logs in at the Hub, and gives the page of one's own server."""
    opened = []

    def open_page(who: str) -> Any:
        opened.append(browser.new_context(viewport={"width": 1300, "height": 1000}))
        page = opened[-1].new_page()
        page.set_default_timeout(90_000)
        page.goto(f"{hub.url}/hub/login")
        page.locator("#username_input").fill(hub.user(who))
        page.locator("#password_input").fill("any: the test's authenticator takes everybody")
        page.locator("#login_submit").click()
        page.wait_for_url("**/user/**")
        return page

    yield open_page
    for context in opened:
        context.close()


def assignment_list(hub: Hub, page: Any, who: str) -> None:
    page.goto(f"{hub.url}/user/{hub.user(who)}/lab?reset")
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Assignment List").click()


def press(hub: Hub, page: Any, place: str, row: str, column: str) -> None:
    """A button of the formgrader, which must say that it went well."""
    page.goto(f"{hub.url}/user/{hub.user('professor')}/formgrader/{place}")
    page.locator("tbody tr", has_text=row).locator(f"td.{column} a").click()
    said = page.locator(".modal.in, .modal.show").first
    said.locator("button", has_text="OK").wait_for()
    assert "Success" in said.inner_text()
    said.locator("button", has_text="OK").click()


def answer(hub: Hub, page: Any) -> str:
    """Ada opens the notebook, types an answer, runs it and its check, and saves; what the check says."""
    solved = nbformat.read(ROOT / "solutions" / WALKED / f"{WALKED}.ipynb", as_version=4)
    [source] = [cell.source for cell in solved.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == QUESTION]
    page.goto(f"{hub.url}/user/{hub.user('ada')}/lab/tree/{WALKED}/{WALKED}.ipynb?reset")
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    cells.first.wait_for()
    page.get_by_text("| Idle").wait_for()
    cells.first.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    cells.filter(has_text=f"def {QUESTION}").first.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)
    page.keyboard.press("Control+Enter")
    check = cells.filter(has_text=f'check("{QUESTION}")').first
    check.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    output = check.locator(".jp-OutputArea-output").first
    output.wait_for()
    page.keyboard.press("Escape")
    with page.expect_response(lambda one: "/api/contents/" in one.url and one.request.method == "PUT"):
        page.keyboard.press("Control+s")
    return str(output.inner_text())


def test_a_week_by_clicks_from_the_release_to_the_page_of_feedback(hub: Hub, login: Login) -> None:
    professor, ada = login("professor"), login("ada")
    press(hub, professor, "manage_assignments", WALKED, "release")
    assignment_list(hub, ada, "ada")
    ada.locator("#released_assignments_list button", has_text="Fetch").first.click()
    ada.locator("#fetched_assignments_list", has_text=WALKED).wait_for()
    assert f"{QUESTION}: right so far" in answer(hub, ada)
    assignment_list(hub, ada, "ada")
    ada.locator("#fetched_assignments_list button", has_text="Submit").first.click()
    ada.locator("#submitted_assignments_list", has_text=WALKED).wait_for()

    press(hub, professor, "manage_assignments", WALKED, "collect")
    press(hub, professor, f"manage_submissions/{WALKED}", hub.user("ada"), "autograde")
    row = professor.locator("tbody tr", has_text=hub.user("ada"))
    row.locator("td.score", has_text=POINTS).wait_for()
    for step in ("generate-feedback", "release-feedback"):
        press(hub, professor, "manage_assignments", WALKED, step)

    assignment_list(hub, ada, "ada")
    ada.locator("#submitted_assignments_list button", has_text="Fetch Feedback").first.click()
    ada.locator("#submitted_assignments_list a", has_text="view feedback").wait_for()
    [page] = hub.home("ada").glob(f"{WALKED}/feedback/*/{WALKED}.html")
    ada.goto(page.as_uri())
    assert ada.locator(".mark").inner_text().startswith("2 of 20")
