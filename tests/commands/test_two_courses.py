"""Two courses on one installation: what one records is in its own folder, its wheels and its sandbox, nowhere else."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from autograder.student.recorded import GENERATED, questions_in, recorded_questions

ROOT = Path(__file__).resolve().parents[2]
NAME = "03-parameter-counting"
OURS, THEIRS = "Draw 3 inputs and 2 outputs", "This term, draw 3 inputs and 2 outputs"


def digest(folder: Path) -> str:
    """Of every file's name and content."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        found.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return found.hexdigest()


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """A copy of the package in which the bank was changed after its checks were recorded."""
    site = tmp_path / "site"
    ignored = shutil.ignore_patterns("__pycache__")
    for part in ("autograder", "packaging"):
        shutil.copytree(ROOT / part, site / part, ignore=ignored)
    question = site / "autograder" / "bank" / "parameter_counting" / "count_linear.py"
    question.write_text(question.read_text("utf-8").replace(OURS, THEIRS), "utf-8")
    return site


@pytest.fixture
def command(installation: Path) -> Callable[..., str]:
    """Runs ``autograder`` of that installation in a course; what it says."""

    def run(course: Path, *arguments: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(installation), "PYTHONDONTWRITEBYTECODE": "1"}
        line = [sys.executable, "-m", "autograder", *arguments]
        done = subprocess.run(line, cwd=course, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def new_course(folder: Path) -> Path:
    """A course that has that assignment, and a submission that asks for a hint."""
    for part in ("source", "release"):
        shutil.copytree(ROOT / part / NAME, folder / part / NAME)
    for part in ("nbgrader_config.py", "gradebook.db", "constraints.txt"):
        shutil.copy(ROOT / part, folder)
    notebook = nbformat.read(folder / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    notebook.cells = [notebook.cells[0], new_code_cell("from autograder import hint\nhint('count_linear')", id="ask")]
    (folder / "submitted" / "ada" / NAME).mkdir(parents=True)
    nbformat.write(notebook, folder / "submitted" / "ada" / NAME / f"{NAME}.ipynb")
    return folder


@pytest.mark.slow
def test_what_a_course_records_is_its_own(
    installation: Path, command: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its release, its students' wheels, what `check` and `hint` say in its sandbox; the other course sees none."""
    first, second = new_course(tmp_path / "first"), new_course(tmp_path / "second")
    before = digest(installation), digest(second)
    command(first, "release", NAME)
    assert (digest(installation), digest(second)) == before
    own = first / "recorded_checks"
    assert THEIRS in (own / "cases" / f"{NAME}.json").read_text("utf-8")
    assert sorted(path.name for path in (own / "visible").iterdir()) == ["parameter_counting"]

    for course, said, unsaid in ((first, THEIRS, OURS), (second, OURS, THEIRS)):
        command(course, "grade", NAME)
        shown = (course / "autograded" / "ada" / NAME / f"{NAME}.ipynb").read_text("utf-8")
        assert said in shown
        assert unsaid not in shown
        command(course, "classroom", "wheels", str(course / "wheels"))
        (wheel,) = (course / "wheels").glob("firststeps_autograder_student-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            recorded = archive.read(f"autograder/student/generated/cases/{NAME}.json").decode("utf-8")
            assert "autograder/student/generated/visible/tensors/__init__.py" in archive.namelist()
        assert said in recorded
        assert unsaid not in recorded

    assert recorded_questions() is questions_in(GENERATED)
    monkeypatch.setenv("AUTOGRADER_RECORDED_CHECKS", str(own))
    known = recorded_questions()
    assert list(known) == list(questions_in(GENERATED))
    assert known["count_linear"].hints[0].startswith(THEIRS)
    test = known["count_linear"].tests[0]
    assert known["count_linear"].function(test).__code__.co_filename.startswith(str(own))
    assert known["softmax"] == questions_in(GENERATED)["softmax"]
