"""A class of Unix users, from fetching to the page of feedback: nobody is lost, each has the marks of their answers.

The same with 200 students was done by hand; docs/hub.md has the times.
"""

from __future__ import annotations

import json
import os
import pwd
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import nbformat
import pytest
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeFetchFeedback, ExchangeSubmit
from traitlets.config import Config

from .conftest import CLASSED, COURSE_ID, ROOT, Hub

pytestmark = [pytest.mark.hub, pytest.mark.slow]
SIZE = 12


def answers() -> dict[str, str]:
    """The right answer to each question."""
    solved = nbformat.read(ROOT / "solutions" / CLASSED / f"{CLASSED}.ipynb", as_version=4)
    source = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in solved.cells}
    return {name: text for name, text in source.items() if f"test-{name}" in source}


@pytest.fixture(scope="module")
def students(hub: Hub) -> Iterator[dict[str, list[str]]]:
    """Unix users, each with the questions that they answer right."""
    questions = sorted(answers())
    chosen = {}
    for number in range(SIZE):
        name = f"{hub.tag}-s{number:03}"
        home = hub.base / "home" / name
        subprocess.run(["useradd", "-m", "-d", str(home), name], check=True, capture_output=True)
        home.chmod(0o700)
        chosen[name] = sorted(Random(number).sample(questions, number % (len(questions) + 1)))
    yield chosen
    for name in chosen:
        subprocess.run(["userdel", name], capture_output=True)


def act_as(hub: Hub, name: str, act: Callable[[], None]) -> int:
    """Fork, become that user at home, act; 0 if it went well."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    status = 1
    try:
        user = pwd.getpwnam(name)
        os.initgroups(name, user.pw_gid)
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
        os.environ.update(HOME=user.pw_dir, USER=name, LOGNAME=name, JUPYTER_CONFIG_PATH=str(hub.base / "etc/jupyter"))
        os.chdir(user.pw_dir)
        act()
        status = 0
    finally:
        os._exit(status)


def exchange(hub: Hub, kind: Any) -> None:
    settings = Config()
    settings.Exchange.root = str(hub.exchange)
    settings.Exchange.assignment_dir = str(Path.cwd())
    settings.CourseDirectory.course_id = COURSE_ID
    settings.CourseDirectory.assignment_id = CLASSED
    known = {"coursedir": CourseDirectory(config=settings), "authenticator": Authenticator(config=settings)}
    kind(**known, config=settings).start()


def answer(chosen: list[str]) -> None:
    path = Path(CLASSED) / f"{CLASSED}.ipynb"
    notebook, right = nbformat.read(path, as_version=4), answers()
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in chosen:
            cell.source = right[cell.metadata.nbgrader.grade_id]
    nbformat.write(notebook, path)


def test_a_class_is_collected_graded_and_has_its_feedback(hub: Hub, students: dict[str, list[str]]) -> None:
    def hand_in(chosen: list[str]) -> None:
        exchange(hub, ExchangeFetchAssignment)
        answer(chosen)
        exchange(hub, ExchangeSubmit)

    hub.run("professor", "nbgrader", "release_assignment", CLASSED)
    assert not [name for name, chosen in students.items() if act_as(hub, name, lambda c=chosen: hand_in(c))]  # type: ignore[misc]
    hub.run("professor", "nbgrader", "collect", CLASSED)
    hub.run("professor", "autograder", "grade", CLASSED)
    told = json.loads(hub.run("assistant", "autograder", "report", CLASSED, "--format", "json").stdout)
    found = {
        one["student"]: sorted(question["id"] for question in one["questions"] if question["outcome"] == "correct")
        for one in told["submissions"]
        if one["student"] in students
    }
    assert found == students
    hub.run("assistant", "nbgrader", "generate_feedback", CLASSED)
    hub.run("professor", "nbgrader", "release_feedback", CLASSED)
    assert not [name for name in students if act_as(hub, name, lambda: exchange(hub, ExchangeFetchFeedback))]
    scores = {one["student"]: one["score"] for one in told["submissions"]}
    for name in students:
        [page] = (hub.base / "home" / name / CLASSED / "feedback").glob(f"*/{CLASSED}.html")
        assert f"{scores[name]:g} of 20" in page.read_text("utf-8")
