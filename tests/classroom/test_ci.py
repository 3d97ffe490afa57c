"""The run in a student's CI when the checking hangs, ends, or never starts."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

import pytest

from autograder.integrations.classroom import supervised
from autograder.integrations.classroom.ci import check_in_ci

from .conftest import ASSIGNMENT, ROOT, load_json


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook in a workspace with the runner's files."""
    path = tmp_path / f"{ASSIGNMENT}.ipynb"
    path.write_text((ROOT / "release" / ASSIGNMENT / path.name).read_text("utf-8"), "utf-8")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    return path


def outputs(folder: Path) -> dict[str, str]:
    """What the step gave on."""
    return dict(line.partition("=")[::2] for line in (folder / "output").read_text("utf-8").splitlines())


def reported(folder: Path) -> dict[str, object]:
    """The Classroom reporter's object."""
    told: dict[str, object] = json.loads(base64.b64decode(outputs(folder)["result"]))
    return told


def test_out_of_time_is_a_valid_result_without_points(notebook: Path, tmp_path: Path) -> None:
    """Every question is there, as out of time; nothing was said to have passed."""
    assert check_in_ci(notebook, tmp_path / "results", 0.2) == 0
    told = reported(tmp_path)
    assert told["status"] == "fail"
    assert told["max_score"]
    assert isinstance(told["tests"], list)
    assert sum(test["score"] for test in told["tests"]) == 0
    assert outputs(tmp_path)["score"] == "0"
    assert "time" in (tmp_path / "summary.md").read_text("utf-8")
    assert {test["status"] for test in load_json(tmp_path / "results" / "result.json")["tests"]} == {"timeout"}


@pytest.mark.parametrize("program", ["import os; os._exit(3)", "import os; os.kill(os.getpid(), 9)", "1 / 0"])
def test_a_crash_is_a_valid_result_without_a_mark(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    """The checking ends: it is not the student's zero."""
    crashing = tmp_path / "python"
    crashing.write_text(f"#!{sys.executable}\n{program}\n")
    crashing.chmod(0o755)
    monkeypatch.setattr(supervised.sys, "executable", str(crashing))
    assert check_in_ci(notebook, tmp_path / "results", 60) == 1
    told = reported(tmp_path)
    assert (told["status"], told["max_score"]) == ("error", 0)
    assert told["tests"]
    assert outputs(tmp_path)["score"] == ""
    assert "not the student's fault" in (tmp_path / "summary.md").read_text("utf-8")


def test_a_crash_after_some_questions_keeps_what_was_told(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines that were written before are kept, half a line is not; time that is over costs the rest."""
    slow = tmp_path / "python"
    line = {
        "id": "n_updates", "score": 0.5, "outcome": "correct", "mistake": None, "message": "Correct.", "passed": [True],
    }  # fmt: skip
    told = json.dumps(line) + '\n{"id": "sg'
    program = f"import os, sys, time; os.write(int(sys.argv[-1]), {told!r}.encode()); time.sleep(60)"
    slow.write_text(f"#!{sys.executable}\n{program}\n")
    slow.chmod(0o755)
    monkeypatch.setattr(supervised.sys, "executable", str(slow))
    assert check_in_ci(notebook, tmp_path / "results", 3) == 0
    assert outputs(tmp_path)["score"] == "0.5"


def test_a_file_that_is_not_there(tmp_path: Path, notebook: Path) -> None:
    """The student deleted or renamed it: said in one line, with a valid result."""
    notebook.unlink()
    assert check_in_ci(notebook, tmp_path / "results", 60) == 1
    assert reported(tmp_path)["tests"]
    assert "no such file" in (tmp_path / "summary.md").read_text("utf-8")
