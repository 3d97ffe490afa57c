"""Notebooks of any course: run cell by cell as nbgrader's own Execute runs them, in a confined kernel.

Their tests stand in the notebook itself and so run beside the student's code. What this door adds is confinement, and
that a cell which ends its process costs that cell alone.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import nbformat
from nbclient.client import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbgrader.preprocessors import Execute

from autograder.integrations.nbgrader.confined_kernel import ConfinedKernel
from autograder.sanitize.outputs import clean_outputs
from autograder.session.interpreter import SandboxError

MOST_DEATHS = 3  # of a notebook's kernels; each costs running the cells above again
CELL_BYTES, LATER_CELL_BYTES = 8 << 20, 64 << 10  # of outputs that are kept, and when a notebook has had its share
NOTEBOOK_BYTES = 64 << 20  # of outputs in all: a quarter more than a submission may be large
FIRST_BYTES = 4 << 10  # of the first text on stderr, and of what comes with a text
CELL_OUTPUTS, FOR_MARKS = 2_000, 20  # of one cell: of all kinds, and more of those on which its mark hangs
_MAY_BE_DROPPED = {"stream", "display_data", "update_display_data"}


class ExecuteConfined(Execute):  # type: ignore[misc]
    """``Execute`` with kernels that are given to it."""

    kc: Any  # nbclient's client of the kernel
    _kept = 0
    _kept_of_cell = 0

    def run_confined(self, nb: Any, resources: Any, begin: Callable[[], ConfinedKernel]) -> list[str]:
        """Give every code cell its outputs; what a person should look at, in words.

        Args:
            begin: a fresh kernel, with the notebook's files beside it.
        """
        self._kept = 0
        dead: dict[int, Exception] = {}
        start = 0
        while start < len(nb.cells):
            with self._talking_to(begin(), nb, resources):
                try:
                    self._run_again(nb, resources, [place for place in range(start) if place not in dead])
                    for place in range(start, len(nb.cells)):
                        start = place
                        self._kept_of_cell = 0
                        self.preprocess_cell(nb.cells[place], resources, place)
                    start = len(nb.cells)
                except (DeadKernelError, CellTimeoutError) as problem:
                    dead[start] = problem
                    _tell(nb.cells[start], problem, self.error_on_timeout)
                    start += 1
            if len(dead) > MOST_DEATHS:
                for cell in nb.cells[start:]:
                    _tell(cell, DeadKernelError("the kernel died too often"), self.error_on_timeout)
                break
        self.nb = nb
        for cell in nb.cells:
            if cell.cell_type == "code":
                cleaned = clean_outputs(_bounded(cell.outputs), colours=True, most=CELL_OUTPUTS + FOR_MARKS)
                cell.outputs = [nbformat.from_dict(output) for output in cleaned]
        nb.metadata.pop("widgets", None)  # what they look like is a program's business that is gone
        return [f"cell {place + 1} ended the kernel or could not be stopped" for place in dead]

    @contextmanager
    def _talking_to(self, kernel: Any, nb: Any, resources: Any) -> Iterator[None]:
        NotebookClient.__init__(self, nb, kernel)
        self.reset_execution_trackers()
        self._check_assign_resources(resources)
        try:
            try:
                self.start_new_kernel_client()
            except RuntimeError as problem:  # no code of the student's has run yet
                raise SandboxError(f"a kernel did not start: {kernel.fork.last_words or problem}") from problem
            with self.setup_kernel():
                told = self.wait_for_reply(self.kc.kernel_info())
                nb.metadata["language_info"] = told["content"]["language_info"]
                yield
        finally:
            if self.kc is not None:
                self.kc.stop_channels()
                self.kc = None
            kernel.close()

    def _run_again(self, nb: Any, resources: Any, places: list[int]) -> None:
        """Bring a fresh kernel to where the last one was; what the cells print then is not kept."""
        cells = list(nb.cells)
        for place in places:
            self._kept_of_cell = 0
            self.preprocess_cell(copy.deepcopy(cells[place]), resources, place)
        nb.cells = cells

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        """As nbclient does it, but that a flood of outputs does not fill this process's memory."""
        kind, content = msg["msg_type"], msg["content"]
        if kind.startswith("comm"):  # widgets: outputs may go into one, so nbclient must know them
            self._kept_of_cell += len(str(content))
            if self._kept_of_cell < CELL_BYTES:
                with suppress(Exception):  # a kernel may say anything about them
                    super().process_message(msg, cell, cell_index)
            return None
        if kind in _MAY_BE_DROPPED or kind in ("execute_result", "error"):
            room = (CELL_BYTES if self._kept < NOTEBOOK_BYTES else LATER_CELL_BYTES) - self._kept_of_cell
            if kind == "stream":
                content["text"] = _cut(content, room, cell.outputs)
            size = len(str(content))
            if (size > max(room, 0) + FIRST_BYTES and kind in _MAY_BE_DROPPED) or room < -CELL_BYTES:
                return None
            self._kept_of_cell += size
            self._kept += size
        return super().process_message(msg, cell, cell_index)


def _cut(content: Any, room: int, outputs: list[Any]) -> str:
    """As much of a stream's text as there is room for; of the first on stderr always some, since it costs the marks."""
    text = str(content.get("text", ""))
    first = content.get("name") == "stderr" and not any(output.get("name") == "stderr" for output in outputs)
    return text[: max(room, FIRST_BYTES if first else 0)]


def _bounded(outputs: list[Any]) -> list[Any]:
    """As many outputs as are kept; of the others those that nbgrader reads a mark from."""
    told = [o for o in outputs[CELL_OUTPUTS:] if o.output_type in ("error", "execute_result")][:FOR_MARKS]
    stderr = [output for output in outputs if output.get("name") == "stderr"][:1]
    late = [output for output in stderr if output not in outputs[:CELL_OUTPUTS]]
    return [*outputs[:CELL_OUTPUTS], *late, *told][: CELL_OUTPUTS + FOR_MARKS]


def _tell(cell: Any, problem: Exception, on_timeout: Any) -> None:
    """Give a code cell the error that ended it."""
    if cell.cell_type != "code":
        return
    error = {"ename": "DeadKernelError", "evalue": "Kernel died", "traceback": ["DeadKernelError: Kernel died"]}
    if isinstance(problem, CellTimeoutError):
        error = dict(on_timeout)
    if not any(output.output_type == "error" for output in cell.outputs):
        cell.outputs.append(nbformat.v4.new_output("error", **error))
