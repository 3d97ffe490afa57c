"""Stand-ins for the actions that our workflows use."""

from __future__ import annotations

import base64
import json
import re
import shutil
from pathlib import Path

from .runner import Action, ActionFailed, Runner


def checkout(source: Path) -> Action:
    """``actions/checkout``: the files of a repository in the workspace."""

    def act(runner: Runner, with_: dict[str, str]) -> None:
        assert with_["persist-credentials"] == "false", "a token would lie in .git/config, where a notebook can look"
        shutil.copytree(source, runner.workspace, dirs_exist_ok=True, symlinks=True)

    return act


def setup_python(programs: Path) -> Action:
    """``actions/setup-python``: an environment's programs first on the path."""

    def act(runner: Runner, with_: dict[str, str]) -> None:
        assert re.fullmatch(r"3\.1[123]", with_["python-version"])
        assert list(runner.workspace.glob(with_["cache-dependency-path"])), "nothing that the cache could depend on"
        runner.environment["PATH"] = f"{programs}:/usr/local/bin:/usr/bin:/bin"

    return act


def upload_artifact(runner: Runner, with_: dict[str, str]) -> None:
    """``actions/upload-artifact``: a path is kept under a name."""
    assert Path(with_["path"]).exists(), with_["path"]
    runner.artifacts[with_["name"]] = Path(with_["path"])


def grading_reporter(runner: Runner, with_: dict[str, str]) -> None:
    """GitHub Classroom's reporter, by what its source does: sums the tests' scores, and fails unless all passed."""
    results = []
    for name in re.split(r"[\s,]", with_["runners"]):
        results.append(json.loads(base64.b64decode(runner.step_env[f"{name.upper()}_RESULTS"], validate=True)))
    counted = [result for result in results if result["max_score"]]
    total = sum(test["score"] for result in counted for test in result["tests"])
    most = sum(result["max_score"] for result in counted)
    for result in results:
        assert all({"name", "status", "score", "message"} <= test.keys() for test in result["tests"])
    runner.reported.append({"totalPoints": total, "maxPoints": most} if most else None)
    if any(result["status"] != "pass" for result in results):
        raise ActionFailed("Some tests failed.")
