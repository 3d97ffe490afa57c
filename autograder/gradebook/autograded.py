"""The notebook in ``autograded/``: a student's work with the grades in it, as nbgrader expects to find it."""

from __future__ import annotations

import json
import math
import os
import shutil
from pathlib import Path
from typing import Any

import nbformat

from autograder.exporters.feedback_table import feedback_table
from autograder.gradebook.left_behind import LeftBehind
from autograder.gradebook.master import Master
from autograder.gradebook.repairs import mend, tidy_metadata, was_put_back
from autograder.results import CellRun, Grade, Outcome, QuestionGrade
from autograder.sanitize.markdown import harmless_cell
from autograder.sanitize.outputs import clean_outputs
from autograder.version import __version__

_ENDED = {"timeout": "TimeLimit", "died": "ProcessEnded", "skipped": "NotRun", "memory": "MemoryError"}


def build_autograded(grade: Grade, master: Master) -> Any:
    """The graded notebook: the student's cells with their outputs, test cells with score and feedback.

    Args:
        grade: with the notebook that was read and graded.
        master: the cells that the gradebook knows.
    """
    if grade.read is None:
        raise ValueError("a grade out of a report has no notebook")
    node = _copied(grade.read.node)
    last = _show_runs(node, grade)
    mend(node, master)
    tidy_metadata(node, master.kernelspec)
    for cell in node.cells:
        harmless_cell(cell)
    questions = {f"test-{question.id}": question for question in grade.questions}
    for cell in node.cells:
        flags = cell.metadata.get("nbgrader", {})
        question = questions.get(flags.get("grade_id"))
        if question is not None and flags.get("grade") and cell.cell_type == "code":
            last += 1
            _show_grade(cell, question, float(flags["points"]), last)
    node.metadata["autograder"] = {
        "version": __version__,
        "isolation": grade.isolation,
        "device": grade.device,
        "flags": list(grade.flags),
    }
    return node


def _copied(value: Any) -> Any:
    """A notebook's nodes, lists and plain values once more; ``deepcopy`` takes several times as long."""
    if isinstance(value, dict):
        node = type(value)()
        for key, item in value.items():
            dict.__setitem__(node, key, _copied(item))
        return node
    return [_copied(item) for item in value] if isinstance(value, list) else value


def write_autograded(
    folder: Path, grade: Grade, node: Any, beside: LeftBehind | None = None, mode: int = 0o444
) -> Path:
    """Put the notebook, and what goes beside it, into ``folder`` (``autograded/``): all of it, or nothing.

    Made in a folder beside and then renamed: a disk that is full leaves what was there before. A folder with a time
    stamp and no notebook would be passed over by nbgrader for ever.

    Args:
        mode: of the files; a graded notebook is not edited by accident.
    """
    target = folder / grade.student / grade.assignment
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{grade.assignment}.{os.getpid()}.part")
    old = target.with_name(f".{grade.assignment}.{os.getpid()}.old")
    for stale in (part, old):
        shutil.rmtree(stale, ignore_errors=True)
    try:
        part.mkdir()
        if beside is not None:
            beside.write(part)
        (part / f"{grade.assignment}.ipynb").write_text(_as_json(node), "utf-8")
        for path in part.rglob("*"):
            if path.is_file():
                os.chmod(path, mode)
        if target.exists():
            os.rename(target, old)
        try:
            os.rename(part, target)
        except OSError:
            if old.exists():
                os.rename(old, target)
            raise
    finally:
        for stale in (part, old):
            shutil.rmtree(stale, ignore_errors=True)
    return target / f"{grade.assignment}.ipynb"


def _as_json(node: Any) -> str:
    """A line for each cell: Python writes compact JSON many times as fast as JSON with indents."""

    def compact(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    cells = ",\n".join(map(compact, node.cells))
    rest = compact({key: value for key, value in node.items() if key != "cells"})
    return '{"cells":[\n' + cells + "\n]," + rest[1:] + "\n"


def safe_score(score: float, points: float) -> float:
    """A score as nbgrader can take it: it gives full marks for ``nan``, and stops at more than the maximum."""
    return min(max(score, 0.0), points) if math.isfinite(score) else 0.0


def _show_runs(node: Any, grade: Grade) -> int:
    """Give the student's cells their outputs; the highest execution count."""
    runs = {run.index: run for run in grade.cells}
    last = 0
    for index, cell in enumerate(node.cells):
        if cell.cell_type != "code":
            continue
        run = runs.get(index)
        cell.outputs = [] if run is None else nbformat.from_dict(outputs_of(run))
        cell.execution_count = None if run is None else run.execution_count
        last = max(last, cell.execution_count or 0)
    return last


def outputs_of(run: CellRun) -> list[dict[str, Any]]:
    """A cell's harmless outputs, with an error wherever it did not end well: some code hides its own."""
    outputs = [dict(output) for output in clean_outputs(run.outputs)]
    if run.ended != "ok" and not any(output["output_type"] == "error" for output in outputs):
        name = _ENDED.get(run.ended, "Error")
        said = run.note or "the cell did not run to its end"
        outputs.append({"output_type": "error", "ename": name, "evalue": said, "traceback": [f"{name}: {said}"]})
    for output in outputs:
        if output["output_type"] == "execute_result":
            output["execution_count"] = run.execution_count
    return outputs


def _show_grade(cell: Any, question: QuestionGrade, points: float, count: int) -> None:
    score = safe_score(question.score, points)
    failed = question.outcome is Outcome.GRADER_ERROR
    table = feedback_table(question, put_back=was_put_back(cell))
    data = {"text/html": table, "text/plain": repr(score)}
    result: dict[str, Any] = {"output_type": "execute_result", "execution_count": count, "data": data, "metadata": {}}
    if failed:  # without a number nbgrader would read full marks into the cell
        said = "no mark: the grader itself failed on this question"
        result = {"output_type": "error", "ename": "GraderError", "evalue": said, "traceback": [f"GraderError: {said}"]}
    cell.outputs = [nbformat.from_dict(result)]
    cell.execution_count = count
    cell.metadata["autograder"] = {
        **cell.metadata.get("autograder", {}),
        "score": None if failed else score,
        "max_score": question.max_score,
        "outcome": str(question.outcome),
        "mistake": question.mistake_name,
        "title": question.title,
        "told": [list(line) for line in question.told or (("", question.message),)],
        "tests": [[test.title, test.passed] for test in question.tests],
    }
