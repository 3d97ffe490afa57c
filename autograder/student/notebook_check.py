"""``autograder check NOTEBOOK``: a student's own visible checks from the command line, on every system.

The notebook runs in a Python process of its own, without confinement: it is the student's own code on
the student's own computer. Grading, of other people's code, never goes this way.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

CHECKED, NOT_CHECKED, USAGE = 0, 1, 2
OWN = "AUTOGRADER_RECORDED_CHECKS"  # as in recorded.py, which imports torch


def check_notebook(path: Path, own: Path | None = None) -> int:
    """Run a notebook and print the verdict on each of its questions.

    Args:
        own: the folder with what a course has recorded for itself, in place of what the package ships.

    Returns:
        0 if every question's visible checks are right; 1 if one is not yet, or it is no notebook of this course; 2 if
        it is not there.
    """
    if not path.is_file():
        print(f"autograder: there is no notebook {path}", file=sys.stderr)
        return USAGE
    program = f"import sys; from autograder.student.notebook_run import run; sys.exit(run({str(path.resolve())!r}))"
    environment = os.environ if own is None else {**os.environ, OWN: str(own)}
    try:
        return subprocess.run([sys.executable, "-c", program], env=environment).returncode
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return NOT_CHECKED


def main(arguments: Sequence[str] | None = None) -> int:
    """The command ``autograder`` of the student's package, which knows ``check`` alone."""
    parser = argparse.ArgumentParser(prog="autograder", description="Your own, visible checks of one notebook.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    check = commands.add_parser("check", help="run a notebook and check every question in it")
    check.add_argument("notebook", type=Path)
    return check_notebook(parser.parse_args(arguments).notebook)


if __name__ == "__main__":
    sys.exit(main())
