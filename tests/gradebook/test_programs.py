"""A program that nbgrader starts and that is not found is named, with what to do."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from autograder.gradebook.programs import missing_programs


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an environment's programs, empty."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    return tmp_path


def make(folder: Path) -> None:
    (folder / "alembic").write_text("#!/bin/sh\n")
    (folder / "alembic").chmod(0o755)


def test_a_folder_that_is_not_on_path_is_to_be_added(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(environment)
    monkeypatch.setenv("PATH", "/nowhere")
    assert f"export PATH={environment}:$PATH" in str(missing_programs())
    monkeypatch.setenv("PATH", f"/nowhere{os.pathsep}{environment}")
    assert missing_programs() is None


def test_where_the_folder_is_on_path_the_program_is_missing(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(environment))
    told = str(missing_programs())
    assert "python -m pip install alembic" in told
    assert "export PATH" not in told
