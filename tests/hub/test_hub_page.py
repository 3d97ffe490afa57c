"""docs/hub.md, walked through: from the release to the page of feedback, by four people, and what stays closed."""

from __future__ import annotations

import json
import pwd
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import pytest

from .conftest import ASSIGNMENT, COURSE_ID, ROOT, STUDENTS, TEACHERS, Hub

pytestmark = [pytest.mark.hub, pytest.mark.slow]
WHICH = {"course_id": COURSE_ID, "assignment_id": ASSIGNMENT}


def answers_of(who: str, released: Any) -> Any:
    """Ada has three right answers, bob one; the other blanks stay."""
    solved = nbformat.read(ROOT / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", 4)
    right = ("linear", "count_linear", "count_mlp")[: 3 if who == "ada" else 1]
    source = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in solved.cells}
    for cell in released["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in right:
            cell["source"] = source[grade_id]
    return released


@pytest.fixture(scope="module")
def handed_in(hub: Hub) -> Hub:
    """Released by the professor, fetched, answered and submitted by both students, each through their own server."""
    hub.server("professor", f"formgrader/api/assignment/{ASSIGNMENT}/release", "POST", {})
    for who in STUDENTS:
        hub.server(who, "assignments/fetch", "POST", WHICH)
        place = f"api/contents/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
        content = answers_of(who, hub.server(who, place)["content"])
        hub.server(who, place, "PUT", {"type": "notebook", "format": "json", "content": content})
        listed = hub.server(who, "assignments/submit", "POST", WHICH)
        assert listed["success"], listed
    return hub


@pytest.fixture(scope="module")
def graded(handed_in: Hub) -> Hub:
    """Collected in the formgrader and graded by both teachers at one time, by two doors."""
    hub = handed_in
    said = hub.server("professor", f"formgrader/api/assignment/{ASSIGNMENT}/collect", "POST", {})
    assert said["success"], said
    with ThreadPoolExecutor(2) as both:
        typed = both.submit(hub.run, "professor", "autograder", "grade", ASSIGNMENT)
        name = hub.user("bob")
        button = both.submit(
            hub.server, "assistant", f"formgrader/api/submission/{ASSIGNMENT}/{name}/autograde", "POST", {}
        )
        assert f"the course {COURSE_ID} in {hub.course}" in typed.result().stderr.splitlines()[0]
        assert button.result()["success"], button.result()
    return hub


def marks(hub: Hub, who: str) -> dict[str, str]:
    """Each student's mark, by ``autograder report`` and by ``nbgrader export``, which agree."""
    report = hub.run(who, "autograder", "report", ASSIGNMENT, "--format", "json").stdout
    names = {hub.user(one) for one in STUDENTS}  # whoever else is in the class handed in other assignments alone
    ours = {one["student"]: one["score"] for one in json.loads(report)["submissions"] if one["student"] in names}
    exported = hub.home(who) / "all.csv"
    hub.run(who, "nbgrader", "export", "--to", str(exported))
    rows = [line.split(",") for line in exported.read_text().splitlines()]
    student, score = rows[0].index("student_id"), rows[0].index("score")
    theirs = {row[student]: float(row[score]) for row in rows[1:] if row[0] == ASSIGNMENT and row[student] in names}
    assert ours == theirs
    return ours


def test_two_teachers_grade_at_one_time_and_see_one_mark(graded: Hub) -> None:
    hub = graded
    ada, bob = hub.user("ada"), hub.user("bob")
    first = marks(hub, "professor")
    assert first[ada] > first[bob] > 0
    # The assistant marks a cell by hand while the professor grades everything again.
    [notebook] = hub.server("assistant", f"formgrader/api/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}")[:1]
    mine = [one for one in hub.server("assistant", f"formgrader/api/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}")
            if one["student"] == bob]  # fmt: skip
    grades = hub.server("assistant", f"formgrader/api/grades?submission_id={mine[0]['id']}")
    blank = next(grade for grade in grades if grade["auto_score"] == 0)
    with ThreadPoolExecutor(2) as both:
        again = both.submit(hub.run, "professor", "autograder", "grade", ASSIGNMENT, "--fresh")
        hand = both.submit(hub.server, "assistant", f"formgrader/api/grade/{blank['id']}", "PUT", {"manual_score": 0.5})
        again.result(), hand.result()
    assert notebook["student"] in (ada, bob)
    hub.run("assistant", "autograder", "grade", ASSIGNMENT)  # writes where the professor wrote before
    with ThreadPoolExecutor(2) as both:
        seen = list(both.map(lambda who: marks(hub, who), TEACHERS))
    assert seen[0] == seen[1] == {ada: first[ada], bob: first[bob] + 0.5}


def test_students_get_their_own_page_of_feedback(graded: Hub) -> None:
    hub = graded
    for step in ("generate_feedback", "release_feedback"):
        said = hub.server("assistant", f"formgrader/api/assignment/{ASSIGNMENT}/{step}", "POST", {})
        assert said["success"], said["error"]
    for who in STUDENTS:
        hub.server(who, "assignments/fetch_feedback", "POST", WHICH)
        [page] = hub.home(who).glob(f"{ASSIGNMENT}/feedback/*/{ASSIGNMENT}.html")
        assert "count_linear" in page.read_text("utf-8")


def test_a_student_reads_nothing_of_others_through_any_door(graded: Hub) -> None:
    hub = graded
    closed = [
        hub.course / ".autograder" / "seed",
        hub.course / ".autograder" / "gradebook.db",
        hub.course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb",
        hub.home("bob") / ASSIGNMENT / f"{ASSIGNMENT}.ipynb",
        *hub.python("staff").parents[1].glob("lib/*/site-packages/autograder/bank/__init__.py"),
    ]
    assert len(closed) == 5
    assert all(path.is_file() for path in closed)
    for path in closed:
        assert hub.run("ada", "cat", str(path), succeed=False).returncode != 0, path
    assert hub.run("bob", "cat", str(closed[3])).stdout  # the control: it is his own
    for folder in ("inbound", "feedback"):
        inside = hub.exchange / COURSE_ID / folder
        assert any(inside.iterdir())
        assert hub.run("ada", "ls", str(inside), succeed=False).returncode != 0
    # By the Hub's own doors, with her token.
    for path in ("bob/api/contents", "professor/formgrader/api/assignments", "professor/api/contents"):
        who, _, rest = path.partition("/")
        assert hub.ask(f"/user/{hub.user(who)}/{rest}", who="ada")[0] == 403
    assert hub.ask(f"/user/{hub.user('ada')}/api/contents/..%2F..%2Fsrv", who="ada")[0] >= 400
    # What a cell of hers can import.
    code = "import autograder, importlib.util; print(importlib.util.find_spec('autograder.bank'))"
    assert hub.run("ada", str(hub.python("students")), "-c", code).stdout.strip() == "None"


@pytest.mark.parametrize(("who", "kind"), [("professor", "staff"), ("ada", "students")])
def test_a_terminal_of_each_finds_the_programs_of_their_kind(hub: Hub, who: str, kind: str) -> None:
    """As the server of each hands its environment on."""
    uid = pwd.getpwnam(hub.user(who)).pw_uid
    told = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if process.stat().st_uid == uid and b"jupyterhub-singleuser" in (process / "cmdline").read_bytes():
                told.append(dict(one.partition("=")[::2] for one in (process / "environ").read_text().split("\0")))
    assert [one["PATH"].split(":")[0] for one in told] == [str(hub.python(kind).parent)]


def test_a_link_in_the_exchange_is_not_collected(graded: Hub) -> None:
    """Ada changes what she handed in: her notebook becomes a link to the solution, which a teacher may read."""
    hub = graded
    listed = hub.server("ada", "assignments/submit", "POST", WHICH)
    assert listed["success"]
    newest = max((hub.exchange / COURSE_ID / "inbound").glob(f"{hub.user('ada')}+{ASSIGNMENT}+*"))
    notebook = newest / f"{ASSIGNMENT}.ipynb"
    solution = hub.course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    hub.run("ada", "ln", "-sf", str(solution), str(notebook))
    assert notebook.is_symlink()
    done = hub.run("professor", "nbgrader", "collect", ASSIGNMENT, "--update")
    assert f"not collected: {ASSIGNMENT}.ipynb (it is a link)" in done.stderr
    folder = hub.course / "submitted" / hub.user("ada") / ASSIGNMENT
    assert (folder / "timestamp.txt").is_file()
    assert not (folder / f"{ASSIGNMENT}.ipynb").exists()


def test_doctor_hub_finds_nothing_to_mend_and_then_what_was_opened(graded: Hub) -> None:
    hub = graded
    command = [str(hub.python("staff").parent / "autograder"), "doctor", "--hub"]
    command += ["--student", *map(hub.user, STUDENTS), "--teacher", *map(hub.user, TEACHERS)]

    def doctor(kind: str) -> subprocess.CompletedProcess[str]:
        told = {**hub.environment("staff"), "HOME": "/nonexistent"}
        line = [*command, "--python", str(hub.python(kind))]
        return subprocess.run(line, cwd=hub.course, env=told, capture_output=True, text=True, timeout=300)

    well = doctor("students")
    assert (well.returncode, "nothing to mend" in well.stdout) == (0, True), well.stdout + well.stderr
    hub.course.chmod(0o2775)
    inbound = hub.exchange / COURSE_ID / "inbound"
    inbound.chmod(0o777)
    opened = doctor("staff").stdout
    assert f"chmod o-rwx {hub.course}" in opened
    assert f"chmod 2773 {inbound}" in opened
    assert "4 to mend" in opened, opened  # two students, the exchange, a Python that students cannot run
