"""One course, graded by stock nbgrader and by this engine: marks and stored outputs, to be compared."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.sanitize.outputs import clean_outputs

# Names of memory and of the two courses' folders, numbers and their units, which may be times and processes.
_CHANCE = re.compile(r"0x\w+|/stock/|/ours/|[\d.]+( [µμnm]?s\b)?")


@dataclass(frozen=True)
class Course:
    """A course's folder, and what nbgrader is started with."""

    root: Path
    environment: dict[str, str]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin to run nbgrader there."""
        command = [sys.executable, "-m", "nbgrader", *arguments]
        piped = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.Popen(command, cwd=self.root, env=self.environment, text=True, **piped)  # type: ignore[call-overload,no-any-return]

    def run(self, *arguments: str) -> str:
        """What nbgrader says there, to its end."""
        return finish(self.start(*arguments))

    def marks(self) -> dict[tuple[str, str, str], float | None]:
        """The automatic mark of each graded cell, by student, notebook and the cell's name."""
        query = """
            select student.id, notebook.name, base_cell.name, grade.auto_score from grade
            join base_cell on base_cell.id = grade.cell_id
            join submitted_notebook on submitted_notebook.id = grade.notebook_id
            join notebook on notebook.id = submitted_notebook.notebook_id
            join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
            join student on student.id = submitted_assignment.student_id
        """
        with closing(sqlite3.connect(self.root / "gradebook.db")) as database:
            return {(student, notebook, cell): mark for student, notebook, cell, mark in database.execute(query)}

    def graded(self, student: str, assignment: str) -> dict[str, nbformat.NotebookNode]:
        """A submission's graded notebooks, by name."""
        paths = sorted((self.root / "autograded" / student / assignment).glob("*.ipynb"))
        return {path.stem: nbformat.read(path, 4) for path in paths}


def finish(process: subprocess.Popen[str]) -> str:
    """What a started nbgrader has said at its end; it must end well."""
    words = process.communicate(timeout=500)[0]
    assert process.returncode == 0, words[-6000:]
    return words


def told(cell: nbformat.NotebookNode) -> list[tuple[str, str]]:
    """A cell's outputs as they are stored, made harmless, without what chance decides."""
    found: list[tuple[str, str]] = []
    for output in clean_outputs(cell.get("outputs", [])):
        kind = output.get("name") or output["output_type"]
        words = str(output.get("text") or output.get("data") or output["ename"] + output["evalue"])
        if found and kind == found[-1][0] and output["output_type"] == "stream":
            words = found.pop()[1] + words  # where a stream is cut in two is a matter of time
        found.append((kind, words))
    return [(kind, _CHANCE.sub("", words)) for kind, words in found]
