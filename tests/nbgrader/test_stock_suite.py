"""nbgrader's own tests, which ship with it, pass with this course's configuration."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
# One test of each kind; the whole file takes many minutes, most of them in stock commands.
SUBSET = "test_grade_timestamp or showtraceback or infinite_loop or autograde_timeout or hidden_tests_single"


@pytest.mark.slow
def test_stock_suite(tmp_path: Path) -> None:
    """Scores, hidden tests, time limits and a known exploit, as nbgrader's authors test them."""
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY), "JUPYTER_CONFIG_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:warnings", "--pyargs"]
    command += ["nbgrader.tests.apps.test_nbgrader_autograde", "-k", SUBSET]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=540)
    assert done.returncode == 0, done.stdout[-6000:]
    assert re.search(r"\b5 passed", done.stdout), done.stdout[-2000:]
