"""The autograder of one assignment for Classroom 50: visible checks, and nothing secret, as all can read bundles.

Runs in the student's checkout and writes ``./result.json``; exits with 0 unless the machinery itself failed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

NOTEBOOK = "@NOTEBOOK@"
HERE = Path(__file__).resolve().parent
SECONDS = "540"  # Classroom 50 ends a run after 15 minutes, and installing takes some of them


def main() -> int:
    """Install the checks into an environment of their own, run them, and put the result where it is looked for."""
    scratch = Path(tempfile.mkdtemp(prefix="autograder-", dir=os.environ.get("RUNNER_TEMP")))
    python = _environment(scratch / "venv")
    results = scratch / "results"
    # -P: nothing in the student's checkout is imported.
    command = [
        python,
        "-P",
        "-m",
        "autograder.integrations.classroom.ci",
        NOTEBOOK,
        "--results",
        str(results),
        "--seconds",
        SECONDS,
    ]
    subprocess.run(command, env=os.environ | {"SUBMITTED_AT": _submitted()}, check=False)
    if not (results / "result.json").is_file():
        return 1
    shutil.copyfile(results / "result.json", "result.json")
    return 0


def _environment(folder: Path) -> str:
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--requirement", str(HERE / "requirements-ci.txt")], cwd=HERE, check=True)
    return python


def _submitted() -> str:
    """When the graded commit was made: it stays the same when it is graded again."""
    command = ["git", "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"]
    done = subprocess.run(command, env=os.environ | {"TZ": "UTC"}, capture_output=True, text=True, check=False)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
