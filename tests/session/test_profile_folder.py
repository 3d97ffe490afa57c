"""IPython insists on a folder for its profile; none stays behind, however the warm interpreter ended."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest

from autograder.course.layout import Course
from autograder.grader.grader import Grader
from autograder.grader.policy import sandbox_policy
from autograder.session import interpreter
from autograder.session.supervisor import SandboxError, Zygote

COUNTING = "03-parameter-counting"


@pytest.fixture
def own_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files that no other process uses."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    environment = {**interpreter._clean_environment(), "TMPDIR": str(folder)}
    monkeypatch.setattr(interpreter, "_clean_environment", lambda: environment)
    return folder


def profiles(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("profile-"))


def test_a_grader_leaves_no_folder_even_if_its_interpreter_is_killed(own_tmp: Path, course: Course) -> None:
    with Grader(COUNTING, course, seed=1) as grader:
        assert grader._zygote is not None
        process = grader._zygote._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    assert profiles(own_tmp) == []


def test_an_interpreter_that_is_killed_while_it_warms_up_leaves_none(
    own_tmp: Path, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With something in the folder, as after the building of the shell."""
    boot = "import os, signal, socket, json; made = json.loads(socket.socket(fileno={fd}).recv(1 << 18))['profile']"
    boot += "; open(os.path.join(made, 'x'), 'w').close(); os.kill(os.getpid(), signal.SIGKILL) # {root!r}"
    monkeypatch.setattr(interpreter, "_BOOT", boot)
    zygote = Zygote(sandbox_policy(course, "cpu"))
    with pytest.raises(SandboxError, match="ended"):
        zygote.start()
    zygote.close()
    assert profiles(own_tmp) == []


def test_an_interpreter_ends_with_the_hand_that_holds_it(own_tmp: Path, course: Course) -> None:
    with Grader(COUNTING, course, seed=1) as grader:
        assert grader._zygote is not None
        process = grader._zygote._process
    assert process is not None
    assert process.poll() is not None
    assert profiles(own_tmp) == []
