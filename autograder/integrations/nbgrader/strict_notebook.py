"""Notebooks of other courses under the strict sandbox: cell by cell in one process, which may start no other.

Their tests stand in the notebook itself, so all that this door adds for them is confinement: the code
runs in an empty work folder that holds copies of the files beside the notebook, never in ``autograded/``,
and what it writes there is gone afterwards.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat

from autograder.gradebook.autograded import outputs_of
from autograder.integrations.nbgrader.warm import start_afresh, warm_sandbox
from autograder.results import CellRun
from autograder.session.notebook_session import Limits, LiveSession, TooManyRestarts
from autograder.session.slots import own_slot
from autograder.session.supervisor import SandboxError, Zygote
from autograder.submission.notebook import Cell, Notebook, Role, parse_notebook

MAX_FILES_BYTES = 48 << 20  # the work folder is a small file system in memory
_CHUNK = 4 << 20  # of a file, as base64 in the source of a cell
_NO_LIMIT = 86_400.0  # seconds: a day, where the course sets none
# The course's notebooks find these imported; a stranger's would not, and one of its tests may count on that.
_FORGET = "for _name in ('math', 'plt', 'np', 'torch', 'F', 'nn', '_name'):\n    globals().pop(_name, None)"


def run_strictly(
    nb: Any, folder: Path, root: Path, require: str, timeout: float | None, on_timeout: dict[str, Any]
) -> list[str]:
    """Run every code cell of ``nb`` in this process's warm sandbox, as ``_run`` says, which ends with what failed."""
    zygote = warm_sandbox(root, trusted=False, require=require)
    try:
        return _run(nb, folder, zygote, timeout, on_timeout)
    except SandboxError:
        start_afresh(zygote)
        raise


def _run(nb: Any, folder: Path, zygote: Zygote, timeout: float | None, on_timeout: dict[str, Any]) -> list[str]:
    """Run every code cell of ``nb``, tests too, and give each its outputs; returns warnings.

    Args:
        folder: where the notebook lies; the other files in it are copied into the work folder.
        timeout: seconds for one cell; None for no limit.
        on_timeout: the error output of a cell that took too long.

    Raises:
        BrokenNotebook: the notebook is not for Python.
    """
    read = parse_notebook(nbformat.writes(nb))
    cells = tuple(replace(cell, role=Role.STUDENT) for cell in read.cells if nb.cells[cell.index].cell_type == "code")
    files, warnings = _files(folder)
    before = [*files, _FORGET]
    first = tuple(Cell(place - len(before), Role.STUDENT, None, source) for place, source in enumerate(before))
    seconds = _NO_LIMIT if timeout is None or timeout <= 0 else float(timeout)
    limits = Limits(cell=seconds, notebook=_NO_LIMIT, restarts=len(cells) + 2, total=_NO_LIMIT, patience=1.0)
    session = LiveSession(zygote, Notebook(read.path, (*first, *cells), read.node), limits, own_slot())
    try:
        session.restart()
    except TooManyRestarts:
        warnings.append("the notebook ends its process again and again")
    finally:
        session.close()
    for count, cell in enumerate(cells, start=1):
        run = session.cells.get(cell.index, CellRun(cell.index, (), None, "skipped", note="not run"))
        target = nb.cells[cell.index]
        target.execution_count = count
        target.outputs = nbformat.from_dict(_outputs(replace(run, execution_count=count), on_timeout))
    nb.metadata["language_info"] = nbformat.from_dict({"name": "python"})
    return [*warnings, *session.flags]


def _outputs(run: CellRun, on_timeout: dict[str, Any]) -> list[dict[str, Any]]:
    outputs = outputs_of(run)
    if run.ended == "timeout":
        kept = [output for output in outputs if output["output_type"] != "error"]
        return [*kept, {"output_type": "error", **on_timeout}]
    return outputs


def _files(folder: Path) -> tuple[list[str], list[str]]:
    """Code that writes the files beside the notebook; the worker needs to know nothing of files for that."""
    cells: list[str] = []
    total = 0
    for path in sorted(folder.rglob("*")):
        # Not notebooks: this one holds the restored tests by now.
        if path.suffix == ".ipynb" or path.is_symlink() or not path.is_file():
            continue
        total += path.stat().st_size
        if total > MAX_FILES_BYTES:
            return cells, [
                f"the files beside the notebook exceed {MAX_FILES_BYTES >> 20} MiB: left out from {path.name} on"
            ]
        cells += _writing(str(path.relative_to(folder)), path.read_bytes())
    return cells, []


def _writing(name: str, data: bytes) -> Iterator[str]:
    for start in range(0, max(len(data), 1), _CHUNK):
        text = base64.b64encode(data[start : start + _CHUNK]).decode()
        yield (
            f"(lambda os, base64: (os.makedirs(os.path.dirname(os.path.abspath({name!r})), exist_ok=True), "
            f"open({name!r}, 'ab').write(base64.b64decode({text!r}))))(__import__('os'), __import__('base64'));"
        )
