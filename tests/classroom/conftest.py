"""A course, the student's wheels, a template repository, and submissions of every kind made from it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.cli import main
from autograder.course.assignment import load_assignment
from autograder.integrations.classroom.template import build_wheels

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = "06-manual-weight-updates"
IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@localhost", "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@localhost", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
}  # fmt: skip
NotebookText = Callable[..., str]


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The teacher's repository, as far as grading needs it, with a known seed."""
    root = tmp_path_factory.mktemp("teacher") / "course"
    for part in ("source", "release", "datasets"):
        shutil.copytree(ROOT / part, root / part)
    for part in ("nbgrader_config.py", "constraints.txt"):
        shutil.copy(ROOT / part, root)
    (root / ".autograder").mkdir()
    (root / ".autograder" / "seed").write_text("2026")
    return root


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the two wheels, built as `autograder classroom template` builds them."""
    return build_wheels(tmp_path_factory.mktemp("wheels"))


@pytest.fixture(scope="session")
def template(checkout: Path, wheels: Path) -> Path:
    """A template repository, made by the command."""
    folder = checkout.parent / "template"
    assert command(checkout, "classroom", "template", ASSIGNMENT, str(folder), "--wheels", str(wheels)) == 0
    return folder


@pytest.fixture(scope="session")
def notebook_text() -> NotebookText:
    """The text of a submission: right answers but for those that are given; ``first`` is a cell added at the top."""
    assignment = load_assignment(ASSIGNMENT)
    right = {q.id: q.answers.imports + q.answers.reference.source for q in assignment.questions}

    def make(answers: Mapping[str, str] | None = None, first: str = "") -> str:
        cells = right | dict(answers or {})
        notebook = nbformat.read(ROOT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if cells.get(grade_id):
                cell.source = cells[grade_id]
        if first:
            notebook.cells.insert(0, nbformat.v4.new_code_cell(first, id="added"))
        return str(nbformat.writes(notebook))

    return make


def mistake(question: str, name: str) -> dict[str, str]:
    """The answer of a named mistake, for ``notebook_text``."""
    answers = load_assignment(ASSIGNMENT).question(question).answers
    return {question: answers.imports + answers.mistake(name).source}


def command(folder: Path, *arguments: str) -> int:
    """Run the command line in ``folder`` and in this process, which has torch already; its exit code."""
    with contextlib.chdir(folder):
        return main(arguments)


def autograder(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in ``folder``."""
    program = Path(sys.executable).with_name("autograder")
    return subprocess.run(
        [program, *arguments], cwd=folder, env=os.environ | environment, capture_output=True, text=True, timeout=300
    )


def git(folder: Path, *arguments: str, date: str = "2026-10-01T12:00:00+00:00") -> str:
    """Run git as a student would, at a given time."""
    times = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=os.environ | IDENTITY | times, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, files: Mapping[str, str], date: str, branch: str = "main") -> str:
    """Commit files, in a repository that is made if it is not there; the commit's name."""
    if not (folder / ".git").exists():
        folder.mkdir(parents=True, exist_ok=True)
        git(folder, "init", "--quiet", f"--initial-branch={branch}")
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "work", date=date)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="session")
def runner_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `actions/setup-python` would make: pip, with PyTorch as if from the cache, and nothing of the course."""
    folder = tmp_path_factory.mktemp("runner") / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    inside = subprocess.run(
        [folder / "bin" / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    # A plain line: what is installed here is importable, while the course's own editable install is not.
    Path(inside.stdout.strip(), "installed-before.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


def load_json(path: Path) -> Any:
    """The content of a JSON file."""
    return json.loads(path.read_text("utf-8"))
