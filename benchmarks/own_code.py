"""CPU seconds that the cells of a class's notebooks take by themselves, each notebook in a fork of a warm interpreter.

Nothing is confined and nothing is judged: this is what no grader that runs notebooks can do without.

Usage: python benchmarks/own_code.py NOTEBOOK...
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from pathlib import Path

from autograder.submission.notebook import read_notebook
from autograder.worker.shell import run_cell
from autograder.worker.warm_up import warm_up


def main(paths: list[str]) -> None:
    """Print the seconds of each notebook."""
    with tempfile.TemporaryDirectory(prefix="profile-") as profile:
        shell = warm_up(cuda=False, profile=profile)
    gc.collect()
    gc.freeze()
    for path in paths:
        notebook = read_notebook(Path(path))
        seconds, told = os.pipe()
        if os.fork() == 0:
            started = time.process_time()
            for number, cell in enumerate(notebook.code, 1):
                run_cell(shell, cell.source, number)
            os.write(told, f"{time.process_time() - started:.4f}".encode())
            os._exit(0)
        os.wait()
        print(os.read(seconds, 100).decode())
        os.close(seconds)
        os.close(told)


if __name__ == "__main__":
    main(sys.argv[1:])
