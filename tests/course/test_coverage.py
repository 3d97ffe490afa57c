"""docs/coverage.md: every numbered item of the notes has a place that exists, and every question is listed as it is."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat

from autograder.course.assignment import assignment_names, load_assignment

ROOT = Path(__file__).resolve().parents[2]
ITEM = re.compile(r"^\| ([IM]\d\d) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROW = re.compile(r"^\| (\d\d) `(\w+)` \| (.+?) \| .+? \| ([\d.]+) \|$", re.MULTILINE)
LEFT_OUT = {"M13"}  # history of libraries: nothing to grade


def page() -> str:
    """The page."""
    return (ROOT / "docs" / "coverage.md").read_text("utf-8")


def myths() -> set[str]:
    """``01 myth 3`` and so on, as the notebooks number them."""
    found = set()
    for name in assignment_names():
        cells = nbformat.read(ROOT / "source" / name / f"{name}.ipynb", as_version=4).cells
        text = next(cell.source for cell in cells if cell.source.startswith("## Myth check"))
        found |= {f"{name[:2]} myth {number}" for number in re.findall(r"^(\d)\. ", text, re.MULTILINE)}
    return found


def test_every_item_has_a_place_that_exists() -> None:
    """81 items and 83 mistakes; each place is a question of the bank or a statement of a myth check."""
    items = {number: where for number, _, where in ITEM.findall(page())}
    assert sorted(items) == sorted([f"I{n:02}" for n in range(1, 82)] + [f"M{n:02}" for n in range(1, 84)])
    known = {f"{name[:2]} `{q.id}`" for name in assignment_names() for q in load_assignment(name).questions} | myths()
    for number, where in items.items():
        if number not in LEFT_OUT:
            assert set(where.split(", ")) <= known, (number, where)


def test_every_question_is_listed_as_it_is() -> None:
    """With its names and points."""
    listed = ROW.findall(page())
    wanted = [
        (name[:2], q.id, ", ".join(f"`{one}`" for one in q.question.names), f"{q.question.points:g}")
        for name in assignment_names()
        for q in load_assignment(name).questions
    ]
    assert listed == wanted
