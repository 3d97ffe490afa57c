"""What must be true of a source notebook, of what students get of it, and of its solution."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from autograder.authoring.release.headings import (
    facts_line,
    navigation_line,
    question_line,
    title_line,
    written_line,
)
from autograder.course.assignment import Assignment
from autograder.course.question import QuestionModule, Written

BLANK = "raise NotImplementedError"
MARKERS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME")


def lint_source(notebook: Any, assignment: Assignment) -> Iterator[str]:
    """What is wrong with the authored notebook, a line for each fault."""
    cells = [(_nbgrader(cell), cell) for cell in notebook.cells if _nbgrader(cell).get("grade_id")]
    ids = [str(metadata["grade_id"]) for metadata, _ in cells]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"grade_id {name} is given to {ids.count(name)} cells"
    by_id = {str(metadata["grade_id"]): (metadata, cell) for metadata, cell in cells}
    for question in assignment.questions:
        yield from _lint_question(question, by_id)
    for written in assignment.written:
        yield from _lint_written(written, by_id)
    wanted = {name for question in assignment.questions for name in (question.id, f"test-{question.id}")}
    wanted |= {written.id for written in assignment.written}
    for name, (metadata, _) in by_id.items():
        if name not in wanted and (metadata.get("grade") or metadata.get("solution")):
            yield f"cell {name} is graded or a solution, but the bank has no such question"
    order = [name for name in ids if name in {question.id for question in assignment.questions}]
    if order != [question.id for question in assignment.questions if question.id in order]:
        yield f"the questions stand in another order than in the bank: {', '.join(order)}"
    if not any(cell.cell_type == "code" and "from autograder import" in cell.source for cell in notebook.cells):
        yield "no cell imports check: from autograder import check, hint"
    yield from _lint_headings(notebook, assignment)


def _lint_headings(notebook: Any, assignment: Assignment) -> Iterator[str]:
    """Points, minutes and titles are the bank's; the notebook repeats them word for word. Hints are the bank's alone."""
    first = notebook.cells[0].source.splitlines() if notebook.cells else []
    for line in (title_line(assignment), facts_line(assignment), navigation_line(assignment.name)):
        if line not in first:
            yield f"its first cell should have the line: {line}"
    texts = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for number, written in enumerate(assignment.written, start=1 + len(assignment.questions)):
        line = written_line(number, written)
        if line not in texts.splitlines():
            yield f"{written.id}: its heading should be: {line}"
    for number, question in enumerate(assignment.questions, start=1):
        line = question_line(number, question)
        if line not in texts.splitlines():
            yield f"{question.id}: its heading should be: {line}"
        for hint in question.question.hints:
            if hint in texts:
                yield f"{question.id}: a hint of the bank stands in the text, where it is read too soon: {hint[:40]}…"


def _lint_written(written: Written, by_id: dict[str, tuple[dict[str, Any], Any]]) -> Iterator[str]:
    metadata, cell = by_id.get(written.id, ({}, None))
    if cell is None:
        yield f"{written.id}: there is no cell with grade_id {written.id}"
        return
    if cell.cell_type != "markdown" or not (metadata.get("grade") and metadata.get("solution")) or metadata["locked"]:
        yield f"{written.id}: its cell must be text, graded, a solution, and not locked"
    if metadata.get("points") != written.points:
        yield f"{written.id}: its cell says {metadata.get('points')} points, the bank {written.points:g}"
    for head in ("**A full answer.**", "**Marks.**"):
        if head not in cell.source:
            yield f"{written.id}: what the marker needs should stand in its cell, under {head}"


def _lint_question(question: QuestionModule, by_id: dict[str, tuple[dict[str, Any], Any]]) -> Iterator[str]:
    metadata, cell = by_id.get(question.id, ({}, None))
    if cell is None:
        yield f"{question.id}: there is no solution cell with grade_id {question.id}"
    elif cell.cell_type != "code" or metadata.get("solution") is not True or metadata.get("grade"):
        yield f"{question.id}: its cell must be code, a solution, and not graded itself"
    elif "### BEGIN SOLUTION" not in cell.source or "### END SOLUTION" not in cell.source:
        yield f"{question.id}: its solution does not stand between ### BEGIN SOLUTION and ### END SOLUTION"
    else:
        for name in sorted(set(question.question.names) - _names(cell.source)):
            yield f"{question.id}: its cell does not define {name}"
    metadata, cell = by_id.get(f"test-{question.id}", ({}, None))
    if cell is None:
        yield f"{question.id}: there is no test cell with grade_id test-{question.id}"
        return
    if metadata.get("grade") is not True or metadata.get("solution") or not metadata.get("locked"):
        yield f"{question.id}: its test cell must be graded, locked, and no solution"
    if metadata.get("points") != question.question.points:
        said, stated = metadata.get("points"), question.question.points
        yield f"{question.id}: its test cell says {said} points, the bank {stated:g}"
    if cell.source.strip() != f'check("{question.id}")':
        yield f'{question.id}: its test cell must read check("{question.id}")'


def lint_released(notebook: Any, assignment: Assignment) -> Iterator[str]:
    """What is wrong with the notebook that students get, a line for each fault."""
    for index, cell in enumerate(notebook.cells, start=1):
        place = _nbgrader(cell).get("grade_id") or f"number {index}"
        yield from (f"cell {place}: {marker} is left" for marker in MARKERS if marker in cell.source)
        if cell.cell_type != "code":
            continue
        if cell.outputs or cell.execution_count is not None:
            yield f"cell {place}: it has outputs"
        if _tree(cell.source) is None:
            yield f"cell {place}: it is not valid Python"
    blanks = {_nbgrader(cell).get("grade_id"): cell.source for cell in notebook.cells if cell.cell_type == "code"}
    for written in assignment.written:
        cell = next((cell for cell in notebook.cells if _nbgrader(cell).get("grade_id") == written.id), None)
        if cell is None or "**A full answer.**" in cell.source or "**Marks.**" in cell.source:
            yield f"cell {written.id}: it should be there, and empty"
    for question in assignment.questions:
        source = blanks.get(question.id, "")
        if BLANK not in source:
            yield f"cell {question.id}: its blank does not {BLANK}"
        for name in sorted(set(question.question.names) - _names(source)):
            yield f"cell {question.id}: {name} is not defined in it once the solution is taken out"


def lint_solved(notebook: Any, assignment: Assignment) -> Iterator[str]:
    """What is wrong with the executed solution: a check that is not all right, a line for each."""
    for cell in notebook.cells:
        name = str(_nbgrader(cell).get("grade_id", ""))
        if cell.cell_type == "code" and name.startswith("test-"):
            shown = [output.get("data", {}).get("text/plain", "") for output in cell.outputs]
            if not any(text.startswith(f"{name.removeprefix('test-')}: right so far") for text in shown):
                what = " ".join(shown)[:300] or "nothing was shown"
                yield f"cell {name}: the solution does not pass its own check: {what}"


def _nbgrader(cell: Any) -> dict[str, Any]:
    metadata = cell.metadata.get("nbgrader")
    return dict(metadata) if metadata else {}


def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError:
        return None


def _names(source: str) -> set[str]:
    """The names that a cell defines: in its top level, also inside ``if``, ``try`` and ``with``."""
    found: set[str] = set()
    waiting: list[ast.AST] = [_tree(source) or ast.Module([], [])]
    while waiting:
        for node in ast.iter_child_nodes(waiting.pop()):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            else:
                waiting.append(node)
    return found
