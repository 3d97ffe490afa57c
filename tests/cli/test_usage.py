"""The command line as it is typed: exit codes, reports, and words for wrong usage."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.verify.engine import notebook_of as notebook_with
from autograder.cli import main
from autograder.course.assignment import load_assignment

ASSIGNMENT = "03-parameter-counting"
PROGRAM = Path(sys.executable).with_name("autograder")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Types a command in a fresh folder."""

    def typed(*words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(PROGRAM), *map(str, words)], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=180
        )

    return typed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A right notebook, and a file that is none."""
    assignment = load_assignment(ASSIGNMENT)
    folder = tmp_path / "handed-in"
    folder.mkdir()
    nbformat.write(notebook_with(assignment, {}), folder / "ada.ipynb")
    (folder / "carl.ipynb").write_text("not json")
    return folder


def test_what_cannot_be_graded_gives_1_and_the_rest_its_marks(run: Run, folder: Path, tmp_path: Path) -> None:
    done = run("grade", ASSIGNMENT, folder, "--no-gradebook", "--format", "json", "--output", tmp_path / "report.json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "carl: the file is not JSON" in done.stderr
    ada, carl = json.loads((tmp_path / "report.json").read_text())["submissions"]
    assert (ada["score"], carl["score"]) == (20, None)


@pytest.mark.parametrize("words", [["report", ASSIGNMENT], ["check"]])
def test_a_reader_who_has_seen_enough_meets_no_traceback(words: list[str], run: Run, folder: Path) -> None:
    """As in ``autograder ... | head -1``: the reading end of the pipe is closed."""
    graded = run("grade", ASSIGNMENT, folder / "ada.ipynb") if words[0] == "report" else None
    assert graded is None or graded.returncode == 0, graded.stderr
    reading, writing = os.pipe()
    os.close(reading)
    more = [folder / "ada.ipynb"] if words == ["check"] else []
    command = [str(PROGRAM), *words, *map(str, more)]
    done = subprocess.run(command, cwd=folder.parent, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert done.returncode == 141
    assert "Broken" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["grade", "nonsense", "."], "there is no assignment 'nonsense'"),
        (["grade", ASSIGNMENT, "nowhere"], "does not exist"),
        (["grade", ASSIGNMENT], "submitted"),
        (["grade", ASSIGNMENT, "."], "no submission"),
        (["grade", ASSIGNMENT, ".", "--device", "tpu"], "invalid choice"),
        (["grade", ASSIGNMENT, ".", "--jobs", "two"], "invalid int"),
        (["grade"], "required"),
        (["nonsense"], "invalid choice"),
        (["verify", "nonsense"], "there is no assignment"),
    ],
)
def test_wrong_usage_gives_2_and_says_what_was_wrong(
    words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        code = main(words)
    except SystemExit as stopped:  # argparse ends the program itself
        code = int(stopped.code or 0)
    told = capsys.readouterr()
    assert code == 2
    assert says in told.err
    assert "Traceback" not in told.err


def test_no_command_shows_the_help_and_gives_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "grade submissions" in capsys.readouterr().out


def test_wrong_usage_as_it_is_typed(run: Run) -> None:
    done = run("grade", "nonsense")
    assert done.returncode == 2
    course, told = done.stderr.splitlines()
    assert course.startswith("autograder: the course in ")
    assert told.startswith("autograder: there is no assignment 'nonsense' in ")
    assert "there are: 01-" in told


def test_a_gpu_that_is_not_there_is_wrong_usage(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert main(["grade", ASSIGNMENT, str(folder), "--device", "cuda", "--no-gradebook"]) == 2
    assert "--device cpu" in capsys.readouterr().err


def test_verifying_one_question(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["verify", ASSIGNMENT, "--question", "count_linear", "--seeds", "1", "--quick"]) == 0
    assert "every right answer passes" in capsys.readouterr().out


@pytest.mark.slow
def test_ctrl_c_ends_the_command_and_keeps_what_was_graded(folder: Path, tmp_path: Path) -> None:
    """Whatever the grader is doing at that moment: running a notebook, trying a mistake, or writing."""
    (folder / "carl.ipynb").unlink()
    for number in range(30):
        (folder / f"student-{number:02}.ipynb").write_bytes((folder / "ada.ipynb").read_bytes())
    with subprocess.Popen(
        [str(PROGRAM), "grade", ASSIGNMENT, str(folder)], cwd=tmp_path, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as grader:  # fmt: skip
        assert grader.stderr is not None
        seen = [grader.stderr.readline() for _ in range(5)]  # the course, and four students
        grader.send_signal(signal.SIGINT)
        rest = grader.stderr.read()
    assert grader.returncode == 130, "".join(seen) + rest
    assert "what was graded before is kept" in rest
    assert 4 <= len(list(tmp_path.glob("autograded/*/*/*.ipynb"))) < 31


@pytest.mark.parametrize(
    ("typed", "says"),
    [("2026-10-31 BST", "the zone 'BST' means nothing certain: write the offset"), ("next tuesday", "is no date such")],
)
def test_a_deadline_that_could_mean_several_things_is_refused_by_name(
    typed: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["intake", ASSIGNMENT, "--before", typed])
    assert ended.value.code == 2
    assert says in capsys.readouterr().err
