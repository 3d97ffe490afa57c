"""The teacher-side workflow, step by step from its YAML, on ten repositories with histories of every kind."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

from .actions import checkout as check_out
from .actions import setup_python, upload_artifact
from .conftest import ASSIGNMENT, ROOT, NotebookText, autograder, commit, git, load_json, mistake
from .runner import Runner

FILE = f"{ASSIGNMENT}.ipynb"
EARLY, LATE, DEADLINE = "2026-10-01T12:00:00+00:00", "2026-11-05T12:00:00+00:00", "2026-10-31T23:59+00:00"
MARKER = "import pathlib\npathlib.Path({!r}).joinpath(pathlib.Path(__file__).name).touch()\n"


@pytest.fixture(scope="module")
def traces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where everything that must not run would leave a trace."""
    return tmp_path_factory.mktemp("traces")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory, notebook_text: NotebookText, traces: Path) -> Path:
    """The organisation: ten repositories of this assignment, and one that is none."""
    root = tmp_path_factory.mktemp("organisation")
    right, blank = notebook_text(), (ROOT / "release" / ASSIGNMENT / FILE).read_text("utf-8")
    ascent = notebook_text(mistake("sgd_step", "ascent"))
    marker = MARKER.format(str(traces))

    def repository(student: str) -> Path:
        return root / f"{ASSIGNMENT}-{student}"

    commit(repository("ada"), {FILE: right}, EARLY)
    commit(repository("bob"), {FILE: ascent}, EARLY, branch="master")
    commit(repository("bob"), {FILE: right}, LATE)  # right, but too late
    commit(repository("cyd"), {FILE: blank}, EARLY, branch="trunk")
    git(repository("cyd"), "checkout", "--quiet", "-b", "attempt")
    commit(repository("cyd"), {FILE: right}, EARLY)
    git(repository("cyd"), "checkout", "--quiet", "trunk")
    git(repository("cyd"), "merge", "--quiet", "--no-ff", "--message", "merge", "attempt")  # right by a merge
    commit(repository("dan"), {FILE: right}, EARLY, branch="my/work")
    git(repository("dan"), "rm", "--quiet", FILE)
    commit(repository("dan"), {"README.md": "gone"}, LATE)  # deleted after the deadline
    commit(repository("eve"), {
        FILE: blank, "conftest.py": marker, "sitecustomize.py": marker, "pytest.ini": "[pytest]\npythonpath = .\n",
        "torch.py": marker, f"{ASSIGNMENT}/notes.txt": "", "autograder/__init__.py": marker,
    }, EARLY)  # fmt: skip
    commit(repository("fay"), {"README.md": "x"}, EARLY)
    (repository("fay") / FILE).symlink_to(f"../../../course/solutions/{ASSIGNMENT}/{FILE}")
    commit(repository("fay"), {}, EARLY)
    commit(repository("gil"), {FILE: "{ no notebook"}, EARLY)
    commit(repository("hal"), {FILE: right}, LATE)  # nothing by the deadline
    commit(repository("ida"), {FILE: right, ".gitattributes": "*.ipynb filter=evil diff=evil\n"}, EARLY)
    commit(repository("jon"), {f"{ASSIGNMENT}/{FILE}": right}, EARLY)
    commit(root / "another-project", {"README.md": "x"}, EARLY)
    for folder in root.iterdir():
        git(folder, "config", "receive.denyCurrentBranch", "ignore")
    return root


@pytest.fixture(scope="module")
def graded(checkout: Path, origin: Path, traces: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """The job, run to its end."""
    folder = tmp_path_factory.mktemp("teacher-run")
    programs = folder / "programs"
    programs.mkdir()
    listing = "".join(f"{path.name}\\tfile://{path}\\n" for path in sorted(origin.iterdir()))
    _program(programs / "gh", f"[ \"$1 $2\" = 'auth setup-git' ] || printf '{listing}'")
    # The grader is installed here already: pip is asked for it and answers nothing; everything else is Python.
    _program(programs / "python", f'[ "$1 $2 $3" = "-m pip install" ] || exec {sys.executable} "$@"')
    _program(programs / "nproc", "echo 1")
    for program in ("autograder", "alembic"):
        (programs / program).symlink_to(Path(sys.executable).with_name(program))
    source = folder / "source"
    shutil.copytree(checkout, source, ignore=shutil.ignore_patterns(".autograder"))
    runner = Runner(
        workspace=folder / "course",
        temp=folder / "temp",
        actions={
            "actions/checkout": check_out(source),
            "actions/setup-python": setup_python(programs),
            "actions/upload-artifact": upload_artifact,
        },
        contexts={
            "inputs": {
                "assignment": ASSIGNMENT, "before": DEADLINE, "device": "auto", "feedback-branch": "feedback",
                "runner": '["ubuntu-latest"]',
            },
            "github": {"repository_owner": "school"},
            "secrets": {"AUTOGRADER_SEED": "2026", "CLASSROOM_TOKEN": "token"},
        },
        environment={"EVIL": str(traces)},
    )  # fmt: skip
    runner.run(ROOT / ".github" / "workflows" / "grade.yml", "grade")
    return runner


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/bash\n{script}\n")
    path.chmod(0o755)


def test_every_step_runs_and_the_last_says_that_some_have_no_mark(graded: Runner) -> None:
    """Three of ten cannot be graded: the job says so at its end, after everything else was written."""
    outcomes = {step.name: step.outcome for step in graded.steps}
    assert outcomes.pop("Say whether all were graded") == "failure"
    assert set(outcomes.values()) == {"success"}, [(step.name, step.output) for step in graded.steps]


def test_the_work_at_the_deadline_is_graded(graded: Runner) -> None:
    """Whatever the branch is called, by a merge or not, and whatever came later."""
    report = load_json(graded.temp / "reports" / "grades.json")
    found = {told["student"]: told for told in report["submissions"]}
    assert sorted(found) == ["ada", "bob", "cyd", "dan", "eve", "fay", "gil", "hal", "ida", "jon"]
    full = found["ada"]["max_score"]
    assert {name: told["score"] for name, told in found.items() if told["score"] == full} == dict.fromkeys(
        ["ada", "cyd", "dan", "ida", "jon"], full
    )
    assert 0 < found["bob"]["score"] < full
    assert [q["mistake"] for q in found["bob"]["questions"] if q["id"] == "sgd_step"] == ["ascent"]
    assert found["eve"]["score"] == 0
    assert "link" in found["fay"]["error"]
    assert "not JSON" in found["gil"]["error"]
    assert "no commit by" in found["hal"]["error"]
    assert {found[name]["score"] for name in ("fay", "gil", "hal")} == {None}


def test_nothing_of_the_repositories_ran(graded: Runner, traces: Path) -> None:
    """No conftest.py, sitecustomize.py, pytest.ini, module or filter of a student's repository had an effect."""
    assert graded.steps
    assert not list(traces.iterdir())


def test_marks_reach_the_gradebook_and_the_spreadsheets(graded: Runner) -> None:
    """The gradebook and both spreadsheets say the same; who has no mark has an empty cell, or none."""
    reports = graded.artifacts[f"grades-{ASSIGNMENT}"]
    with sqlite3.connect(reports / "gradebook.db") as database:
        rows = database.execute("select student_id from submitted_assignment order by student_id").fetchall()
    assert [student for (student,) in rows] == ["ada", "bob", "cyd", "dan", "eve", "ida", "jon"]
    canvas = (reports / "canvas.csv").read_text("utf-8").splitlines()
    assert canvas[1].startswith("    Points Possible,")
    assert next(line for line in canvas if line.startswith("hal,")).endswith(",")
    assert (reports / "autograded" / "ada" / ASSIGNMENT / "timestamp.txt").read_text("ascii").startswith("2026-10-01")


def test_feedback_is_on_a_branch_of_each_repository_and_in_files(graded: Runner, origin: Path) -> None:
    """The page is on the branch, and the student's own branch is as it was."""
    page = git(origin / f"{ASSIGNMENT}-bob", "show", "feedback:FEEDBACK.md")
    assert "uphill" in page
    assert git(origin / f"{ASSIGNMENT}-bob", "rev-list", "--count", "master") == "2"
    files = graded.artifacts[f"grades-{ASSIGNMENT}"] / "feedback"
    assert (files / "gil" / f"{ASSIGNMENT}.md").read_text("utf-8").count("not JSON") == 1
    assert "bob" in graded.summary


def test_one_command_grades_a_folder_of_clones_as_they_are(checkout: Path, origin: Path, tmp_path: Path) -> None:
    """Without a deadline the files count; a link that leads out does not, and no hook is run."""
    clones = tmp_path / "clones"
    for name in ("bob", "fay"):
        source = origin / f"{ASSIGNMENT}-{name}"
        git(tmp_path, "clone", "--quiet", str(source), str(clones / f"cs-{ASSIGNMENT}-{name}"))
    solution = clones / f"cs-{ASSIGNMENT}-fay" / FILE
    solution.unlink()
    solution.symlink_to(ROOT / "solutions" / ASSIGNMENT / FILE)
    done = autograder(checkout, "grade", ASSIGNMENT, str(clones), "--no-gradebook", "--format", "json")
    assert done.returncode == 1, done.stderr
    bob, fay = json.loads(done.stdout)["submissions"]
    assert (bob["student"], bob["score"]) == ("bob", bob["max_score"])
    assert (fay["student"], fay["score"]) == ("fay", None)
    assert "leads out" in fay["error"]
    assert os.path.islink(solution)
