"""Makes a release by the real nbgrader and a solution by the real kernel, in a scratch copy of the course."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

from autograder.course.layout import PACKAGE, Course
from autograder.authoring.release.visible_code import NotReleasable
from autograder.student.recorded import OWN

CELL_SECONDS = 600  # what takes longer is no exercise; the same for every machine that releases
_IGNORED = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")
_CELL_FILE = re.compile(r"[^\s\"']*ipykernel_\d+[/\\]\d+\.py")


@contextmanager
def scratch_course(course: Course, name: str) -> Iterator[Path]:
    """A copy of the course with one assignment and a gradebook of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="release-", ignore_cleanup_errors=True) as folder:
        root = Path(folder).resolve()
        shutil.copytree(course.root / "source" / name, root / "source" / name, ignore=_IGNORED)
        if (course.root / "datasets").is_dir():
            shutil.copytree(course.root / "datasets", root / "datasets", ignore=_IGNORED)
        config = course.root / "nbgrader_config.py"
        shutil.copy(config, root) if config.is_file() else (root / config.name).write_text("c = get_config()\n")
        yield root


def generate_release(root: Path, name: str) -> Path:
    """Run ``nbgrader generate_assignment`` in the scratch course; the folder that students get.

    Raises:
        NotReleasable: nbgrader is not installed, or refuses.
    """
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", name, "--create", "--force"]
    command += [f"--CourseDirectory.root={root}", f"--CourseDirectory.db_url=sqlite:///{root / 'scratch.db'}"]
    done = subprocess.run(command, cwd=root, env=_environment(root), capture_output=True, text=True)
    folder = root / "release" / name
    if done.returncode != 0 or not (folder / f"{name}.ipynb").is_file():
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise NotReleasable("nbgrader generate_assignment failed:\n  " + "\n  ".join(said[-8:]))
    return folder


def solve(root: Path, name: str, own_checks: Path | None = None) -> Any:
    """The source notebook, executed by a real kernel, without anything that changes from run to run.

    Args:
        own_checks: the recorded checks that the course has for itself, if it has.

    Raises:
        NotReleasable: a cell stops with an error.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    path = root / "source" / name / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        own = {} if own_checks is None else {OWN: str(own_checks)}
        client.execute(env=_environment(root) | own)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as problem:
        said = [line for line in str(problem).splitlines() if line.strip()]
        raise NotReleasable(
            f"{name}: the solution notebook stops: {said[-1] if said else type(problem).__name__}"
        ) from None
    return settled(notebook)


def settled(notebook: Any) -> Any:
    """The executed notebook without times, versions, addresses and temporary names; streams in one piece."""
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": notebook.metadata.get("kernelspec", {}), "language_info": {"name": "python"}}
    )
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        joined: list[Any] = []
        for output in cell.outputs:
            if output.output_type == "stream" and joined and joined[-1].get("name") == output.name:
                joined[-1].text += output.text
                continue
            joined.append(output)
        for output in joined:
            if "text" in output:
                output.text = _steady(output.text)
            for kind, value in output.get("data", {}).items():
                if kind.startswith("text/") and isinstance(value, str):
                    output.data[kind] = _steady(value)
        cell.outputs = joined
    return notebook


def _steady(text: str) -> str:
    return _CELL_FILE.sub("<cell>", _ADDRESS.sub("0x…", text))


def _environment(root: Path) -> dict[str, str]:
    """This environment first on every path, no settings of the person who releases, one thread."""
    environment = {key: value for key, value in os.environ.items() if key != "MPLBACKEND"}
    here = str(Path(sys.executable).parent)  # nbgrader looks for `alembic` on PATH
    return environment | {
        "PATH": os.pathsep.join([here, environment.get("PATH", "")]),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(PACKAGE.parent), environment.get("PYTHONPATH", "")])),
        "PYTHONHASHSEED": "0",
        "JUPYTER_CONFIG_DIR": str(root / "settings"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "IPYTHONDIR": str(root / "ipython"),
        "OMP_NUM_THREADS": "1",
        "FIRSTSTEPS_HOME": str(root / "home"),  # the checks of a release are nobody's progress
    }
