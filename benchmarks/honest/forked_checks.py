"""``autograder check`` of many notebooks, each in a fork of a process that has imported what it needs.

Usage: python -m benchmarks.honest.forked_checks NOTEBOOK... (it writes NOTEBOOK.checked beside each)
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from pathlib import Path

from autograder.student.notebook_run import run

LONGEST = 120.0  # seconds for one notebook: the slowest of the corpus takes five


def checked(path: Path) -> None:
    """Check one notebook in a fork, and write down what it prints."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            out = os.open(f"{path}.checked", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(out, 1)
            os.dup2(out, 2)
            code = run(str(path))
            sys.stdout.flush()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    until = time.monotonic() + LONGEST
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > until:
            os.kill(child, 9)
            os.waitpid(child, 0)
            return
        time.sleep(0.02)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        checked(Path(name))
