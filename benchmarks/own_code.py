"""CPU seconds of notebooks by themselves, each in a fork of a warm interpreter: of the cells, and then with the calls.

Nothing is confined and nothing is judged: this is what no grader that runs notebooks and calls their functions can do
without. The calls are those that the reference gets from every grading test.

Usage: python benchmarks/own_code.py ASSIGNMENT NOTEBOOK...
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from autograder.course.assignment import load_assignment
from autograder.grader.reference_runs import Truth
from autograder.protocol.decoder import decode
from autograder.protocol.encoder import encode
from autograder.remote.objects import Objects
from autograder.remote.request_state import fresh
from autograder.submission.notebook import Notebook, read_notebook
from autograder.worker.shell import run_cell
from autograder.worker.warm_up import warm_up


def calls_of(assignment: str) -> list[list[bytes]]:
    """For each grading test of the assignment the requests that it makes."""
    found = []
    for question in load_assignment(assignment).questions:
        truth = Truth(question, seed=1)
        for test in question.tests:
            if not test.cuda:
                found.append([request for request, _ in truth.log(test, truth.seed_for(test))])
    return found


def answer(shell: Any, calls: list[list[bytes]], scratch: Path) -> None:
    """Make all calls, as data in and data out."""
    objects = Objects(shell.user_ns, scratch)
    with fresh():
        for test in calls:
            for number, body in enumerate(test):
                request = {**decode(body), "forget": number == 0, "seconds": 10.0}
                encode(objects.answer(request), objects.keep)


def measured(shell: Any, notebook: Notebook, calls: list[list[bytes]], scratch: Path) -> str:
    """The seconds of one notebook's cells, and of its cells and all calls, in this process."""
    started = time.process_time()
    for number, cell in enumerate(notebook.code, 1):
        run_cell(shell, cell.source, number)
    cells = time.process_time() - started
    answer(shell, calls, scratch)
    return f"{cells:.4f} {time.process_time() - started:.4f}"


def main(assignment: str, paths: list[str]) -> None:
    """Print the two numbers of each notebook; the fork and its end count with the second."""
    with tempfile.TemporaryDirectory(prefix="profile-") as profile:
        shell = warm_up(cuda=False, profile=profile)
    calls, names = calls_of(assignment), load_assignment(assignment).names
    gc.collect()
    gc.freeze()
    for path in paths:
        notebook = read_notebook(Path(path), names)
        seconds, told = os.pipe()
        before = time.process_time()
        child = os.fork()
        if child == 0:
            with tempfile.TemporaryDirectory() as scratch:
                os.chdir(scratch)
                os.write(told, measured(shell, notebook, calls, Path(scratch)).encode())
            os._exit(0)
        _pid, _status, used = os.wait4(child, 0)
        cells, _all = os.read(seconds, 100).split()
        print(float(cells), used.ru_utime + used.ru_stime + time.process_time() - before)
        os.close(seconds)
        os.close(told)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
