"""The preprocessor that stands where nbgrader's DeduplicateIds stood, in ``c.Autograde.sanitize_preprocessors``."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import DeduplicateIds

from autograder.course.assignment import assignment_names
from autograder.gradebook.repairs import mend, put_back, tidy_metadata
from autograder.integrations.nbgrader.known_cells import gradebook_master
from autograder.sanitize.markdown import harmless_cell
from autograder.sanitize.outputs import clean_outputs


class MendCells(DeduplicateIds):  # type: ignore[misc]
    """Makes every submission one that nbgrader can grade: no cell that a student changed stops the class.

    An assignment of this course is mended in full. In others deleted graded cells are put back, and that is
    mended which makes nbgrader stop: DeduplicateIds leaves an empty ``nbgrader`` in the metadata, which later
    counts as a notebook of an old version and ends the whole run.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Mend one submitted notebook."""
        names = resources["nbgrader"]
        self._name_cells(nb)
        master = gradebook_master(names["db_url"], names["assignment"], names["notebook"])
        if names["assignment"] not in assignment_names() or names["notebook"] != names["assignment"]:
            nb, resources = super().preprocess(nb, resources)
            for cell in nb.cells:
                if cell.metadata.get("nbgrader") == {}:
                    del cell.metadata["nbgrader"]
            self._tell(names, put_back(nb, master))
            return nb, resources
        self._tell(names, mend(nb, master))
        tidy_metadata(nb, master.kernelspec)
        for cell in nb.cells:
            harmless_cell(cell)
            if cell.cell_type == "code":  # with --no-execute the student's own outputs stay
                cell.outputs = [type(nb)(output) for output in clean_outputs(cell.outputs)]
        return nb, resources

    def _name_cells(self, nb: Any) -> None:
        """Cells have ids since version 4.5 of the format: an older notebook becomes one of it, and is valid."""
        if nb.nbformat_minor < 5:
            nb.nbformat_minor = 5
            for place, cell in enumerate(nb.cells):
                cell.setdefault("id", f"cell-{place}")

    def _tell(self, names: Any, done: list[str]) -> None:
        for line in done:
            self.log.warning("%s: %s", names["student"], line)
