"""Why is a name that a question asks for not there?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.judging.messages import is_builtin_error
from autograder.protocol.wire import Failure
from autograder.results import CellRun
from autograder.submission.notebook import Cell

MOST_SAID = 100  # characters of an error's own words


def why_absent(
    name: str,
    question: str,
    cells: Sequence[Cell],
    runs: Mapping[int, CellRun],
    *,
    quote: bool = True,
    turned: str = "",
) -> Failure:
    """The cell is gone, or it stopped before it defined the name, or it never does.

    Args:
        cells: the question's cells, as far as they were to be run.
        runs: how cells ended, by their places.
        turned: the kind of cell that the question's own cell was made into, if it is not run any more.
        quote: whether the error's own words may be told.
    """
    if turned and not cells:
        what = f"its cell is a {turned} cell now, which is not run: make it a code cell again"
        return Failure("missing", "NameError", f"`{name}` is not there: {what}", cell=question)
    ran = [runs[cell.index] for cell in cells if cell.index in runs]
    stopped = next((run for run in ran if run.ended != "ok"), None)
    if stopped is None:
        what = "its cell does not define it" if cells else "its cell is not in the notebook"
        return Failure("missing", "NameError", f"`{name}` is not there: {what}", cell=question)
    if stopped.ended in ("skipped", "timeout"):
        words = f"the cell that should define `{name}` was {stopped.note}"
        return Failure("timeout", "TimeLimit", words, cell=question)
    error = next((o for o in stopped.outputs if isinstance(o, dict) and o.get("output_type") == "error"), {})
    raised = str(error.get("ename", "SystemExit"))
    known = ""
    if quote and stopped.ended != "died" and is_builtin_error(raised):
        said = str(error.get("evalue", "")).split(" (<ipython", 1)[0][:MOST_SAID]
        known = f" ({raised}: {said})" if said else f" ({raised})"
    words = f"the cell that should define `{name}` stopped before it did: {stopped.note}{known}"
    return Failure(stopped.ended, raised, words, cell=question)
