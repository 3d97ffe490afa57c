"""Which cells of an assignment nbgrader's gradebook knows."""

from __future__ import annotations

import json
from typing import Any

from autograder.gradebook.master import KERNELSPEC, Master, MasterCell


def gradebook_master(db_url: str, assignment: str, notebook: str) -> Master:
    """The notebook's cells as the gradebook has them; none where it does not know the notebook."""
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(db_url) as gradebook:
        try:
            found = gradebook.find_notebook(notebook, assignment)
        except MissingEntry:
            return Master(assignment, notebook, KERNELSPEC, ())
        points = {cell.name: float(cell.max_score) for cell in (*found.grade_cells, *found.task_cells)}
        kinds = {
            "grade": {cell.name for cell in found.grade_cells},
            "solution": {cell.name for cell in found.solution_cells},
            "task": {cell.name for cell in found.task_cells},
        }
        cells = tuple(_cell(cell, kinds, points) for cell in found.source_cells)
        return Master(assignment, notebook, json.loads(found.kernelspec or "null") or KERNELSPEC, cells)


def _cell(row: Any, kinds: dict[str, set[str]], points: dict[str, float]) -> MasterCell:
    flags = {kind: row.name in names for kind, names in kinds.items()}
    metadata: dict[str, Any] = {
        **flags, "locked": bool(row.locked), "grade_id": row.name, "cell_type": row.cell_type, "schema_version": 3,
    }  # fmt: skip
    if row.name in points:
        metadata["points"] = points[row.name]
    if row.checksum is not None:
        metadata["checksum"] = row.checksum
    return MasterCell(row.name, row.cell_type, row.source, metadata)
