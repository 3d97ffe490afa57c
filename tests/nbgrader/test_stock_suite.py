"""nbgrader's own tests of autograding, which ship with it, in a course whose configuration is the one line.

Left out are those of its tests that never run a cell (databases, lists, exchange, release, ``--no-execute``) and a
few that repeat one that is here with another option: they take minutes, nearly all of them in stock commands.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
CONFIG = """
from autograder.integrations.nbgrader import use
c = get_config()
use(c)
"""
AUTOGRADE = "nbgrader.tests.apps.test_nbgrader_autograde::TestNbGraderAutograde"
# What they prove: marks, a known exploit, times, files beside, files that a cell makes, hidden tests, submissions that
# are broken or missing, kernels, time limits.
TOUCHED = (
    "test_grade", "test_showtraceback_exploit", "test_grade_timestamp", "test_grade_overwrite_files_subdirs",
    "test_side_effects", "test_hidden_tests_single_notebook", "test_handle_failure", "test_grade_missing_notebook",
    "test_missing_source_kernelspec", "test_infinite_loop", "test_autograde_timeout",
)  # fmt: skip
FAILS: dict[str, str] = {}  # a test of TOUCHED and why it fails with this engine


@pytest.mark.slow
def test_stock_suite(tmp_path: Path) -> None:
    """All pass but for those that are named, with their reasons, in ``FAILS``."""
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY), "JUPYTER_CONFIG_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "-p", "no:warnings", "--pyargs"]
    command += [f"{AUTOGRADE}::{name}" for name in TOUCHED]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=540, check=False
    )
    passed = set(re.findall(r"^PASSED .*::(\w+)", done.stdout, re.MULTILINE))
    assert set(TOUCHED) - passed == set(FAILS), done.stdout[-8000:]
