"""Graders side by side share one start, and depend on each other for nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course.layout import Course
from autograder.grader.policy import sandbox_policy
from autograder.grader.side_by_side import can_share
from autograder.sandbox.preconditions import ConfinementError
from autograder.session.supervisor import SandboxError, Zygote
from tests.conftest import SEED, NotebookOf

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux only: not run")

# In a process of its own, for this one may run threads. It grades four with two graders, kills every warm interpreter,
# and grades four more.
CLASS = """
import os
os.environ["OPENBLAS_NUM_THREADS"] = "1"
import json, signal, sys, time
from pathlib import Path
from autograder.commands.grade import Settings, grade_all, graders_for
from autograder.submission.find import Submission


def interpreters_of(pid):
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes()
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        # what the zygote is started with, in two pieces: the graders' own command line holds this text
        if b"import main; " + b"main(" in words and parent == pid:
            found += [int(folder.name), *interpreters_of(int(folder.name))]
    return found


root, seed, *paths = sys.argv[1:]
settings = Settings("03-parameter-counting", Path(root), "cpu", int(seed), trusted=False)
submissions = [Submission(Path(path).stem, settings.assignment, Path(path)) for path in paths]
with graders_for(settings, len(submissions), 2, None) as executor:
    first = {r.student: r.score for r in grade_all(executor, settings, submissions, 2)}
    started = interpreters_of(os.getpid())
    for pid in started:
        os.kill(pid, signal.SIGKILL)
    second = {r.student: r.score for r in grade_all(executor, settings, submissions, 2)}
time.sleep(0.5)
left = [pid for pid in started if Path(f"/proc/{pid}").exists()]
print(json.dumps([first, second, len(started), left]))
"""


def test_two_graders_share_a_start_and_each_goes_on_without_it(
    course: Course, write: Callable[..., Path], notebook_of: NotebookOf
) -> None:
    wrong = {"count_linear": "def count_linear(n_in, n_out):\n    return n_in * n_out"}
    paths = [write(notebook_of(wrong if name in "cd" else None), name) for name in "abcd"]
    command = [sys.executable, "-c", CLASS, str(course.root), str(SEED), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    first, second, interpreters, left = json.loads(done.stdout)
    assert first["a"] == first["b"] > first["c"] == first["d"]
    assert second == first, "what was killed is started again, by each for itself"
    assert interpreters == 3, "one that was started, and a copy for each grader"
    assert left == []


def test_why_a_start_failed_is_told_to_each(course: Course) -> None:
    first = Zygote(replace(sandbox_policy(course, "cpu"), disabled=("no such layer",)))
    copies = [first.copy(), first.copy()]
    first.begin()
    for zygote in (*copies, first):
        with pytest.raises(ConfinementError, match="no such layer"):
            zygote.wait()
    for zygote in (*copies, first):
        zygote.close()


def test_a_copy_of_what_ended_says_so(course: Course) -> None:
    first = Zygote(sandbox_policy(course, "cpu"))
    copy = first.copy()
    first.begin()
    assert first._process is not None
    os.kill(first._process.pid, signal.SIGKILL)
    with pytest.raises(SandboxError, match="ended"):
        copy.wait()
    first.close()


def test_a_process_is_forked_only_where_that_is_safe() -> None:
    alone = can_share(2, "cpu")
    assert not can_share(1, "cpu"), "one grader is this process"
    assert not can_share(2, "cuda"), "CUDA does not survive a fork"
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    assert not can_share(2, "cpu"), "a thread may hold a lock"
    stop.set()
    thread.join()
    assert can_share(2, "cpu") is alone
