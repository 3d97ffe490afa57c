"""Packages that start threads, and devices that nobody may ask for: nothing of it reaches a fork."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import threading
import time
import venv
from pathlib import Path

import pytest

import autograder
from autograder.sandbox.namespaces import in_child
from autograder.worker import alone
from autograder.worker.alone import go_on_alone, thread_names

ROOT = Path(autograder.__file__).parents[1]
WITH_PYARROW = "AUTOGRADER_PYARROW"  # a folder site-packages with pyarrow and polars, which .ci/run installs
linux_only = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are seen on Linux only")

THREAD_AT_IMPORT = """
import threading
lock = threading.Lock()
def work():
    while True:
        with lock:
            done.wait(0.01)
done = threading.Event()
threading.Thread(target=work, name="busy", daemon=True).start()
"""
# Grades a right and a wrong answer, and prints what they got and how many threads their fork had.
GRADE = """
import json, sys, tempfile
from pathlib import Path
import nbformat
from autograder.authoring.verify.engine import notebook_of
from autograder.course.layout import Course
from autograder.grader.grader import Grader
from autograder.submission.find import Submission
from nbformat.v4 import new_code_cell
root = Path(tempfile.mkdtemp())
(root / ".autograder").mkdir()
(root / ".autograder" / "seed").write_text("7")
TABLE = "import pandas as pd\\ntable = pd.DataFrame({'a': ['x', 'y', 'x'], 'b': [1.0, 2.0, 3.0]})"
TABLE += "\\nprint(table.groupby('a').b.sum())"
THREADS = "print(open('/proc/self/status').read().split('Threads:')[1].split()[0])"
results = []
with Grader("03-parameter-counting", Course(root), seed=7) as grader:
    wrong = {q.id: q.answers.mistakes[0] for q in grader.assignment.questions}
    for name, chosen in (("right", {}), ("wrong", wrong)):
        notebook = notebook_of(grader.assignment, chosen)
        notebook.cells[:0] = [new_code_cell(THREADS), new_code_cell(TABLE)]
        path = root / f"{name}.ipynb"
        nbformat.write(notebook, path)
        grade = grader.grade_one(Submission(name, grader.assignment.name, path))
        results.append([[q.id, q.score, q.outcome, q.mistake_name] for q in grade.questions])
        results.append([[o["text"] for o in cell.outputs] for cell in grade.cells[:2]])
        results.append(grade.isolation)
    grader._zygote._log.seek(0)
    results.append(grader._zygote._log.read().decode())
print(json.dumps(results))
"""


def python_beside(folder: Path, *lines: str) -> Path:
    """An environment of its own beside this one, with more lines in its path file."""
    venv.create(folder, with_pip=False)
    (here,) = (path for path in sys.path if (Path(path) / "torch").is_dir())
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "beside.pth").write_text("\n".join([here, str(ROOT), *lines]) + "\n")
    return folder / "bin" / "python"


def graded_by(python: Path | str) -> list[object]:
    """What the interpreter's environment gives for two notebooks."""
    done = subprocess.run([str(python), "-c", GRADE], capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr
    results: list[object] = json.loads(done.stdout)
    return results


@pytest.fixture(scope="module")
def as_usual() -> list[object]:
    return graded_by(sys.executable)


@linux_only
@pytest.mark.slow
def test_a_package_that_starts_a_thread_at_import_changes_no_mark(tmp_path: Path, as_usual: list[object]) -> None:
    (tmp_path / "threads_at_import.py").write_text(THREAD_AT_IMPORT)
    python = python_beside(tmp_path / "environment", str(tmp_path), "import threads_at_import")
    *graded, log = graded_by(python)
    assert "a fork beside the threads" in str(log)
    assert graded == as_usual[:-1]
    assert "full" in graded or "partial" in graded


@linux_only
@pytest.mark.slow
@pytest.mark.skipif(WITH_PYARROW not in os.environ, reason=f"not run: {WITH_PYARROW} names no folder with pyarrow")
def test_pandas_with_pyarrow_gives_the_same_marks(tmp_path: Path, as_usual: list[object]) -> None:
    python = python_beside(tmp_path / "environment", os.environ[WITH_PYARROW], "import polars")
    *graded, log = graded_by(python)
    assert "jemalloc" in str(log), "this pyarrow starts no thread, so this shows nothing"
    assert graded == as_usual[:-1]
    assert importlib.util.find_spec("pyarrow") is None, "both were graded with pyarrow"


@linux_only
def test_what_goes_on_has_one_thread_and_the_others_are_named() -> None:
    def beside_threads(answer: int) -> list[object]:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        before = len(thread_names())
        again: list[str] = []
        left = go_on_alone([answer], lambda: again.append("done again"))
        return [before, len(left), thread_names(), again]

    assert in_child(beside_threads) == [1, 1, [], ["done again"]]


@linux_only
def test_a_process_with_one_thread_goes_on_itself() -> None:
    assert in_child(lambda answer: go_on_alone([answer], lambda: 1 / 0)) == []


@linux_only
def test_a_lock_that_is_held_at_the_fork_ends_the_start_and_no_submission(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "_SECONDS", 1)

    def stuck(answer: int) -> None:
        lock = threading.Lock()
        taken = threading.Event()

        def hold() -> None:
            with lock:
                taken.set()
                time.sleep(60)

        threading.Thread(target=hold, daemon=True).start()
        taken.wait()
        go_on_alone([answer], lambda: lock.acquire() and None)

    started = time.monotonic()
    with pytest.raises(ChildProcessError, match="the child ended with"):
        in_child(stuck)
    assert time.monotonic() - started < 30


# A back end of devices that has one device: the first backward() of a process finds it and starts its thread.
ASKED = """
import tempfile, torch
from torch.utils.backend_registration import _setup_privateuseone_for_python_backend

class Hook(torch._C._acc.PrivateUse1Hooks):
    def is_available(self): asked.append("is it available"); return True
    def has_primary_context(self, index): asked.append("has it a context"); return True
    def is_built(self): asked.append("is it built"); return True

class Module:
    def is_available(self): asked.append("is the module available"); return True
    def device_count(self): asked.append("how many"); return 1
    def current_device(self): asked.append("which"); return 0
    def is_initialized(self): asked.append("is it started"); return False
    def _is_in_bad_fork(self): return False
    def manual_seed_all(self, seed): asked.append("seed")

asked = []
_setup_privateuseone_for_python_backend("elsewhere", Module(), Hook())
counted = []
torch.cuda.device_count = lambda: counted.append(1) or 0
from autograder.worker.alone import thread_names
from autograder.worker.warm_up import warm_up
before = thread_names()
warm_up(False, tempfile.mkdtemp())
assert not asked and not counted, f"a device was asked for: {asked}, {counted}"
assert thread_names() == before, f"threads were started: {thread_names()}"
optimizer = torch.optim.Adam([torch.ones(2, requires_grad=True)])
torch.accelerator.is_available()
assert asked, "the stand-in notices nothing"
torch.ones(2, requires_grad=True).sum().backward()
assert len(thread_names()) > len(before), "the stand-in has no device"
"""


@linux_only
@pytest.mark.slow
def test_no_gradient_and_no_device_before_the_fork() -> None:
    pytest.importorskip("torch")
    import torch

    if not hasattr(torch._C, "_acc"):
        pytest.skip(f"not run: torch {torch.__version__} lets no device be registered from Python")
    done = subprocess.run(
        [sys.executable, "-c", ASKED], capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
