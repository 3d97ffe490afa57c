"""The notebooks make one arc: a start page, goals and needs, how it works said once, and what comes next."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.release.start import NAME, start_notebook
from autograder.course.assignment import assignment_names, load_assignment
from autograder.course.layout import find_course

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\((\.\.?/[^)#]+|\d\d-[^)#]+)")


@pytest.mark.parametrize("name", assignment_names())
def test_a_notebook_has_its_place_in_the_arc(name: str) -> None:
    """Goals, needs, how it works, a quiz that answers and records nothing, and what comes next."""
    cells = nbformat.read(ROOT / "source" / name / f"{name}.ipynb", as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    for word in ("**You will learn** ", "**You need** "):
        assert word in texts[0], word
    assert sum(text.startswith("**How it works.**") for text in texts) == 1
    assert sum(text.startswith("## Myth check\n\nTrue or false?") for text in texts) == 1
    assert sum("about_the_myths(my_answers)" in cell.source for cell in cells if cell.cell_type == "code") == 1
    assert texts[-1].startswith("## What you learned")
    assert "**What comes next.**" in texts[-1]


def test_the_start_lists_every_assignment() -> None:
    """In order, with points that add up; what lies in release/ is what the source and the bank make."""
    assignments = [load_assignment(name) for name in assignment_names()]
    made = start_notebook(find_course(ROOT), assignments)
    assert made is not None
    assert (ROOT / "release" / NAME).read_bytes() == made
    text = "\n".join(cell.source for cell in nbformat.reads(made.decode(), as_version=4).cells)
    places = [text.index(f"({each.name}/{each.name}.ipynb)") for each in assignments]
    assert places == sorted(places)
    assert f"{sum(each.max_score for each in assignments):g} points" in text
    assert all(each.teaches and each.teaches in text for each in assignments)
    assert "CONTENTS" not in text


def test_every_link_leads_somewhere() -> None:
    """Links between notebooks, as they lie in ``release/``."""
    links = {
        (path.parent / link, path.name)
        for path in (ROOT / "release").rglob("*.ipynb")
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
        for link in LINK.findall(cell.source)
    }
    assert len(links) > 60
    assert [f"{name}: {target}" for target, name in sorted(links) if not target.is_file()] == []
