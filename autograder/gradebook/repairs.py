"""Puts a student's notebook back into the form that nbgrader can handle, whatever was done to its cells.

nbgrader alone stops at one doubled cell, and with it the whole class. Here every cell that the course
knows is there once: the last copy stays the known one (it is also the one whose definition counts when
the notebook runs, and the one that nbgrader's own DeduplicateIds keeps), other copies become cells of
the student. Flags, points, types and locked sources are the course's again, and graded cells that were
deleted come back behind the cell that they follow in the course's notebook.
"""

from __future__ import annotations

from typing import Any

import nbformat

from autograder.gradebook.master import Master, MasterCell

_KEPT_METADATA = ("nbgrader", "deletable", "editable")
_PUT_BACK = "put back"


def mend(node: Any, master: Master) -> list[str]:
    """Mend ``node`` in place; says what was done, one line for each cell."""
    done: list[str] = []
    keepers: dict[str, Any] = {}
    for cell in node.cells:
        grade_id = _grade_id(cell)
        if grade_id is not None and master.find(grade_id) is not None:
            if grade_id in keepers:
                done.append(f"cell {grade_id!r} is there more than once: the last one counts")
            keepers[grade_id] = cell
    for cell in node.cells:
        grade_id = _grade_id(cell)
        known = master.find(grade_id) if grade_id is not None and keepers.get(grade_id) is cell else None
        if known is not None:
            done += _restore(cell, known)
        else:
            cell.metadata.pop("nbgrader", None)
    return done + put_back(node, master)


def was_put_back(cell: Any) -> bool:
    """Whether the student had deleted this cell."""
    return bool(cell.metadata.get("autograder", {}).get(_PUT_BACK))


def tidy_metadata(node: Any, kernelspec: Any) -> None:
    """Keep of the metadata only what nbgrader reads: some of the rest ends up in web pages as it is."""
    node.metadata = nbformat.from_dict({"kernelspec": dict(kernelspec), "language_info": {"name": "python"}})
    for cell in node.cells:
        kept = {key: value for key, value in cell.metadata.items() if key in _KEPT_METADATA}
        for flag in ("deletable", "editable"):
            if not isinstance(kept.get(flag, False), bool):
                del kept[flag]
        if was_put_back(cell):
            kept["autograder"] = {_PUT_BACK: True}
        cell.metadata = nbformat.from_dict(kept)


def _grade_id(cell: Any) -> str | None:
    flags = cell.metadata.get("nbgrader")
    grade_id = flags.get("grade_id") if isinstance(flags, dict) else None
    return grade_id if isinstance(grade_id, str) else None


def _restore(cell: Any, known: MasterCell) -> list[str]:
    done = []
    if cell.cell_type != known.cell_type:
        done.append(f"cell {known.grade_id!r} is of type {known.cell_type} again")
        cell.cell_type = known.cell_type
        if known.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            cell.pop("attachments", None)
        else:
            for name in ("outputs", "execution_count"):
                cell.pop(name, None)
    before = {key: cell.metadata.nbgrader.get(key) for key in ("grade", "solution", "locked", "points")}
    if any(before[key] != known.nbgrader.get(key) for key in before):
        done.append(f"cell {known.grade_id!r} has its flags and points again")
    if known.locked and cell.source != known.source:
        done.append(f"locked cell {known.grade_id!r} reads as in the course's notebook again")
        cell.source = known.source
    cell.metadata["nbgrader"] = nbformat.from_dict(dict(known.nbgrader))
    return done


def put_back(node: Any, master: Master) -> list[str]:
    """Put graded cells that were deleted back in place; says which."""
    keepers = {grade_id: cell for cell in node.cells if (grade_id := _grade_id(cell)) is not None}
    done = []
    ids = {cell.get("id") for cell in node.cells}
    for place, known in enumerate(master.cells):
        if not known.graded or known.grade_id in keepers:
            continue
        done.append(f"cell {known.grade_id!r} was deleted and is put back")
        make: Any = nbformat.v4.new_code_cell if known.cell_type == "code" else nbformat.v4.new_markdown_cell
        metadata = {
            "nbgrader": dict(known.nbgrader),
            "deletable": False,
            "editable": False,
            "autograder": {_PUT_BACK: True},
        }
        cell = make(source=known.source, metadata=metadata)
        cell["id"] = _new_id(known.grade_id, ids)
        before = next(
            (keepers[other.grade_id] for other in reversed(master.cells[:place]) if other.grade_id in keepers), None
        )
        at = 0 if before is None else next(i for i, other in enumerate(node.cells) if other is before) + 1
        node.cells.insert(at, cell)
        keepers[known.grade_id] = cell
    return done


def _new_id(grade_id: str, ids: set[Any]) -> str:
    """Made from the name, not drawn, so that grading again writes the same file."""
    count = 0
    while (found := f"{grade_id[:50]}-{count}") in ids:
        count += 1
    ids.add(found)
    return found
