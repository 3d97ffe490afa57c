"""A grader killed at any moment, and two graders at once: every mark is there once, as in an undisturbed run."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from autograder.course.assignment import load_assignment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork, and no sandbox"),
]
ASSIGNMENT = "03-parameter-counting"
CLASS, KILLS = 40, 8
Marks = dict[tuple[str, str], float | None]


def make_class(root: Path) -> None:
    """A course of its own and 40 quick submissions: right, blank, or wrong in places."""
    (root / ".autograder").mkdir(parents=True)
    (root / ".autograder" / "seed").write_text("77")
    (root / "nbgrader_config.py").write_text("")
    questions = load_assignment(ASSIGNMENT).questions
    for number in range(CLASS):
        cells = []
        for place, question in enumerate(questions):
            answers = question.answers
            kind = (number + place) % 4
            source = answers.reference.source if kind < 2 else answers.mistakes[0].source if kind == 2 else "pass"
            flags = {"grade": False, "locked": False, "schema_version": 3, "solution": True, "task": False}
            metadata = {"nbgrader": flags | {"grade_id": question.id}}
            cells.append(nbformat.v4.new_code_cell(answers.imports + source, metadata=metadata))
        path = root / "submitted" / f"student-{number:02}" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def start(root: Path) -> int:
    """``autograder grade`` in a fork of this process, which has all imports done: its pid."""
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        os.setsid()
        os.chdir(root)
        for stream in (0, 1, 2):
            os.dup2(os.open(root / "log" if stream else os.devnull, os.O_RDWR | os.O_CREAT | os.O_APPEND), stream)
        # pytest's own stand in their place, and they write to a file of pytest's.
        sys.stdout, sys.stderr = (open(stream, "w", buffering=1, closefd=False) for stream in (1, 2))  # noqa: SIM115
        from autograder.cli import main

        code = main(["grade", ASSIGNMENT, "--format", "json", "--output", str(root / f"report-{os.getpid()}.json")])
    finally:
        os._exit(code)


def marks_in(root: Path) -> Marks:
    """Every mark in the gradebook; fails if one is there twice."""
    path = root / "gradebook.db"
    if not path.exists():
        return {}
    query = (
        "SELECT s.student_id, b.name, g.auto_score FROM grade g JOIN submitted_notebook n ON g.notebook_id = n.id "
        "JOIN submitted_assignment s ON n.assignment_id = s.id JOIN base_cell b ON g.cell_id = b.id"
    )
    with sqlite3.connect(path, timeout=60) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        if "base_cell" not in tables or "grade" not in tables:
            return {}
        rows = database.execute(query).fetchall()
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    found = {(student, cell): score for student, cell, score in rows}
    assert len(found) == len(rows)
    return found


def report_of(root: Path, pid: int) -> dict[str, float]:
    """Each student's score in the report that a run wrote."""
    report = json.loads((root / f"report-{pid}.json").read_text("utf-8"))
    return {entry["student"]: entry["score"] for entry in report["submissions"]}


def wait(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def left_behind(session: int) -> list[str]:
    """Processes of a killed grader's session: its zygote sees the hang-up and ends."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[3] == str(session) and fields[0] != "Z":
            found.append(name)
    return found


@pytest.fixture(scope="module", autouse=True)
def _quick_assignment() -> Iterator[None]:
    """One question of the assignment, so that a class takes seconds; forks of this process inherit it."""
    import autograder.bank.parameter_counting as package

    before = package.QUESTIONS
    package.QUESTIONS = ("count_linear",)
    load_assignment.cache_clear()
    yield
    package.QUESTIONS = before
    load_assignment.cache_clear()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Marks, dict[str, float], float]:
    """What one run finds that nobody disturbs, and how long it takes."""
    import autograder.commands.grade
    import autograder.gradebook.record  # so that forks have all imports  # noqa: F401

    root = tmp_path_factory.mktemp("undisturbed")
    make_class(root)
    started = time.monotonic()
    pid = start(root)
    assert wait(pid) == 0, (root / "log").read_text()
    elapsed = time.monotonic() - started
    marks = marks_in(root)
    assert len(marks) == CLASS * len(load_assignment(ASSIGNMENT).questions)
    assert len(set(report_of(root, pid).values())) > 2
    return marks, report_of(root, pid), elapsed


def test_killed_at_many_moments(undisturbed: tuple[Marks, dict[str, float], float], tmp_path: Path) -> None:
    marks, scores, elapsed = undisturbed
    root = tmp_path / "course"
    make_class(root)
    rng, log = random.Random(7), root / "log"
    graded_at_kill = []
    for turn in range(KILLS):
        said = len(log.read_text()) if log.exists() else 0
        pid = start(root)
        # Some while it starts; most of them while marks are being written, a moment after one was.
        early, after = elapsed * rng.random() * 0.5, f"[{rng.randint(1, CLASS - 2)}/{CLASS}]"
        began, done = time.monotonic(), False
        while not done:
            if turn % 4 == 0 and time.monotonic() - began > early:
                break
            if turn % 4 and log.exists() and after in log.read_text()[said:]:
                time.sleep(rng.random() * 0.05)
                break
            time.sleep(0.005)
            done = os.waitpid(pid, os.WNOHANG) != (0, 0)
        if not done:
            os.kill(pid, signal.SIGKILL)
            wait(pid)
        so_far = marks_in(root)
        graded_at_kill.append(len(so_far))
        assert all(so_far[key] == marks[key] for key in so_far)
        of_students = {student for student, _ in so_far}
        assert len(so_far) * CLASS == len(of_students) * len(marks), "a submission is entered whole or not at all"
        for student in of_students:
            nbformat.read(root / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
        _gone(pid)
    assert graded_at_kill[-1] > 0, "the kills came too early to tell anything"
    pid = start(root)
    assert wait(pid) == 0, (root / "log").read_text()
    assert marks_in(root) == marks
    assert report_of(root, pid) == scores
    assert "Traceback" not in (root / "log").read_text()


def _gone(session: int) -> None:
    deadline = time.monotonic() + 15
    while left_behind(session):
        assert time.monotonic() < deadline, left_behind(session)
        time.sleep(0.05)


def test_two_graders_at_once(undisturbed: tuple[Marks, dict[str, float], float], tmp_path: Path) -> None:
    marks, scores, _ = undisturbed
    root = tmp_path / "course"
    make_class(root)
    first, second = start(root), start(root)
    assert [wait(first), wait(second)] == [0, 0], (root / "log").read_text()
    assert marks_in(root) == marks
    assert report_of(root, first) == report_of(root, second) == scores
    assert "locked" not in (root / "log").read_text()
    assert "Traceback" not in (root / "log").read_text()


def test_an_interrupted_run_goes_on_where_it_stopped(
    undisturbed: tuple[Marks, dict[str, float], float], tmp_path: Path
) -> None:
    marks, scores, _ = undisturbed
    root = tmp_path / "course"
    make_class(root)
    log = root / "log"
    pid = start(root)
    deadline = time.monotonic() + 300
    while f"[12/{CLASS}]" not in (log.read_text() if log.exists() else ""):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(pid, signal.SIGINT)
    assert wait(pid) == 130, log.read_text()
    assert "interrupted; what was graded before is kept" in log.read_text()
    _gone(pid)
    said = len(log.read_text())
    pid = start(root)
    assert wait(pid) == 0, log.read_text()
    told = re.search(rf"(\d+) of {CLASS} are unchanged and keep their marks", log.read_text()[said:])
    assert told is not None
    assert int(told[1]) >= 12
    assert marks_in(root) == marks
    assert report_of(root, pid) == scores
