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
# What they prove: marks, a known exploit, files beside, hidden tests, broken submissions, kernels, time limits.
TOUCHED = (
    "test_grade", "test_showtraceback_exploit", "test_grade_overwrite_files_subdirs",
    "test_hidden_tests_single_notebook", "test_handle_failure", "test_missing_source_kernelspec", "test_infinite_loop",
)  # fmt: skip
FAILS: dict[str, str] = {}  # a test of TOUCHED and why it fails with this engine


# All of its tests that autograde, and those of what surrounds it, which never run our engine: every night. Those of
# autotests are left out of the second: they read a file by its place in nbgrader's own repository.
RUN_CELLS = ("apps.test_nbgrader_autograde", "apps.test_api")
NEVER = (
    "preprocessors",
    "apps.test_nbgrader_generate_feedback",
    "apps.test_nbgrader_export",
    "apps.test_nbgrader_validate",
)


def outcomes(folder: Path, *tests: str) -> dict[str, set[str]]:
    """The names of nbgrader's tests that passed, failed or were skipped, in a course with the one line."""
    (folder / "nbgrader_config.py").write_text(CONFIG)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY), "JUPYTER_CONFIG_DIR": str(folder)}
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "-p", "no:warnings"]
    command += ["-k", "not TestInstantiateTests", "--pyargs"]
    done = subprocess.run(
        [*command, *tests], cwd=folder, env=environment, capture_output=True, text=True, timeout=5400, check=False
    )
    found = re.findall(r"^(PASSED|FAILED|ERROR) .*::(\w+)", done.stdout, re.MULTILINE)
    told = {kind: {name for which, name in found if which == kind} for kind in ("PASSED", "FAILED", "ERROR")}
    assert told["PASSED"], done.stdout[-8000:] + done.stderr[-2000:]
    return told


@pytest.mark.slow
def test_stock_suite(tmp_path: Path) -> None:
    """All pass but for those that are named, with their reasons, in ``FAILS``."""
    told = outcomes(tmp_path, *(f"{AUTOGRADE}::{name}" for name in TOUCHED))
    assert set(TOUCHED) - told["PASSED"] == set(FAILS)


@pytest.mark.slow
@pytest.mark.skipif(
    os.environ.get("NBGRADER_SUITE") != "whole", reason="not run: NBGRADER_SUITE=whole takes half an hour"
)
@pytest.mark.parametrize("parts", [RUN_CELLS, NEVER], ids=["run cells", "never run cells"])
def test_the_whole_of_it(tmp_path: Path, parts: tuple[str, ...]) -> None:
    """Every test of these modules passes, or is skipped by nbgrader itself, or is named in ``FAILS``."""
    told = outcomes(tmp_path, *(f"nbgrader.tests.{part}" for part in parts))
    assert told["FAILED"] | told["ERROR"] == set(FAILS)
    assert len(told["PASSED"]) >= 50
