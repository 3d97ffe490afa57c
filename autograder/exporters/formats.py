"""The formats of ``--format``: each is one function from a graded class to text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from autograder.exporters.classroom import as_classroom
from autograder.exporters.classroom50 import as_classroom50
from autograder.exporters.csv_report import as_csv
from autograder.exporters.gradescope import as_gradescope
from autograder.exporters.json_report import as_json
from autograder.exporters.junit import as_junit
from autograder.exporters.markdown import as_markdown
from autograder.exporters.table import as_table
from autograder.results import Grade, Ungraded

Render = Callable[[str, Sequence[Grade | Ungraded], str], str]

FORMATS: dict[str, Render] = {
    "table": as_table,
    "json": as_json,
    "junit": as_junit,
    "gradescope": as_gradescope,
    "classroom": as_classroom,
    "classroom50": as_classroom50,
    "csv": as_csv,
    "markdown": as_markdown,
}


def renderer(name: str, lms: str | None = None, column: str | None = None) -> Render:
    """The function for a format; ``lms`` chooses the columns of ``csv``, and ``column`` names the assignment's own."""
    return partial(as_csv, lms=lms, column=column) if name == "csv" else FORMATS[name]
