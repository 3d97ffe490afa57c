"""``nbgrader validate``, the real command, on a notebook that is right in one place and not yet in the others."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.course.assignment import load_assignment

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
ASSIGNMENT = "03-parameter-counting"


def handed_out(folder: Path, answers: dict[str, str]) -> Path:
    """The released notebook with ``answers`` in it."""
    node = nbformat.read(ROOT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    for cell in node.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(name, cell.source)
    path = folder / f"{ASSIGNMENT}.ipynb"
    nbformat.write(node, path)
    return path


def validate(path: Path, python_path: Path) -> str:
    """What the command prints, with the package that stands in ``python_path``."""
    environment = os.environ | {
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(python_path),
        "JUPYTER_CONFIG_DIR": str(path.parent / "config"),
    }
    done = subprocess.run(
        [PROGRAMS / "nbgrader", "validate", path.name],
        cwd=path.parent, env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "partial credit" not in done.stderr, "nbgrader warns of results that are no points"
    return done.stdout


@pytest.mark.parametrize("machine", ["student", "instructor"])
def test_validate_says_what_is_not_right_yet(
    machine: str, tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the words of ``check``, with the student's wheel alone and in a course with its gradebook."""
    bank = load_assignment(ASSIGNMENT)
    right, wrong = bank.question("count_linear"), bank.question("count_mlp")
    mistake = next(iter(wrong.answers.mistakes))
    path = handed_out(
        tmp_path,
        {
            "count_linear": right.answers.imports + right.answers.reference.source,
            "count_mlp": wrong.answers.imports + mistake.source,
        },
    )
    package = ROOT
    if machine == "student":
        package = request.getfixturevalue("installed")
    else:
        for name in ("nbgrader_config.py", "gradebook.db"):
            shutil.copy(ROOT / name, tmp_path)
    said = validate(path, package)
    assert "Success" not in said
    blanks = [question.id for question in bank.questions if question.id not in ("count_linear", "count_mlp")]
    assert f"VALIDATION FAILED ON {len(blanks) + 1} CELL(S)" in said
    assert 'check("count_linear")' not in said
    for name in blanks:
        assert f"{name}: not attempted yet" in said
    assert "count_mlp: " in said
    flat = re.sub(r"\s+", " ", said)
    assert mistake.says in flat
    assert "Traceback" not in said
    assert "autograder/" not in said
